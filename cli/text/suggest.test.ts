import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, suggest } from './suggest.ts';

describe('did you mean', () => {
  it('counts insertions, deletions, changes and swaps of neighbours', () => {
    expect([
      editDistance('process', 'process', 3),
      editDistance('proces', 'process', 3),
      editDistance('porcess', 'process', 3),
      editDistance('prozess', 'process', 3),
      editDistance('abcdef', 'ghijkl', 3),
    ]).toEqual([0, 1, 1, 1, 4]);
  });

  it('finds the nearest name, without regard to case', () => {
    expect(suggest('process.parent.nme', ['process.name', 'process.parent.name', 'process.parent.pid'])).toBe(
      'process.parent.name',
    );
    expect(suggest('Severity', ['severity', 'security'])).toBe('severity');
  });

  it('says nothing when nothing is near, and never proposes the word itself', () => {
    expect(suggest('zzz', ['process', 'name'])).toBeUndefined();
    expect(suggest('name', ['name'])).toBeUndefined();
    expect([didYouMean('zzz', ['name']), didYouMean('nmae', ['name'])]).toEqual(['', ', did you mean "name"?']);
  });
});
