import { describe, expect, it } from 'vitest';
import { namesOf } from './names.ts';

describe('namesOf', () => {
  it.each([
    ['a', ['a']],
    ['a.b', ['a', 'b']],
    ['a.', ['a']],
    ['a.b..', ['a', 'b']],
    ['a b', ['a b']],
    ['\u00a0', ['\u00a0']],
    ['\u2007', ['\u2007']],
    ['*', ['*']],
  ])('reads %j', (key, parts) => {
    expect(namesOf(key)).toEqual({ parts });
  });

  it.each(['', ' ', '.', '..', '. .', '.a', 'a..b', 'b. ', 'b. .c', '\u3000', '\u001c', '\u2028'])(
    'refuses %j',
    (key) => {
      expect(namesOf(key)).toHaveProperty('fault');
    },
  );
});
