import pc from 'picocolors';
import type { CaseResult, SuiteResult } from '../testing/result.ts';
import type { Explanation } from '../query/run/explanation.ts';
import { visible, visibleLine } from '../text/display.ts';
import type { Finding } from '../text/diagnostic.ts';
import { frame } from '../text/frame.ts';
import { groupLines } from './group-lines.ts';
import { place, summaryLine, type Report } from './report.ts';

/** For people at a terminal: headline, place, frame, why, help; failing cases with each predicate. */
export function pretty(report: Report): string {
  const colour = pc.createColors(report.colour);
  const lines: string[] = [];
  const shown = report.findings.slice(0, report.maxFindings === 0 ? undefined : report.maxFindings);
  for (const finding of shown) lines.push(...findingLines(report, finding, colour), '');
  if (report.findings.length > shown.length)
    lines.push(`… ${report.findings.length - shown.length} more, use --max-findings 0`, '');
  for (const suite of report.suites ?? [])
    for (const one of suite.cases)
      if (one.status !== 'passed') lines.push(...caseLines(report, suite, one, colour), '');
  if (report.quiet !== true) lines.push(summaryLine(report));
  return lines.map((line) => `${line}\n`).join('');
}

type Colours = ReturnType<typeof pc.createColors>;

function findingLines(report: Report, finding: Finding, colour: Colours): string[] {
  const paint =
    finding.severity === 'error' ? colour.red : finding.severity === 'warning' ? colour.yellow : colour.cyan;
  const { line, column } = place(report, finding);
  const source = report.source(finding.path);
  const lines = [
    `${paint(colour.bold(`${finding.severity}[${finding.id}]`))}: ${colour.bold(visibleLine(finding.message))}`,
    `  ${visibleLine(finding.path)}:${line}:${column}`,
  ];
  if (source !== undefined && source.text !== '')
    lines.push(
      ...frame(source, [
        { span: finding.span, primary: true, ...(finding.label === undefined ? {} : { message: finding.label }) },
      ]).map((row) => `  ${row}`),
    );
  if (finding.why !== undefined) lines.push(`     = why: ${visible(finding.why)}`);
  if (finding.help !== undefined) lines.push(`     = help: ${visible(finding.help)}`);
  for (const related of finding.related ?? []) {
    const at = report.source(related.path ?? finding.path)?.position(related.span.start);
    lines.push(`     = ${related.message}: ${related.path ?? finding.path}:${at?.line ?? 1}`);
  }
  return lines;
}

function caseLines(report: Report, suite: SuiteResult, one: CaseResult, colour: Colours): string[] {
  const lines = [
    `${colour.red(colour.bold('FAIL'))}  ${visibleLine(suite.ruleName)}  ${visibleLine(one.name)}`,
    `      ${visibleLine(one.path)}:${one.line}`,
    `      expected ${visibleLine(one.expected)}, got ${visibleLine(one.got)}`,
  ];
  if (one.problem !== undefined)
    lines.push(...findingLines(report, one.problem, colour).map((line) => `      ${line}`));
  if (one.group !== undefined) {
    const text = queryText(report, suite);
    const explain = (explanation: Explanation, indent: string): readonly string[] =>
      explanationLines(explanation, text, indent, colour);
    lines.push('', ...groupLines(one.group, text, { indent: '      ', colour, explain }));
  }
  for (const { event, explanation } of one.explanations) {
    lines.push('', `      event ${event.ordinal + 1} (${visibleLine(event.id)})`);
    const text = queryText(report, suite);
    lines.push(...explanationLines(explanation, text, '      ', colour));
    const away = failing(explanation);
    if (away.length === 1 && !explanation.held && away[0] !== undefined)
      lines.push('', `      one predicate away: ${label(away[0], text)}`);
  }
  return lines;
}

const queryText = (report: Report, suite: SuiteResult): string => report.queryOf?.(suite.path) ?? '';

function failing(one: Explanation): readonly Explanation[] {
  if (one.held) return [];
  if (one.children.length === 0) return [one];
  const negative = new Set(one.query.kind === 'bool' ? (one.query.mustNot ?? []) : []);
  return one.children.flatMap((child) => (negative.has(child.query) ? (child.held ? [child] : []) : failing(child)));
}

function label(one: Explanation, text: string): string {
  const { query } = one;
  const written = query.span === undefined ? '' : text.slice(query.span.start, query.span.end).replace(/\s+/g, ' ');
  const name = written !== '' ? written : 'field' in query ? query.field : query.kind;
  return visibleLine(name.length > 90 ? `${name.slice(0, 87)}…` : name);
}

/** One line a predicate: whether it held, its text, the event's value, the reason. Negated parts stand under "not". */
function explanationLines(one: Explanation, text: string, indent: string, colour: Colours, depth = 0): string[] {
  const mark = one.held ? colour.green('✔') : colour.red('✘');
  const { query } = one;
  if (query.kind === 'bool' && depth < 12) {
    const negative = new Set(query.mustNot ?? []);
    if (negative.size > 0 && negative.size === one.children.length)
      return [
        `${indent}${mark} not`,
        ...one.children.flatMap((child) => explanationLines(child, text, `${indent}    `, colour, depth + 1)),
      ];
    if ((query.should?.length ?? 0) > 0 && one.children.length > 1)
      return [
        `${indent}${mark} any of`,
        ...one.children.flatMap((child) => explanationLines(child, text, `${indent}    `, colour, depth + 1)),
      ];
    return one.children.flatMap((child) => explanationLines(child, text, indent, colour, depth + 1));
  }
  const values = (one.actual ?? []).map(({ values: found }) =>
    found.length === 0 ? 'absent' : found.length === 1 ? show(found[0]) : `[${found.slice(0, 6).map(show).join(', ')}]`,
  );
  const reason = one.reason === undefined ? '' : `   ${colour.yellow(visibleLine(one.reason))}`;
  return [`${indent}${mark} ${label(one, text).padEnd(56)} ${colour.dim(visibleLine(values.join(', ')))}${reason}`];
}

const show = (value: unknown): string => {
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
