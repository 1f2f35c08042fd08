import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { groupQuery, timeline } from '../query/eql/sequence/timeline.ts';
import type { Explanation } from '../query/run/explanation.ts';
import { explanationLines, type CopiedFrom } from './explanation-lines.ts';
import { styleOf } from './style.ts';
import { reportOf } from './test-report.ts';
import { duration, groupLines } from './group-lines.ts';

const lines = (query: string, events: string): readonly string[] => {
  const text = query.replace(/\[(\w+)\]/g, '[$1 where true]');
  return groupLines(groupQuery(text).explain(timeline(events)), text, {
    indent: '',
    colour: pc.createColors(false),
    explain: ({ held, actual }, indent) => [`${indent}${held ? 'holds' : 'fails'} ${JSON.stringify(actual ?? [])}`],
  });
};

const STYLE = styleOf(reportOf([], [], undefined));

describe('a sequence that breaks off', () => {
  it('at maxspan', () => {
    expect(lines('sequence by u with maxspan=1m [a] [b where n == 1] [c]', 'a1(u=x) b2.25(u=x n=1) c69(u=x)')).toEqual([
      'for u = "x"',
      '[1] a where true    ✔ event 1   00:00:01.000',
      '[2] b where n == 1  ✔ event 2   00:00:02.250',
      '[3] c where true    ✘ event 3 fits, but came 68s after the first: maxspan is 1m, missed by 8s',
    ]);
  });

  it('at the one that misses maxspan by least', () => {
    expect(lines('sequence with maxspan=1s [a][b]', 'a1 b9 a11 b13 a21 b30')).toEqual([
      '[1] a where true  ✔ event 3   00:00:11.000',
      '[2] b where true  ✘ event 4 fits, but came 2s after the first: maxspan is 1s, missed by 1s',
    ]);
  });

  it('at until', () => {
    expect(lines('sequence [a][b] until [x]', 'a1 x2 b3')).toEqual([
      '[1] a where true  ✔ event 1   00:00:01.000',
      '[2] b where true  ✘ event 2 fits "until" and ended the sequence before this',
    ]);
  });

  it('at another key', () => {
    expect(lines('sequence by u, v [a][b]', 'a1(u=x v=1) b2(u=x v=2)').slice(1)).toEqual([
      '[1] a where true  ✔ event 1   00:00:01.000',
      '[2] b where true  ✘ event 2 fits, but for another key: v is "2", not "1"',
    ]);
  });

  it('at a key that is not there', () => {
    expect(lines('sequence by u [a][b]', 'a1(u=x) b2').at(-1)).toBe(
      '[2] b where true  ✘ event 2 fits, but has no u, which joins the events',
    );
    expect(lines('sequence by u [a][b]', 'a1 b2(u=x)')).toEqual([
      '[1] a where true  ✘ event 1 fits, but has no u, which joins the events',
      '[2] b where true  not reached',
    ]);
  });

  it('at the wrong order', () => {
    expect(lines('sequence [a][b]', 'b1 a2').at(-1)).toBe(
      '[2] b where true  ✘ event 1 fits, but came before the event above',
    );
  });

  it('at an event that must not be there', () => {
    expect(lines('sequence with maxspan=9s [a] ![m] [b]', 'a1 m2 b3')).toEqual([
      '[1] a where true     ✔ event 1   00:00:01.000',
      '[2] no m where true  ✘ event 2 is there, and must not be',
      '[3] b where true     ✔ event 3   00:00:03.000',
    ]);
    expect(lines('sequence with maxspan=9s [a] ![m]', 'a1 m2').at(-1)).toBe(
      '[2] no m where true  ✘ event 2 is there, and must not be',
    );
  });

  it('at a term that no event fits, with the predicates of the nearest', () => {
    expect(lines('sequence [a] [b where n == 1]', 'a1 c2 b3(n=2)')).toEqual([
      '[1] a where true    ✔ event 1   00:00:01.000',
      '[2] b where n == 1  ✘ no event fits; event 3 comes nearest:',
      '    fails []',
    ]);
  });

  it('tells stages of one term together, and leaves out what long terms begin with alike', () => {
    const long = 'a_value_that_is_long_enough_for_the_term_to_be_cut';
    const query = `sequence by u [a where v == "${long}" and n == 1] with runs=3 [a where v == "${long}" and n == 2]`;
    const events = [1, 2, 3, 4].map((at) => `a${at}(u=y v=${long} n=${at < 4 ? 1 : 3})`).join(' ');
    expect(lines(query, events).slice(1, 3)).toEqual([
      '[1-3] … n == 1  ✔ events 1, 2, 3   00:00:01.000',
      '[4] … n == 2    ✘ no event fits; event 4 comes nearest:',
    ]);
  });

  it('names the stage that a condition on the key was copied from', () => {
    const text = 'sequence [a where true] by u [b where v == "x"] by v';
    const group = groupQuery(text).explain(timeline('a1(u=y) b2(v=x)'));
    const explain = (one: Explanation, indent: string, copiedFrom: CopiedFrom): readonly string[] =>
      explanationLines(one, text, indent, STYLE, copiedFrom);
    expect(groupLines(group, text, { indent: '', colour: pc.createColors(false), explain })).toEqual([
      '[1] a where true      ✘ no event fits; event 1 comes nearest:',
      '    ✔ event.category: a  "a"',
      '    ✘ u == "x"           "y"   the value differs; copied from [2], since it is about the join key',
      '[2] b where v == "x"  not reached',
    ]);
  });

  it('before it begins', () => {
    expect(lines('sequence [a][b]', 'b1')).toEqual([
      '[1] a where true  ✘ no event fits; event 1 comes nearest:',
      '    fails [{"field":"event.category","values":["b"],"mapped":true}]',
      '[2] b where true  not reached',
    ]);
  });

  it('at a term that is never true', () => {
    expect(lines('sequence [a] [b where false]', 'a1 b2')).toEqual([
      '[1] a where true   not reached',
      '[2] b where false  ✘ the condition is never true',
    ]);
  });
});

describe('a sequence that is found', () => {
  it('shows its events', () => {
    expect(lines('sequence with maxspan=9s [a] ![m] [b]', 'a1 b2')).toEqual([
      '[1] a where true     ✔ event 1   00:00:01.000',
      '[2] no m where true  ✔ not there',
      '[3] b where true     ✔ event 2   00:00:02.000',
    ]);
  });
});

describe('a sample', () => {
  it('shows the key that most terms have an event for', () => {
    expect(lines('sample by u [a][b][c]', 'a1(u=x) a2(u=y) b3(u=y) c4(u=x) c5(u=z) b6(u=x)').length).toBe(4);
    expect(lines('sample by u [a][b][c]', 'a1(u=x) a2(u=y) b3(u=y) c4(u=z)')).toEqual([
      'for u = "y"',
      '[1] a where true  ✔ event 2',
      '[2] b where true  ✔ event 3',
      '[3] c where true  ✘ event 4 fits, but for another key: u is "z", not "y"',
    ]);
  });

  it('says when one event would have to stand for two terms', () => {
    expect(lines('sample by u [any][a]', 'a1(u=x)')).toEqual([
      'for u = "x"',
      '[1] any where true  ✔ event 1',
      '[2] a where true    ✘ event 1 fits, but stands for another term already',
    ]);
  });
});

describe('text of the events', () => {
  it('cannot speak to the terminal', () => {
    expect(lines('sequence by u [a][b]', 'a1(u=\u001b[31m) b2(u=y)')[0]).toBe('for u = "\\u001b[31m"');
  });
});

describe('duration', () => {
  it.each([
    [0.5, '0.5ms'],
    [250, '250ms'],
    [1500, '1.5s'],
    [60_000, '1m'],
    [68_000, '68s'],
    [7_200_000, '2h'],
    [86_400_000, '1d'],
  ])('%f ms', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
