import { counts, place, type Report } from './report.ts';

/** Characters that JSON takes as they are and that act instead of being seen, as in `visible`. */
const HIDDEN = /[\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** The same JSON with every hidden character written as an escape. */
export const escaped = (text: string): string =>
  text.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Everything there is to say, one record each: findings first, then the cases of all suites, also those that passed. */
function results(report: Report): readonly object[] {
  const findings = report.findings.map((finding) => {
    const { line, column } = place(report, finding);
    const end = report.source(finding.path)?.position(Math.max(finding.span.start, finding.span.end));
    return {
      kind: 'finding',
      id: finding.id,
      severity: finding.severity,
      path: finding.path,
      line,
      column,
      endLine: end?.line ?? line,
      endColumn: end?.column ?? column,
      message: finding.message,
      ...(finding.label === undefined ? {} : { label: finding.label }),
      ...(finding.why === undefined ? {} : { why: finding.why }),
      ...(finding.help === undefined ? {} : { help: finding.help }),
      ...(finding.fix === undefined ? {} : { fix: { description: finding.fix.description, safe: finding.fix.safe } }),
    };
  });
  const cases = (report.suites ?? []).flatMap((suite) =>
    suite.cases.map((one) => ({
      kind: 'case',
      rule_id: suite.ruleId,
      rule: suite.path,
      name: one.name,
      expects: one.kind,
      status: one.status,
      path: one.path,
      line: one.line,
      expected: one.expected,
      got: one.got,
      alerts: one.alerts.length,
      ...(one.why === undefined ? {} : { why: one.why }),
      ...(one.problem === undefined ? {} : { problem: one.problem.message }),
    })),
  );
  return [...findings, ...cases];
}

/** One document; its schema is schemas/output.schema.json. */
export function json(report: Report): string {
  const { errors, warnings, cases, failed } = counts(report);
  const document = {
    schemaVersion: 1,
    tool: { name: 'kibana-dac', version: report.version },
    command: report.command,
    summary: { rules: report.rules, errors, warnings, cases, failed },
    results: results(report),
  };
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}

/** The same results, one a line. */
export const ndjson = (report: Report): string =>
  results(report)
    .map((one) => `${escaped(JSON.stringify(one))}\n`)
    .join('');
