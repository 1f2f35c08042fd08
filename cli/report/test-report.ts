import { testRule } from '../engine/test-rule.ts';
import type { RuleFile } from '../rule/rule.ts';
import { runTestSuite, type Contents } from '../testing/test-suite.ts';
import type { SuiteResult } from '../testing/result.ts';
import type { Finding } from '../text/diagnostic.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Report } from './report.ts';

/** For tests only: the checks that the reports declare. */
const CHECKS: Report['checks'] = [
  { id: 'query/unknown-field', severity: 'error', summary: "Every field of the query is in the rule's indices." },
  { id: 'tags/duplicate', severity: 'warning', summary: 'No tag stands twice.' },
  { id: 'timing/gap', severity: 'info', summary: 'No time is left out between runs.' },
];

export function reportOf(
  files: readonly RuleFile[],
  findings: readonly Finding[],
  suites: readonly SuiteResult[] | undefined,
  contents: Readonly<Record<string, string>> = {},
  more: Partial<Report> = {},
): Report {
  return {
    command: 'check',
    version: '1.2.3',
    rules: files.length,
    findings,
    ...(suites === undefined ? {} : { suites }),
    source: (path) => {
      const file = files.find((one) => one.path === path);
      if (file !== undefined) return file.source;
      const text = Object.hasOwn(contents, path) ? contents[path] : undefined;
      return text === undefined ? undefined : new SourceFile(path, text);
    },
    queryOf: (path) => files.find((one) => one.path === path)?.text(['rule', 'query'])?.text ?? '',
    colour: false,
    maxFindings: 50,
    checks: CHECKS,
    ...more,
  };
}

const at = (file: RuleFile, part: string): Finding['span'] => {
  const start = file.source.text.indexOf(part);
  return { start, end: start + part.length };
};

/** Nothing to report. */
export function quietReport(): Report {
  const file = testRule('query = "process.name: curl"');
  const suite = runTestSuite(
    { 'positive/a.json': '{"process": {"name": "curl"}}', 'negative/b.json': '{"process": {"name": "wget"}}' },
    { file },
  );
  return reportOf([file], [], [suite], {}, { seconds: 0.414 });
}

const QUERY = `process where event.action in ("exec", "start") and
  process.name == "curl" and
  not (user.name : "build*" or user.name == "root") and
  (process.args : "--insecure" or process.args : "-k")`;

/** Findings of each severity, with a fix and related places, and failing cases of each kind. */
export function busyReport(more: Partial<Report> = {}): Report {
  const file = testRule(`type = "eql"
language = "eql"
query = '''
${QUERY}
'''
tags = ["OS: Linux", "OS: Linux"]`);
  const event = (fields: object): string =>
    JSON.stringify({
      _index: 'logs-endpoint.events.process-default',
      _id: 'aZ1',
      _source: { '@timestamp': '2026-01-31T11:00:00Z', event: { category: ['process'], action: 'exec' }, ...fields },
    });
  const suiteToml = `[[case]]
name = "positive/other_action"
why = "Elastic Defend calls the start of a process exec."
base = "positive/curl"
set = { "event.action" = "process_created" }

[[case]]
name = "positive/severity"
base = "positive/curl"
alert = { "kibana.alert.severity" = "high" }
`;
  const contents: Contents = {
    'positive/curl.json': event({ process: { name: 'curl', args: ['curl', '-k'] }, user: { name: 'alice' } }),
    'positive/capital.json': event({ process: { name: 'Curl', args: ['curl'] }, user: { name: 'builder' } }),
    'positive/elsewhere.json': event({ process: { name: 'curl' } }).replace('logs-endpoint', 'winlogbeat'),
    'positive/broken.json': '{"process": NaN}',
    'negative/many.ndjson': Array.from({ length: 5 }, (_, n) =>
      event({ process: { name: 'curl', args: '-k', pid: n } }).replace('aZ1', `id${n}`),
    ).join('\n'),
    'suite.toml': suiteToml,
  };
  const suite = runTestSuite(contents, { file });
  const findings: Finding[] = [
    {
      id: 'query/unknown-field',
      severity: 'error',
      path: file.path,
      span: at(file, 'process.args'),
      message: "process.args is in none of the rule's indices",
      label: 'did you mean process.arg?',
      why: 'Elasticsearch refuses the whole query with "Unknown column", and the rule never runs, which nobody is told of',
      help: 'correct the name',
    },
    {
      id: 'tags/duplicate',
      severity: 'warning',
      path: file.path,
      span: { start: at(file, '"OS: Linux"]').start, end: at(file, '"OS: Linux"]').end - 1 },
      message: 'the tag "OS: Linux" stands twice',
      help: 'take one of them out',
      related: [
        { span: at(file, '"OS: Linux"'), message: 'first here' },
        { path: 'rules/other.toml', span: { start: 0, end: 1 }, message: 'also in' },
      ],
      fix: {
        description: 'take the second one out',
        safe: true,
        edits: [
          { span: { start: at(file, ', "OS: Linux"]').start, end: at(file, ', "OS: Linux"]').end - 1 }, text: '' },
        ],
      },
    },
    {
      id: 'timing/gap',
      severity: 'info',
      path: file.path,
      span: { start: 0, end: 0 },
      message: 'no interval is given',
    },
    ...suite.findings,
  ];
  const texts: Record<string, string> = { 'rules/other.toml': 'x = 1\n' };
  for (const [name, text] of Object.entries(contents))
    if (typeof text === 'string') texts[`test-data/test/${name}`] = text;
  return reportOf([file], findings, [suite], texts, { seconds: 71.2, ...more });
}

/** Names and values that try to speak to a terminal, a log, a page or a parser. */
export const EVIL = '\u001b[31m::error::x</pre><script>|`@me [a](b) ]]>&"\'%0A\r\n##[error]\u202e\u0000\ud800 日本 é';

export function hostileReport(more: Partial<Report> = {}): Report {
  const file = { ...testRule(`query = "process.name: curl"\nname = ${JSON.stringify(EVIL.replace('\ud800', ''))}`) };
  const source = JSON.stringify({ process: { name: EVIL, args: [EVIL] } });
  const suite = runTestSuite({ [`positive/${EVIL}.json`]: source }, { file });
  const path = `rules/${EVIL}/a b?#%.toml`;
  const finding: Finding = {
    id: 'query/unknown-field',
    severity: 'error',
    path,
    span: { start: 0, end: 4 },
    message: EVIL,
    label: EVIL,
    why: EVIL,
    help: EVIL,
  };
  return reportOf([file], [finding], [suite], { [path]: `${EVIL}\n` }, more);
}

/** As many findings of a kind as asked for. */
export function longReport(count: number, more: Partial<Report> = {}): Report {
  const file = testRule('query = "process.name: curl"');
  const findings = Array.from({ length: count }, (_, n): Finding => ({
    id: n % 10 === 9 ? 'query/unknown-field' : 'tags/duplicate',
    severity: n % 10 === 9 ? 'error' : 'warning',
    path: file.path,
    span: { start: n % 40, end: (n % 40) + 1 },
    message: `finding number ${n}`,
  }));
  return reportOf([file], findings, undefined, {}, more);
}
