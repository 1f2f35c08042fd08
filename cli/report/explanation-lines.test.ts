import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { prepareTest, testEvents, testRule } from '../engine/test-rule.ts';
import { PLAIN_FRAME } from '../text/frame.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { explanationLines, oneAway } from './explanation-lines.ts';

const style = { colour: pc.createColors(false), width: 100, ascii: false, frame: () => PLAIN_FRAME };
const QUERIES = { eql: 'type = "eql"\nlanguage = "eql"\n', kuery: '' };

const explained = (
  query: string,
  source: JsonObject,
  language: keyof typeof QUERIES = 'eql',
  more = '',
): [string[], string[]] => {
  const file = testRule(`${QUERIES[language]}query = '''${query}'''\n${more}`);
  const { prepared, problems } = prepareTest(file);
  const [event] = testEvents([source]);
  if (prepared === undefined || event === undefined) throw new Error(JSON.stringify(problems));
  const explanation = prepared.explain(event);
  return [[...explanationLines(explanation, query, '', style)], [...oneAway(explanation, query)]];
};
const process = (name: Json, pid = 1): JsonObject => ({ process: { name, pid }, user: { name: 'root' } });

describe('explanation', () => {
  it('is one line a predicate, with what the event has', () => {
    expect(
      explained('any where process.name == "curl" and process.pid == 2 and host.name == "h"', process(['curl', 'x'])),
    ).toEqual([
      [
        '✔ process.name == "curl"  ["curl", "x"]',
        '✘ process.pid == 2        1        the value differs',
        '✘ host.name == "h"        absent   the event has no such field',
      ],
      [],
    ]);
  });

  it('names the field of a category, and of a value in a list of KQL', () => {
    expect([
      explained('process where true', process('x'))[0],
      explained('process.name: (wget or curl)', process('curl'), 'kuery')[0],
    ]).toEqual([
      ['✘ event.category: process  absent   the event has no such field'],
      ['✔ any of', '    ✔ process.name: curl  "curl"'],
    ]);
  });

  it('keeps together what is and-ed inside of "or" and "not"', () => {
    const query = 'any where user.name == "x" or (process.name == "curl" and process.pid == 2)';
    expect(explained(query, process('curl'))).toEqual([
      [
        '✘ any of',
        '    ✘ user.name == "x"            "root"   the value differs',
        '    ✘ all of',
        '        ✔ process.name == "curl"  "curl"',
        '        ✘ process.pid == 2        1        the value differs',
      ],
      ['user.name == "x"', 'process.pid == 2'],
    ]);
  });

  it('shows of a "not" that fails only what makes it fail', () => {
    const query =
      'any where process.pid == 1 and not (process.name == "a" or process.name == "curl" or user.name == "b")';
    expect(explained(query, process('curl'))).toEqual([
      ['✔ process.pid == 1            1', '✘ not', '    ✔ process.name == "curl"  "curl"'],
      ['process.name == "curl"'],
    ]);
  });

  it('tells a long list of one field in one line', () => {
    const list = ['alpha*', 'beta', 'gamma', 'epsilon', 'delta'].map((name) => `"${name}"`).join(', ');
    const [lines] = explained(`any where process.name like (${list}) or user.name == "x"`, process('curl'));
    expect(lines).toEqual([
      '✘ any of',
      '    ✘ process.name: "alpha*", … 4 more  "curl"   none of them fits',
      '    ✘ user.name == "x"                  "root"   the value differs',
    ]);
  });

  it('counts the groups that are left out', () => {
    const parts = Array.from({ length: 8 }, (_, n) =>
      n % 2 === 0 ? `process.pid == ${n + 10}` : `user.name == "u${n}"`,
    );
    const [lines] = explained(`any where ${parts.join(' or ')}`, process('x'));
    expect([lines.length, lines.at(-1)]).toEqual([6, '      … 4 more that do not hold']);
  });

  it('shows filters of the rule as the filter bar does, others as Query DSL', () => {
    const filter = '[[rule.filters]]\nmeta = { negate = true }\nquery = { term = { "user.name" = "root" } }';
    expect(explained('process.name: curl', process('curl'), 'kuery', filter)[0]).toEqual([
      '✔ process.name: curl            "curl"',
      '✘ not',
      '    ✔ filter user.name: "root"  "root"',
    ]);
  });
});
