import { describe, expect, it } from 'vitest';
import { readable } from './readable.ts';

describe('readable', () => {
  it('drops the dots at the end of keys, and keeps both values of a name', () => {
    expect(readable({ 'a.b.': 1, o: [{ 'k..': 'x' }] })).toEqual({ 'a.b': 1, o: [{ k: 'x' }] });
    expect(readable({ a: 1, 'a.': [2, 3], '..': 4 })).toEqual({ a: [1, [2, 3]], '..': 4 });
  });
});
