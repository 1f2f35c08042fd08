import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { testRule } from '../engine/test-rule.ts';
import { casesOf, CURL, findingsOf, FOLDER, runTestSuite, type Contents } from './test-suite.ts';

const curl = '{"process": {"name": "curl"}}';
const wget = '{"process": {"name": "wget"}}';
const ran = (contents: Contents, more?: Parameters<typeof runTestSuite>[1]): [string[], unknown[]] => {
  const result = runTestSuite(contents, more);
  return [casesOf(result), findingsOf(result, contents)];
};

describe('cases that are files', () => {
  it('must alert under positive/ and must not under negative/', () => {
    const result = runTestSuite({ 'positive/a.json': curl, 'negative/b.json': wget });
    expect({ ...result, cases: result.cases.map(({ alerts, events, ...rest }) => ({ ...rest, counts: [alerts.length, events.length] })) }).toEqual({
      path: 'rules/test.toml',
      ruleId: '11111111-2222-4333-8444-555555555555',
      ruleName: 'Test Rule',
      folder: FOLDER,
      cases: [
        {
          name: 'negative/b', kind: 'negative', status: 'passed', path: `${FOLDER}/negative/b.json`, line: 1,
          expected: 'no alert', got: 'no alert', outOfReach: [], explanations: [], counts: [0, 1],
        },
        {
          name: 'positive/a', kind: 'positive', status: 'passed', path: `${FOLDER}/positive/a.json`, line: 1,
          expected: 'at least 1 alert', got: '1 alert', outOfReach: [], explanations: [], counts: [1, 1],
        },
      ],
      findings: [],
    }); // prettier-ignore
  });

  it('hold an object, a list, or one a line, plain or packed, in folders below', () => {
    expect(
      ran({
        'positive/list.json': `[${curl}, ${wget}]`,
        'positive/lines.ndjson': `${wget}\n${curl}\n`,
        'positive/lines2.jsonl': `${curl}\n`,
        'positive/packed.json.gz': gzipSync(curl),
        'positive/windows/deep.json': curl,
        'README.md': 'notes',
        '.hidden': 'x',
      }),
    ).toEqual([
      [
        'positive/lines positive passed: 1 alert',
        'positive/lines2 positive passed: 1 alert',
        'positive/list positive passed: 1 alert',
        'positive/packed positive passed: 1 alert',
        'positive/windows/deep positive passed: 1 alert',
      ],
      [],
    ]);
  });

  it('fail when they do the opposite', () => {
    expect(ran({ 'positive/a.json': wget, 'negative/b.json': curl })[0]).toEqual([
      'negative/b negative failed: 1 alert',
      'positive/a positive failed: no alert',
    ]);
  });

  it('fail with their problem when they cannot be read, and the others still run', () => {
    const contents = { 'positive/a.json': '{"process": {"name": curl}}', 'positive/b.json': curl };
    expect(ran(contents)).toEqual([
      ['positive/a positive error: the fixture cannot be read', 'positive/b positive passed: 1 alert'],
      [['events/json-syntax', 'positive/a.json:1', 'curl', 'curl is not JSON']],
    ]);
  });

  it('say why the rule never sees their events', () => {
    const contents = { 'positive/a.json': `{"_index": "winlogbeat-1", "_source": ${curl}}` };
    expect(ran(contents)[0]).toEqual([
      'positive/a positive failed: no alert: the rule does not search index winlogbeat-1',
    ]);
  });

  it('say so when max_signals is what cuts', () => {
    const file = testRule('query = "process.name: curl"\nmax_signals = 2');
    const contents = {
      'positive/a.ndjson': `${curl}\n${curl}\n${curl}`,
      'suite.toml': '[expect."positive/a"]\nalerts = 3',
    };
    expect(ran(contents, { file })[0]).toEqual([
      'positive/a positive failed: 2 alerts, which is the most that max_signals lets through',
    ]);
  });
});

describe('files that no case uses', () => {
  it('are errors: stray fixtures, other endings, links', () => {
    expect(
      ran({ 'positive/a.json': curl, 'stray.json': curl, 'positive/b.txt': 'x', 'negative/c.json': { link: true } })[1],
    ).toEqual([
      ['suite/unused-file', 'negative/c.json:1', '', 'no case uses this file'],
      ['suite/unused-file', 'positive/b.txt:1', '', 'no case uses this file'],
      ['suite/unused-file', 'stray.json:1', '', 'no case uses this file'],
    ]);
  });

  it('are not what a base outside of positive/ and negative/ is', () => {
    const contents = {
      'base/curl.json': curl,
      'suite.toml': '[[case]]\nname = "positive/a"\nbase = "base/curl"\n',
    };
    expect(ran(contents)).toEqual([['positive/a positive passed: 1 alert'], []]);
  });
});

describe('demands', () => {
  it('are one of each kind, or as the suite says', () => {
    const one = { 'positive/a.json': curl };
    const quiet = { ...one, 'suite.toml': 'require_negative = false\n' };
    const strict = { ...one, 'suite.toml': 'require_negative = true\n' };
    expect([ran(one, { minimum: 1 })[1], ran(quiet, { minimum: 1 })[1], ran(one)[1], ran(strict)[1]]).toEqual([
      [['suite/missing-negative', 'rules/test.toml:1', '', 'the suite has 0 negative cases, 1 needed']],
      [],
      [],
      [['suite/missing-negative', 'suite.toml:1', '', 'the suite has 0 negative cases, 1 needed']],
    ]);
  });

  it('are not met by no suite at all', () => {
    expect([ran({}, { minimum: 1 }), ran({})]).toEqual([
      [[], [['suite/missing', 'rules/test.toml:1', '', 'this rule has no tests']]],
      [[], []],
    ]);
  });
});

describe('a rule that cannot run', () => {
  it('fails every case, and says once why', () => {
    const file = testRule('query = "process.name: ("');
    const [cases, findings] = ran({ 'positive/a.json': curl, 'negative/b.json': wget }, { file });
    expect(cases).toEqual([
      'negative/b negative error: the rule cannot be run',
      'positive/a positive error: the rule cannot be run',
    ]);
    expect(findings).toHaveLength(1);
  });

  it('fails the cases whose search fails, and says once why', () => {
    const file = testRule('query = "process.name: curl"\n[rule.alert_suppression]\ngroup_by = ["message"]');
    const [cases, findings] = ran({ 'positive/a.json': curl, 'negative/b.json': curl }, { file });
    expect([cases, findings]).toEqual([
      ['negative/b negative error: the search fails', 'positive/a positive error: the search fails'],
      [['query/fails', 'rules/test.toml:1', '', 'alerts cannot be grouped by message']],
    ]);
  });
});

describe('what a run leaves out', () => {
  const list = '[[rule.exceptions_list]]\nid = "x"\nlist_id = "hosts"\ntype = "detection"\nnamespace_type = "single"';
  const file = testRule(`query = "process.name: curl"\n${list}`);

  it('is said where there is an alert that it could take away', () => {
    expect(ran({ 'positive/a.json': curl }, { file })[1]).toEqual([
      ['engine/exceptions-not-applied', 'rules/test.toml:1', '', 'exception list hosts is not applied'],
    ]);
    expect(ran({ 'negative/a.json': wget }, { file })[1]).toEqual([]);
    expect(ran({ 'positive/a.json': curl }, { file: CURL })[1]).toEqual([]);
  });
});

describe('suite.toml', () => {
  it('with a clock applies the time window of the rule', () => {
    const contents = {
      'positive/in.json': `{"@timestamp": "2026-01-31T11:58:00Z", "process": {"name": "curl"}}`,
      'negative/out.json': `{"@timestamp": "2026-01-31T11:50:00Z", "process": {"name": "curl"}}`,
    };
    expect(ran(contents)[0][0]).toBe('negative/out negative failed: 1 alert');
    for (const clock of ['"2026-01-31T12:00:00Z"', '2026-01-31T13:00:00+01:00'])
      expect(ran({ ...contents, 'suite.toml': `clock = ${clock}\n` })).toEqual([
        ['negative/out negative passed: no alert', 'positive/in positive passed: 1 alert'],
        [],
      ]);
  });

  it.each(['"yesterday"', '"2026-01-31"', '"2026-01-31T12:00:00"', '"2026-13-31T12:00:00Z"'])(
    'refuses the clock %s',
    (clock) => {
      const contents = { 'positive/a.json': curl, 'suite.toml': `clock = ${clock}\n` };
      expect(ran(contents)[1]).toEqual([
        ['suite/bad-clock', 'suite.toml:1', clock, `${clock.slice(1, -1)} is not an instant`],
      ]);
    },
  );

  it('adds fields to the mapping, dotted or as tables', () => {
    const file = testRule(
      'type = "eql"\nlanguage = "eql"\nquery = \'any where acme.risk.level > 5\'\nindex = ["logs-endpoint.events.process*"]',
    );
    const contents = { 'positive/a.json': '{"acme": {"risk": {"level": 7}}}' };
    expect(ran(contents, { file })[0]).toEqual(['positive/a positive error: the rule cannot be run']);
    for (const fields of ['"acme.risk.level" = "long"', 'acme.risk.level = { type = "long" }'])
      expect(ran({ ...contents, 'suite.toml': `[mapping.fields]\n${fields}\n` }, { file })).toEqual([
        ['positive/a positive passed: 1 alert'],
        [],
      ]);
  });

  it('refuses fields of a type that there is not', () => {
    const text = '[mapping.fields]\n"a.b" = "keywrod"\nc = { type = "long" }\nd = 5\n';
    expect(ran({ 'positive/a.json': curl, 'suite.toml': text })[1]).toEqual([
      ['suite/bad-mapping', 'suite.toml:2', '"keywrod"', 'a.b cannot be of type keywrod', 'did you mean keyword?'],
      ['suite/bad-mapping', 'suite.toml:4', '5', 'the type of d has to be text'],
    ]);
  });

  it('refuses parameters that Elasticsearch refuses, and fields that do not go together', () => {
    const refused = (text: string): unknown =>
      ran({ 'positive/a.json': curl, 'suite.toml': `[mapping.fields]\n${text}\n` })[1];
    expect(refused('"a.b" = { type = "keyword", ignore_abov = 5 }')).toEqual([
      [
        'suite/bad-mapping',
        'suite.toml:2',
        '{ type = "keyword", ignore_abov = 5 }',
        'the field a.b of the mapping has an unknown parameter "ignore_abov", did you mean "ignore_above"?',
      ],
    ]);
    expect(refused('"a" = "keyword"\n"a.b" = "long"')).toMatchObject([
      [
        'suite/bad-mapping',
        'suite.toml:1',
        expect.anything(),
        'the field a of the mapping is a value and an object at once',
      ],
    ]);
    expect(refused('"al" = { type = "alias", path = "process.name" }')).toEqual([]);
  });

  it('with unknown keys, broken TOML or other bytes is an error, and the files still run', () => {
    const files = { 'positive/a.json': curl, 'base/x.json': curl };
    const outcome = (text: string | Uint8Array): unknown => ran({ ...files, 'suite.toml': text }, { minimum: 1 });
    const cases = ['positive/a positive passed: 1 alert'];
    expect([
      outcome('[[case]]\nname = "a"\nbse = "x"\n'),
      outcome('clock ='),
      outcome(Buffer.from([0xff, 0xfe])),
    ]).toEqual([
      [cases, [['schema/unknown-key', 'suite.toml:3', 'bse', 'unknown key case[0].bse', 'did you mean base?']]],
      [cases, [expect.arrayContaining(['toml/syntax', 'suite.toml:1']) as unknown]],
      [cases, [['file/not-text', 'suite.toml:1', '', 'the file is not valid UTF-8']]],
    ]);
  });
});

describe('fields that only the events bring', () => {
  const file = testRule(
    'type = "eql"\nlanguage = "eql"\nindex = ["logs-aws.cloudtrail-*"]\nquery = \'any where acme.count >= 10\'',
  );
  const acme = (count: number, index: string): string =>
    JSON.stringify({ _index: index, _source: { acme: { count }, '@timestamp': '2026-01-31T11:00:00Z' } });

  it('are mapped in all cases of the suite', () => {
    const contents = {
      'positive/a.json': acme(10, 'logs-aws.cloudtrail-default'),
      'negative/b.json': acme(9, 'logs-aws.cloudtrail-default'),
      'negative/c.json': '{"process": {"name": "x"}}',
    };
    expect(ran(contents, { file })).toEqual([
      ['negative/b negative passed: no alert', 'negative/c negative passed: no alert', 'positive/a positive passed: 1 alert'],
      [],
    ]); // prettier-ignore
  });

  it('are not, where the events lie in other indices', () => {
    const contents = { 'negative/a.json': acme(10, 'logs-other-default') };
    expect(ran(contents, { file })).toEqual([
      ['negative/a negative error: the rule cannot be run'],
      [['query/unknown-field', 'rules/test.toml:1', '', "acme.count is in none of the rule's indices"]],
    ]);
  });
});
