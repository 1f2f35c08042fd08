import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import type { ChangedIn, FieldChange } from '../plan/plan.ts';
import { mergeRule } from './merge-rule.ts';

const FILE = `[rule]
description = """
Some prose that goes over
two lines.
"""
name = "A" # by request
severity = "high"
tags = ["a"]
query = '''
process where
  process.name == "x"
'''

[[rule.threat]]
framework = "F"
`;

const change = (field: string, changedIn: ChangedIn, more: Partial<FieldChange> = {}): FieldChange => ({
  field,
  desired: null,
  space: null,
  changedIn,
  ...more,
});
const merge = (remote: JsonObject, ...changes: FieldChange[]) =>
  mergeRule({ text: FILE, changes, remote, space: 'space "soc"', changed: { by: 'bob', at: '2026-02-03T04:05:06Z' } });

describe('changes of a space in a file', () => {
  it('come in where only the space has changed, or nobody knows', () => {
    const remote = { severity: 'low', risk_score: 21, tags: [] };
    expect(
      merge(remote, change('risk_score', 'unknown'), change('severity', 'space'), change('tags', 'space')),
    ).toEqual({
      text: FILE.replace('"high"\ntags = ["a"]', '"low"').replace('severity', 'risk_score = 21\nseverity'),
      taken: ['risk_score', 'severity', 'tags'],
      kept: [],
      conflicts: [],
    });
  });

  it('of a set keep the order, the comments and the layout of the file', () => {
    const tags = `tags = [
    "B", # by desk
    # asked for by audit
    "A",
    "gone", # old
    "C",
]`;
    const text = FILE.replace('tags = ["a"]', tags);
    const remote = { tags: ['A', 'C', 'new', 'B'] };
    expect(mergeRule({ text, changes: [change('tags', 'space')], remote, space: 's' }).text).toBe(
      text.replace('    "gone", # old\n', '').replace('    "C",\n', '    "C",\n    "new",\n'),
    );
    const line = FILE.replace('["a"]', "['B', 'A', 'gone', 'C'] # all");
    expect(mergeRule({ text: line, changes: [change('tags', 'space')], remote, space: 's' }).text).toBe(
      line.replace("'gone', 'C'", "'C', 'new'"),
    );
  });

  it('stay out where only the repository has changed', () => {
    expect(merge({ severity: 'low' }, change('severity', 'repository'))).toEqual({ text: FILE, taken: [], kept: ['severity'], conflicts: [] }); // prettier-ignore
  });

  it('leave prose alone that breaks its lines elsewhere', () => {
    const remote = { description: 'Some prose that goes over two lines.' };
    expect(merge(remote, change('description', 'space')).text).toBe(FILE);
  });

  it('stand between markers that name the member where both have changed', () => {
    const merged = merge({ severity: 'low' }, change('severity', 'both', { last: 'medium' }));
    expect(merged.conflicts).toEqual(['severity']);
    expect(merged.text).toBe(
      FILE.replace(
        'severity = "high"\n',
        `<<<<<<< rule.severity in the repository
severity = "high"
||||||| rule.severity at the last apply
severity = "medium"
=======
severity = "low"
>>>>>>> rule.severity in space "soc", changed by bob at 2026-02-03T04:05:06Z
`,
      ),
    );
  });

  it('put markers around a whole query, never into it', () => {
    const merged = merge({ query: 'process where\n  process.name == "y"\n' }, change('query', 'both'));
    expect(merged.text).toBe(
      FILE.replace(
        `query = '''\nprocess where\n  process.name == "x"\n'''\n`,
        `<<<<<<< rule.query in the repository
query = '''
process where
  process.name == "x"
'''
=======
query = '''
process where
  process.name == "y"
'''
>>>>>>> rule.query in space "soc", changed by bob at 2026-02-03T04:05:06Z
`,
      ),
    );
  });

  it('mark each of several members, and what is only on one side', () => {
    const merged = merge({ severity: 'low', risk_score: 5 }, change('severity', 'both'), change('risk_score', 'both'));
    const markers = merged.text.split('\n').filter((line) => /^[<=>]{7}/.test(line));
    expect(markers.map((line) => line.slice(0, 30))).toEqual([
      '<<<<<<< rule.risk_score in the',
      '=======',
      '>>>>>>> rule.risk_score in spa',
      '<<<<<<< rule.severity in the r',
      '=======',
      '>>>>>>> rule.severity in space',
    ]);
    expect(merged.text.replace(/<<<<<<<.*\n([^=]*)=======\n[^>]*>>>>>>>.*\n/, '$1')).toContain('severity = "high"');
  });

  it('let no name of a user speak to the terminal or forge a marker', () => {
    const merged = mergeRule({
      text: FILE,
      changes: [change('severity', 'both')],
      remote: { severity: 'low' },
      space: 'space "soc"',
      changed: { by: 'x\n=======\u001b[31m', at: 'now' },
    });
    expect(merged.text).toContain('changed by x\\n=======\\x1b[31m at now\n');
  });
});
