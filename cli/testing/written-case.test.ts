import { describe, expect, it } from 'vitest';
import { casesOf, findingsOf, runTestSuite, type Contents } from './test-suite.ts';

const curl = '{"process": {"name": "curl", "pid": 1}, "user.name": "root"}';
const wget = '{"process": {"name": "wget"}}';
const FILES: Contents = { 'positive/a.json': curl, 'negative/b.json': wget, 'base/two.json': `[${curl}, ${wget}]` };
const USED = '[[case]]\nname = "positive/used"\nbase = "base/two"\n';

/** The cases that suite.toml writes and the findings, for one more case. */
const written = (lines: string): [string[], unknown[]] => {
  const contents = { ...FILES, 'suite.toml': `${USED}[[case]]\n${lines}\n` };
  const result = runTestSuite(contents);
  return [casesOf(result).slice(3), findingsOf(result, contents)];
};

describe('a written case', () => {
  it('is its base with fields set and unset, in any notation', () => {
    const lines = [
      'name = "negative/renamed"',
      'why = "Another program."',
      'base = "positive/a"',
      'set = { "process.name" = "wget", "host.name" = "h" }',
      'unset = ["user.name", "process.pid"]',
    ].join('\n');
    const result = runTestSuite({ ...FILES, 'suite.toml': `${USED}[[case]]\n${lines}\n` });
    const one = result.cases.at(-1);
    expect([one?.status, one?.kind, one?.path, one?.line, one?.why, one?.events.map((event) => event.source)]).toEqual([
      'passed',
      'negative',
      'test-data/test/suite.toml',
      5,
      'Another program.',
      [{ process: { name: 'wget' }, host: { name: 'h' } }],
    ]);
  });

  it('takes its kind from kind, else its name, else its base', () => {
    expect([
      written('name = "x"\nkind = "negative"\nbase = "positive/a"\nset = { "process.name" = "x" }')[0],
      written('name = "negative/x"\nbase = "positive/a"\nset = { "process.name" = "x" }')[0],
      written('name = "x"\nbase = "positive/a"')[0],
    ]).toEqual([
      ['x negative passed: no alert'],
      ['negative/x negative passed: no alert'],
      ['x positive passed: 1 alert'],
    ]);
  });

  it('changes every event of its base, or the one that is numbered', () => {
    expect([
      written('name = "x"\nkind = "positive"\nbase = "base/two"\nset = { "process.name" = "curl" }\nalerts = 2')[0],
      written('name = "x"\nkind = "negative"\nbase = "base/two#1"\nset = { "process.name" = "x" }')[0],
    ]).toEqual([['x positive passed: 2 alerts'], ['x negative passed: no alert']]);
  });

  it('runs over several fixtures together, and changes those of the base alone', () => {
    expect([
      written('name = "x"\nkind = "positive"\nevents = ["positive/a", "base/two.json"]\nalerts = 2'),
      written('name = "x"\nbase = "positive/a"\nevents = ["base/two"]\nset = { "process.name" = "no" }\nalerts = 1'),
      written(
        'name = "x"\nkind = "positive"\nevents = ["positive/a", "negative/b"]\nset = { "process.name" = "curl" }\nalerts = 2',
      ),
    ]).toEqual([
      [['x positive passed: 2 alerts'], []],
      [['x positive passed: 1 alert'], []],
      [['x positive passed: 2 alerts'], []],
    ]);
  });

  it.each([
    [
      'base = "positive/aa"',
      [
        [
          'suite/unknown-case',
          'suite.toml:6',
          '"positive/aa"',
          'there is no fixture positive/aa',
          'did you mean positive/a?',
        ],
      ],
    ],
    [
      'base = "../other/positive/a"',
      [['suite/unknown-case', 'suite.toml:6', '"../other/positive/a"', 'there is no fixture ../other/positive/a']],
    ],
    [
      'base = "/etc/passwd"',
      [['suite/unknown-case', 'suite.toml:6', '"/etc/passwd"', 'there is no fixture /etc/passwd']],
    ],
    ['base = "__proto__"', [['suite/unknown-case', 'suite.toml:6', '"__proto__"', 'there is no fixture __proto__']]],
    [
      'events = ["positive/a", "nothing"]',
      [['suite/unknown-case', 'suite.toml:6', '["positive/a", "nothing"]', 'there is no fixture nothing']],
    ],
    ['base = "base/two#3"', [['suite/unknown-case', 'suite.toml:6', '"base/two#3"', 'the base has no event 3']]],
    ['base = "base/two#0"', [['suite/unknown-case', 'suite.toml:6', '"base/two#0"', 'the base has no event 0']]],
    [
      'base = "base/two#x"',
      [['suite/unknown-case', 'suite.toml:6', '"base/two#x"', 'the base has no event of that number']],
    ],
    [
      'base = "positive/a"\nunset = ["process.nme"]',
      [['suite/unset-missing', 'suite.toml:7', '["process.nme"]', 'the base has no field process.nme to unset']],
    ],
    [
      'base = "positive/a"\nset = { "process.name" = "curl" }',
      [['suite/set-same', 'suite.toml:7', '{ "process.name" = "curl" }', 'the base has these values already']],
    ],
    ['', [['suite/no-events', 'suite.toml:5', '"positive/x"', 'case positive/x has no events']]],
    [
      'kind = "negative"\nbase = "negative/b"',
      [['suite/no-kind', 'suite.toml:6', '"negative"', 'case positive/x says in its name that it is not negative']],
    ],
  ])('with %s says what does not fit', (lines, findings) => {
    expect(written(`name = "positive/x"\n${lines}`)).toEqual([[], findings]);
  });

  it('without a kind says so', () => {
    expect(written('name = "x"\nbase = "base/two"')).toEqual([
      [],
      [['suite/no-kind', 'suite.toml:5', '"x"', 'case x does not say what it expects']],
    ]);
  });

  it('does not share a name, with a file or another case', () => {
    expect([
      written('name = "positive/a"\nbase = "positive/a"')[1],
      written('name = "positive/used"\nbase = "positive/a"')[1],
    ]).toEqual([
      [['suite/duplicate-case', 'suite.toml:5', '"positive/a"', 'two cases are called positive/a']],
      [['suite/duplicate-case', 'suite.toml:5', '"positive/used"', 'two cases are called positive/used']],
    ]);
  });
});

describe('what a case demands of its alerts', () => {
  const demanding = (lines: string): unknown[] => {
    const [cases, findings] = written(`name = "positive/x"\nbase = "positive/a"\n${lines}`);
    return [...cases, ...findings];
  };

  it('is an exact number, and fields of one alert', () => {
    expect(
      demanding('alerts = 1\nalert = { "kibana.alert.severity" = "medium", "user.name" = ["root"], process.pid = 1 }'),
    ).toEqual(['positive/x positive passed: 1 alert']);
    expect(demanding('alerts = 2')).toEqual(['positive/x positive failed: 1 alert']);
    expect(demanding('alert = { "kibana.alert.severity" = "high", "user.name" = "root", "host.name" = "h" }')).toEqual([
      'positive/x positive failed: kibana.alert.severity = "medium", host.name = absent',
    ]);
  });

  it('is a field that a run computes', () => {
    expect(demanding('alert = { "kibana.alert.severty" = "medium" }')).toEqual([
      'positive/x positive failed: kibana.alert.severty = absent',
      [
        'suite/unknown-alert-field',
        'suite.toml:7',
        '{ "kibana.alert.severty" = "medium" }',
        'kibana.alert.severty is not computed offline',
        'did you mean kibana.alert.severity?',
      ],
    ]);
    expect(demanding('alert = { "kibana.alert.reason" = "x" }').slice(1)).toEqual([
      [
        'suite/unknown-alert-field',
        'suite.toml:7',
        '{ "kibana.alert.reason" = "x" }',
        'kibana.alert.reason is not computed offline',
      ],
    ]);
  });

  it('is not the opposite of its kind', () => {
    const ids = (name: string, lines: string): unknown[] =>
      written(`name = "${name}"\nbase = "positive/a"\nset = { "process.name" = "x" }\n${lines}`)[1].map(
        (one) => (one as string[])[3],
      );
    expect([
      ids('positive/x', 'alerts = 0'),
      ids('negative/x', 'alerts = 2'),
      ids('negative/x', 'alert = { "a" = 1 }'),
      ids('negative/x', 'alerts = 0'),
    ]).toEqual([
      ['a positive case cannot expect 0 alerts'],
      ['a negative case cannot expect 2 alerts'],
      ['a negative case cannot ask for fields of an alert'],
      [],
    ]);
  });

  it('can be written for a case that is a file, which has to exist', () => {
    const run = (text: string): unknown => {
      const contents = { 'positive/a.json': curl, 'suite.toml': text };
      const result = runTestSuite(contents);
      return [casesOf(result), findingsOf(result, contents)];
    };
    expect([run('[expect."positive/a"]\nalerts = 1\n'), run('[expect."positive/b"]\nalerts = 1\n')]).toEqual([
      [['positive/a positive passed: 1 alert'], []],
      [
        ['positive/a positive passed: 1 alert'],
        [
          [
            'suite/unknown-case',
            'suite.toml:1',
            'expect."positive/b"',
            'there is no case file positive/b',
            'did you mean positive/a?',
          ],
        ],
      ],
    ]);
  });
});
