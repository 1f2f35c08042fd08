import { expect, it } from 'vitest';
import type { JsonObject } from '../text/json.ts';
import { Audience } from './audience.ts';

const rule = (name: string, ...values: (readonly [path: string, ...texts: string[]])[]) => ({
  name,
  values: values.map(([path, ...texts]) => ({ path, texts })),
});
const RULES = [
  rule('any'),
  rule('process', ['category', 'process']),
  rule('both', ['category', 'process', 'file']),
  // `os` has fewer rivals than `category`, so that it is what admits to this rule.
  rule('linux process', ['category', 'process'], ['os', 'linux']),
];
const audience = new Audience(RULES, (one) => one.values);
const shown = (source: JsonObject): string => {
  const names: string[] = [];
  audience.show(source, (one) => names.push(one.name));
  return names.join(', ');
};

it('an event is shown once to each rule that it can concern', () => {
  expect([
    shown({}),
    shown({ category: 'process' }),
    shown({ category: 'file', os: 'linux' }),
    shown({ category: 'network' }),
    shown({ category: ['process'] }),
    shown({ category: ['file', 'process'] }),
    shown({ category: [] }),
  ]).toEqual([
    'any',
    'any, process, both',
    'any, both, linux process',
    'any',
    'any, process, both',
    'any, both, process',
    'any',
  ]);
});

it('what is no text is shown to all rules that look at its field', () => {
  for (const category of [1, null, true, { a: 1 }, ['process', 1], [['process']]])
    expect(shown({ category })).toMatch(/^any(, process, both)?$/);
  expect(shown({ category: 1 })).toBe('any, process, both');
  expect(shown({ category: ['network', null] })).toBe('any, process, both');
});

it('an event without a value is shown to the rules that may find it all the same', () => {
  const constant = { name: 'constant', values: [{ path: 'set', texts: ['a'], orAbsent: true }] };
  const one = new Audience([constant, rule('other', ['set', 'a'])], ({ values }) => values);
  const names = (source: JsonObject): string[] => {
    const found: string[] = [];
    one.show(source, ({ name }) => found.push(name));
    return found;
  };
  expect([{}, { set: [] }, { set: 'a' }, { set: 'b' }].map(names)).toEqual([
    ['constant'],
    ['constant'],
    ['constant', 'other'],
    [],
  ]);
});
