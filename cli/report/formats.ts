import { visibleLine } from '../text/display.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { CaseResult, SuiteResult } from '../testing/result.ts';
import { pretty } from './pretty.ts';
import { counts, place, plural, type Report } from './report.ts';

export type Format = 'pretty' | 'concise' | 'json' | 'ndjson' | 'sarif' | 'junit' | 'github' | 'markdown';

interface Row {
  readonly finding: Finding;
  readonly line: number;
  readonly column: number;
}

const failures = (report: Report): { suite: SuiteResult; one: CaseResult }[] =>
  (report.suites ?? []).flatMap((suite) =>
    suite.cases.filter((one) => one.status !== 'passed').map((one) => ({ suite, one })),
  );

const rows = (report: Report): Row[] => report.findings.map((finding) => ({ finding, ...place(report, finding) }));

function concise(report: Report): string {
  const lines = rows(report).map(
    ({ finding, line, column }) =>
      `${finding.path}:${line}:${column}: ${finding.severity}[${finding.id}] ${finding.message}`,
  );
  for (const { suite, one } of failures(report))
    lines.push(
      `${one.path}:${one.line}:1: error[test/failed] ${suite.ruleName}: ${one.name}: expected ${one.expected}, got ${one.got}`,
    );
  return lines.map((line) => `${visibleLine(line)}\n`).join('');
}

function results(report: Report): Record<string, unknown>[] {
  const found = rows(report).map(({ finding, line, column }) => ({
    kind: 'finding',
    id: finding.id,
    severity: finding.severity,
    path: finding.path,
    line,
    column,
    message: finding.message,
    ...(finding.label === undefined ? {} : { label: finding.label }),
    ...(finding.why === undefined ? {} : { why: finding.why }),
    ...(finding.help === undefined ? {} : { help: finding.help }),
  }));
  const cases = (report.suites ?? []).flatMap((suite) =>
    suite.cases.map((one) => ({
      kind: 'case',
      rule_id: suite.ruleId,
      rule: suite.path,
      name: one.name,
      status: one.status,
      path: one.path,
      line: one.line,
      expected: one.expected,
      got: one.got,
    })),
  );
  return [...found, ...cases];
}

function json(report: Report): string {
  const { errors, warnings, cases, failed } = counts(report);
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      tool: { name: 'kibana-dac', version: report.version },
      command: report.command,
      summary: { rules: report.rules, errors, warnings, cases, failed },
      results: results(report),
    },
    null,
    2,
  )}\n`;
}

const uri = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++)
    value = ((value ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & 0xffffffffffffffffn;
  return value.toString(16).padStart(16, '0');
}

function sarif(report: Report): string {
  const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
  const ids = new Map(report.checks.map((one) => [one.id, one.summary]));
  for (const finding of report.findings) if (!ids.has(finding.id)) ids.set(finding.id, finding.message);
  ids.set('test/failed', 'A case of a suite did not come out as expected.');
  const located = (path: string, region: Record<string, number>) => [
    { physicalLocation: { artifactLocation: { uri: uri(path) }, region } },
  ];
  const found = rows(report).map(({ finding, line, column }) => {
    const source = report.source(finding.path);
    const end = source?.position(Math.max(finding.span.end, finding.span.start)) ?? { line, column };
    const snippet = source?.text.slice(finding.span.start, finding.span.end).replace(/\s+/g, ' ') ?? '';
    return {
      ruleId: finding.id,
      level: levels[finding.severity],
      message: { text: [finding.message, finding.why, finding.help].filter((one) => one !== undefined).join('. ') },
      locations: located(finding.path, {
        startLine: line,
        startColumn: column,
        endLine: end.line,
        endColumn: end.column,
      }),
      partialFingerprints: { 'dac/v1': hash(`${finding.path}\0${finding.id}\0${snippet}`) },
    };
  });
  const cases = failures(report).map(({ suite, one }) => ({
    ruleId: 'test/failed',
    level: 'error',
    message: { text: `${suite.ruleName}: ${one.name}: expected ${one.expected}, got ${one.got}` },
    locations: located(one.path, { startLine: one.line }),
    partialFingerprints: { 'dac/v1': hash(`${suite.ruleId}\0${one.name}`) },
  }));
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'dac',
              version: report.version,
              rules: [...ids]
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([id, summary]) => ({ id, shortDescription: { text: summary } })),
            },
          },
          results: [...found, ...cases],
        },
      ],
    },
    null,
    2,
  )}\n`;
}

const xml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[<>&"']/g, (one) => `&#${one.charCodeAt(0)};`);

function junit(report: Report): string {
  const suites = (report.suites ?? []).map((suite) => {
    const failed = suite.cases.filter((one) => one.status !== 'passed').length;
    const cases = suite.cases.map((one) => {
      const open = `    <testcase classname="${xml(suite.path)}" name="${xml(one.name)}" file="${xml(one.path)}" time="0"`;
      return one.status === 'passed'
        ? `${open}/>`
        : `${open}><failure message="${xml(`expected ${one.expected}, got ${one.got}`)}"/></testcase>`;
    });
    return [
      `  <testsuite name="${xml(suite.path)}" tests="${suite.cases.length}" failures="${failed}" time="0">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  const { cases, failed } = counts(report);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="dac" tests="${cases}" failures="${failed}" time="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const prop = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** GitHub shows ten annotations of each level and drops the rest without a word, so we stop there ourselves. */
const ANNOTATIONS = 10;

function github(report: Report): string {
  const lines: string[] = [];
  const all = [
    ...failures(report).map(({ suite, one }) => ({
      level: 'error',
      path: one.path,
      line: one.line,
      column: 1,
      title: 'test/failed',
      text: `${suite.ruleName}: ${one.name}: expected ${one.expected}, got ${one.got}`,
    })),
    ...rows(report).map(({ finding, line, column }) => ({
      level: finding.severity === 'info' ? 'notice' : finding.severity,
      path: finding.path,
      line,
      column,
      title: finding.id,
      text: [finding.message, finding.help].filter((one) => one !== undefined).join('\n'),
    })),
  ];
  for (const level of ['error', 'warning', 'notice'])
    for (const one of all.filter((candidate) => candidate.level === level).slice(0, ANNOTATIONS))
      lines.push(
        `::${level} file=${prop(one.path)},line=${one.line},col=${one.column},title=${prop(one.title)}::${data(visibleLine(one.text.replaceAll('\n', ' — ')))}`,
      );
  return lines.map((line) => `${line}\n`).join('');
}

const cell = (text: string): string =>
  visibleLine(text).replace(/[|\\`*_<>&[\]@#]/g, (one) => `&#${one.charCodeAt(0)};`);
const MAX_ROWS = 200;

function markdown(report: Report): string {
  const { errors, warnings, cases, failed } = counts(report);
  const good = errors === 0 && failed === 0;
  const list = [
    ...failures(report).map(
      ({ suite, one }) =>
        `| ${cell(one.path)}:${one.line} | test | ${cell(`${suite.ruleName}: ${one.name}: expected ${one.expected}, got ${one.got}`)} |`,
    ),
    ...rows(report).map(
      ({ finding, line }) =>
        `| ${cell(finding.path)}:${line} | ${finding.severity} ${cell(finding.id)} | ${cell(finding.message)} |`,
    ),
  ];
  const rest = list.length > MAX_ROWS ? [`\n${list.length - MAX_ROWS} more are left out.`] : [];
  return [
    '<!-- dac-report -->',
    `**${good ? 'All good' : 'Needs work'}**: ${plural(report.rules, 'rule')}, ${plural(errors, 'error')}, ${plural(warnings, 'warning')}, ${plural(cases, 'case')}, ${failed} failed`,
    ...(list.length === 0
      ? []
      : ['', '| place | what | message |', '| --- | --- | --- |', ...list.slice(0, MAX_ROWS), ...rest]),
    '',
  ].join('\n');
}

/** One function a format: from a report to text. */
export const FORMATS: Readonly<Record<Format, (report: Report) => string>> = {
  pretty,
  concise,
  json,
  ndjson: (report) =>
    results(report)
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  sarif,
  junit,
  github,
  markdown,
};

export const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);
