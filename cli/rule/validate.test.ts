import { describe, expect, it } from 'vitest';
import { frame } from '../text/frame.ts';
import { SourceFile } from '../text/source-file.ts';
import { parseToml } from './toml/document.ts';
import { CONFIG } from './kinds/config.ts';
import { RULE } from './kinds/rule.ts';
import { SUITE } from './kinds/suite.ts';
import { validate, type DocumentKind } from './validate.ts';

const METADATA = '[metadata]\ncreation_date = "2026/01/02"\nupdated_date = "2026/01/02"\n\n';
const RULE_TEXT = `[rule]
author = ["dac"]
description = "x"
language = "kuery"
name = "A rule"
query = "a: b"
risk_score = 21
rule_id = "8f2a9c14-0f7e-4d1b-9f55-6a0d3c1e7b20"
severity = "low"
type = "query"
`;

/** Faults of a file, each as a person sees it. */
const faults = (kind: DocumentKind, text: string): string[] => {
  const document = parseToml(new SourceFile('x.toml', text));
  expect(document.problems).toEqual([]);
  return validate(kind, document).map(({ id, message, help, label, span }) => {
    const at = document.source.position(span.start);
    const under = document.source.text.slice(span.start, span.end);
    return [`${at.line}:${at.column} ${id} ${message}`, `under ${under}`, label, help]
      .filter((one) => one !== undefined)
      .join(' | ');
  });
};
/** The rule with lines taken out by key and others put at the end. */
const rule = (without: readonly string[], ...more: readonly string[]): string =>
  METADATA +
  RULE_TEXT.split('\n')
    .filter((line) => !without.some((key) => line.startsWith(`${key} =`)))
    .join('\n') +
  more.map((line) => `${line}\n`).join('');

describe('a rule', () => {
  it('without a known type is still told what all types have in common', () => {
    const more = ['serverity = "low"', '__proto__ = 1', 'threshold = 3', 'index = 4'];
    const name = '5:2 schema/missing-key rule.name is missing | under rule | add name = … to [rule]';
    const common = [
      '9:14 schema/bad-value rule.risk_score has to be 100 or less | under 210',
      '12:1 schema/unknown-key unknown key rule.serverity | under serverity | did you mean severity? | take it out, or correct its name',
      '13:1 schema/unknown-key unknown key rule.__proto__ | under __proto__ | take it out, or correct its name',
    ];
    const text = (type: readonly string[]): string =>
      rule(['type', 'severity', 'description', 'name'], 'description = "x"', ...more, ...type).replace('= 21', '= 210');
    expect(faults(RULE, text([]))).toEqual([
      '5:2 schema/missing-key rule.type is missing | under rule | add type = … to [rule]',
      name,
      ...common,
    ]);
    expect(faults(RULE, text(['type = "qeury"'])).slice(0, -1)).toEqual([name, ...common]);
  });

  it('that is whole has no fault', () => {
    expect(faults(RULE, rule([]))).toEqual([]);
  });

  it.each([
    ['a key that nobody knows', rule([], 'severty_mapping = []')],
    ['a misspelled key is one fault, not two', rule(['risk_score'], 'risk_scor = 21')],
    ['a key of another type', rule([], 'anomaly_threshold = 50')],
    ['a missing key', rule(['severity'])],
    ['a missing type', rule(['type'])],
    ['a type that is none', rule(['type'], 'type = "equery"')],
    ['a number as text', rule(['risk_score'], 'risk_score = "21"')],
    ['a text as a list', rule(['name'], 'name = ["a", "b"]')],
    ['a number out of its limits', rule(['risk_score'], 'risk_score = 101')],
    ['no query, no filters', rule(['query'])],
    ['an interval of another form', rule([], 'interval = "5 minutes"')],
    ['a date of another form', rule([]).replace('"2026/01/02"\nupdated', '"2026-01-02"\nupdated')],
    ['a language that the type does not have', rule(['language', 'type'], 'language = "kuery"', 'type = "eql"')],
    [
      'an entry twice',
      rule(['type'], 'type = "new_terms"', 'new_terms_fields = ["a", "a"]', 'history_window_start = "now-7d"'),
    ],
    ['new terms without its fields', rule(['type'], 'type = "new_terms"')],
    ['a list with too many entries', rule([], 'alert_suppression = { group_by = ["a", "b", "c", "d"] }')],
    [
      'a threat query without its language',
      rule(['type'], 'type = "threat_match"', 'threat_index = ["ti-*"]', 'threat_mapping = []', 'threat_query = "a:b"'),
    ],
    ['a threat without its tactic', rule([], '[[rule.threat]]', 'framework = "MITRE ATT&CK"')],
    [
      'an address elsewhere',
      rule(
        [],
        '[[rule.threat]]',
        'framework = "MITRE ATT&CK"',
        'tactic = { id = "TA0005", name = "Defense Evasion", reference = "https://example.com/" }',
      ),
    ],
    ['a table that does not belong into the file', `${rule([])}[rules]\nx = 1\n`],
    ['several faults at once', rule(['name', 'severity'], 'name = ""', 'severity = "hihg"', 'tag = []')],
    ['hostile keys', rule([], '__proto__ = 1', 'constructor = 2')],
  ])('%s', (_, text) => {
    expect(faults(RULE, text)).toMatchSnapshot();
  });

  it('may leave the query out when it has filters', () => {
    expect(faults(RULE, rule(['query'], '[[rule.filters]]', 'query = { match_all = {} }'))).toEqual([]);
  });

  it.each([
    ['query', ''],
    ['saved_query', 'saved_id = "x"'],
    ['eql', ''],
    ['esql', ''],
    ['threshold', 'threshold = { field = ["host.id"], value = 5 }'],
    [
      'threat_match',
      'threat_index = ["ti-*"]\nthreat_mapping = [{ entries = [{ field = "a", type = "mapping", value = "b" }] }]',
    ],
    ['machine_learning', 'anomaly_threshold = 50\nmachine_learning_job_id = "job"'],
    [
      'new_terms',
      'new_terms = { field = "new_terms_fields", value = ["a"], history_window_start = [{ field = "history_window_start", value = "now-7d" }] }',
    ],
  ])('of the type %s is accepted', (type, more) => {
    const language = type === 'eql' || type === 'esql' ? type : 'kuery';
    const none = type === 'machine_learning';
    const lines = [`type = "${type}"`, ...(none ? [] : [`language = "${language}"`]), more].filter((one) => one !== '');
    expect(faults(RULE, rule(['type', 'language', ...(none ? ['query'] : [])], ...lines))).toEqual([]);
  });
});

it('a fault is drawn under the exact value', () => {
  const document = parseToml(new SourceFile('x.toml', rule(['severity'], 'severity = "hihg"')));
  const [fault] = validate(RULE, document);
  const { span, label } = fault ?? { span: { start: 0, end: 0 } };
  expect(frame(document.source, [{ span, primary: true, ...(label === undefined ? {} : { message: label }) }])).toEqual(
    ['13 | type = "query"', '14 | severity = "hihg"', '   |            ^^^^^^ did you mean high?'],
  );
});

describe('other files', () => {
  it('suites and settings know their keys', () => {
    expect(faults(SUITE, 'clok = "x"\n[[case]]\nkind = "negativ"\n')).toMatchSnapshot();
    expect(faults(CONFIG, 'stack = "nine"\n[lint]\ndisabel = []\n')).toMatchSnapshot();
  });
});
