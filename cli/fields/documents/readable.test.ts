import { describe, expect, it } from 'vitest';
import { mayHoldHalves, readable } from './readable.ts';

describe('readable', () => {
  it('drops the dots at the end of keys, and keeps both values of a name', () => {
    expect(readable({ 'a.b.': 1, o: [{ 'k..': 'x' }] })).toEqual({ 'a.b': 1, o: [{ k: 'x' }] });
    expect(readable({ a: 1, 'a.': [2, 3], '..': 4 })).toEqual({ a: [1, [2, 3]], '..': 4 });
  });

  it('writes halves of characters as question marks', () => {
    const text = '{"a":"x\\ud800","b":["\\udc00\\ud83d\\ude00"]}';
    expect(mayHoldHalves(text)).toBe(true);
    expect(mayHoldHalves('{"a":"\\u00e9"}')).toBe(false);
    expect(readable(JSON.parse(text) as Record<string, string>)).toEqual({ a: 'x?', b: ['?😀'] });
  });
});
