import { describe, expect, it } from 'vitest';
import { compileCondition, mappingOf } from '../eql/test-support.ts';

const mapping = mappingOf({
  plain: 'keyword',
  column: { type: 'keyword', index: false },
  indexed: { type: 'keyword', doc_values: false },
  scripted: { type: 'keyword', script: 'emit("x")' },
});

const verdict = (condition: string): boolean | string => {
  try {
    return compileCondition(condition, mapping)({ plain: 'abcd', column: 'abcd', indexed: 'abcd' });
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a script', () => {
  it('reads doc values, whether there is an index or not', () => {
    expect([verdict('length(plain) > 3'), verdict('length(column) > 3')]).toEqual([true, true]);
  });

  it('fails on a field that has none, which other clauses find', () => {
    expect(verdict('length(indexed) > 3')).toBe('a script reads indexed, which has no doc values');
    expect(verdict('indexed == "abcd"')).toBe(true);
  });

  it('fails on a field that is not run', () => {
    expect(verdict('length(scripted) > 3')).toBe(
      'length(scripted) > 3: scripted is a keyword with script, which cannot be run offline yet',
    );
  });
});
