import { describe, expect, it } from 'vitest';
import { compareAnswers, compareTaken } from './compare.ts';
import { CRASH } from './ours.ts';

const REFUSES = { refused: 'no' };

describe('compareTaken', () => {
  it('tells when one side alone refuses', () => {
    expect(compareTaken('document', undefined, undefined)).toBeUndefined();
    expect(compareTaken('document', REFUSES, { refused: 'other words' })).toBeUndefined();
    expect(compareTaken('mapping', REFUSES, undefined)).toEqual({ kind: 'mapping', server: REFUSES, ours: 'taken' });
    expect(compareTaken('document', undefined, REFUSES)).toEqual({ kind: 'document', server: 'taken', ours: REFUSES });
  });

  it('never takes a crash for a refusal', () => {
    const ours = { refused: `${CRASH}TypeError` };
    expect(compareTaken('document', REFUSES, ours)).toEqual({ kind: 'crash', server: REFUSES, ours });
  });
});

describe('compareAnswers', () => {
  it('names each document on which the sides differ, in any order of their answers', () => {
    expect(compareAnswers(['2', '1'], ['1', '2'], ['1', '2', '3'])).toEqual([]);
    expect(compareAnswers(['1', '3'], ['2', '3'], ['1', '2', '3'])).toEqual([
      { kind: 'verdict', id: '1', server: 'matches', ours: 'does not match' },
      { kind: 'verdict', id: '2', server: 'does not match', ours: 'matches' },
    ]);
  });

  it('tells a refusal from an answer without documents', () => {
    expect(compareAnswers(REFUSES, REFUSES, ['1'])).toEqual([]);
    expect(compareAnswers([], REFUSES, ['1'])).toEqual([{ kind: 'query', server: 'finds none', ours: REFUSES }]);
    expect(compareAnswers(REFUSES, ['1'], ['1'])).toEqual([{ kind: 'query', server: REFUSES, ours: 'finds 1' }]);
  });

  it('never takes a crash for a refusal', () => {
    const ours = { refused: `${CRASH}TypeError` };
    expect(compareAnswers(REFUSES, ours, ['1'])).toEqual([{ kind: 'crash', server: REFUSES, ours }]);
  });
});
