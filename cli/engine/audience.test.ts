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
  // `os` has fewer rivals than `category`, so that it is what is looked at first for this rule.
  rule('linux process', ['category', 'process'], ['os', 'linux']),
];
const audience = new Audience(RULES.map((one) => ({ rule: one, values: one.values })));
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
    shown({ category: 'process', os: 'linux' }),
    shown({ category: 'network' }),
    shown({ category: ['process'] }),
    shown({ category: ['file', 'process'] }),
    shown({ category: [] }),
  ]).toEqual([
    'any',
    'any, process, both',
    'any, both',
    'any, process, both, linux process',
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

it('rules that share a text are told apart by what they look at next, and by texts in any case', () => {
  const names = ['cmd.exe', 'sh', 'curl', 'reg.exe', 'net.exe'];
  const rules = [
    ...names.map((name) => ({
      rule: name,
      values: [
        { path: 'category', texts: ['process'] },
        { path: 'name', texts: [name], folded: true },
      ],
    })),
    { rule: 'exact', values: [{ path: 'name', texts: ['sh'] }] },
    { rule: 'any process', values: [{ path: 'category', texts: ['process'] }] },
  ];
  const tree = new Audience(rules);
  const told = (source: JsonObject): string[] => {
    const found: string[] = [];
    tree.show(source, (one) => found.push(one));
    return found.sort();
  };
  expect([
    told({ category: 'process', name: 'CMD.exe' }),
    told({ category: 'process', name: 'SH' }),
    told({ category: ['file', 'process'], name: ['Sh', 'sh', 'NET.EXE'] }),
    told({ category: 'file', name: 'reg.exe' }),
    told({ category: 'process', name: 7 }),
    told({ category: 'process' }),
  ]).toEqual([
    ['any process', 'cmd.exe'],
    ['any process', 'sh'],
    ['any process', 'exact', 'net.exe', 'sh'],
    [],
    ['any process', ...names, 'exact'].sort(),
    ['any process'],
  ]);
});

it('rules and events with long lists cost no more than the texts that they have', () => {
  const texts = Array.from({ length: 2000 }, (_, at) => `t${at}`);
  const paths = ['a', 'b', 'c', 'd'];
  const rules = ['one', 'two'].map((one) => ({ rule: one, values: paths.map((path) => ({ path, texts })) }));
  const tree = new Audience(rules);
  const told = (source: JsonObject): string[] => {
    const found: string[] = [];
    tree.show(source, (one) => found.push(one));
    return found.sort();
  };
  expect([
    told({ a: texts, b: texts, c: texts, d: texts }),
    told({ a: 't1', b: 't2', c: 't3', d: ['t4', 'x'] }),
    told({ a: 't1', b: 't2', c: 't3', d: 'x' }),
    told({ a: ['x', 'y', 'z', 'u', 'v'], b: 't2', c: 't3', d: 't4' }),
  ]).toEqual([['one', 'two'], ['one', 'two'], [], []]);
});
