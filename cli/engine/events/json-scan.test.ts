import { describe, expect, it } from 'vitest';
import { findJsonFlaw, MAX_DEPTH } from './json-scan.ts';

/** The flaw with the text that it marks. */
const flaw = (text: string): unknown => {
  const found = findJsonFlaw(text);
  return found === undefined ? undefined : [found.kind, found.start, text.slice(found.start, found.end)];
};

describe('findJsonFlaw', () => {
  it.each([
    '{}',
    '[]',
    ' [1, -2.5e-3, true, false, null, "\\u00e9\\n", {"a": {"b": []}}] ',
    '"x"',
    '0',
    '{"a":1,"A":1}',
  ])('finds nothing in %s', (text) => {
    expect(flaw(text)).toBeUndefined();
  });

  it.each([
    ['{"a": }', ['unexpected', 6, '}']],
    ['{"a": 1,}', ['unexpected', 8, '}']],
    ['[1 2]', ['unexpected', 3, '2']],
    ['[1,]', ['unexpected', 3, ']']],
    ['{"a" 1}', ['unexpected', 5, '1']],
    ["{'a': 1}", ['unexpected', 1, "'"]],
    ['{a: 1}', ['word', 1, 'a']],
    ['{"a": NaN}', ['word', 6, 'NaN']],
    ['{"a": -Infinity}', ['number', 6, '-Infinity']],
    ['{"a": 01}', ['number', 6, '01']],
    ['{"a": 1.}', ['number', 6, '1.']],
    ['{"a": +1}', ['number', 6, '+1']],
    ['{"a": 0x1f}', ['number', 6, '0x1f']],
    ['{"a": "x', ['open-string', 6, '"']],
    ['{"a": "x\n"}', ['open-string', 6, '"']],
    ['{"a": "\t"}', ['control', 7, '\t']],
    ['{"a": "C:\\Windows"}', ['escape', 9, '\\W']],
    ['{"a": "\\u12"}', ['escape', 7, '\\u']],
    ['{"a": 1', ['end', 6, '1']],
    ['[{"a": 1}', ['end', 8, '}']],
    ['', ['end', 0, '']],
    ['{} {}', ['trailing', 3, '{']],
    ['{"a":1,"b":{"a":2,"\\u0061":3}}', ['duplicate-key', 18, '"\\u0061"']],
    ['{"__proto__":1,"constructor":2,"__proto__":3}', ['duplicate-key', 31, '"__proto__"']],
  ])('marks the place in %j', (text, wanted) => {
    expect(flaw(text)).toEqual(wanted);
  });

  it('bears any depth', () => {
    expect(flaw('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH))).toBeUndefined();
    expect(flaw('['.repeat(200_000))).toEqual(['too-deep', MAX_DEPTH, '[']);
  });

  it('bears long strings', () => {
    expect(flaw(`["${'x'.repeat(5_000_000)}"]`)).toBeUndefined();
  });
});
