import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './index-missing.ts';

describe(check.id, () => {
  it('reports neither', () => {
    expect(findingsOf(check.id, ruleText({ index: undefined }))).toEqual([
      {
        id: 'rule/index-missing',
        severity: 'warning',
        message: 'the rule names neither indices nor a data view',
        why: 'it searches the default indices of its space, which differ from space to space',
        help: 'add index = ["logs-…"] to [rule]',
        at: 'type',
      },
    ]);
  });

  it.each([
    ['a data view', ruleText({ index: undefined, data_view_id: 'security' })],
    ['ES|QL', ruleText({ type: 'esql', language: 'esql', index: undefined, query: 'FROM a | STATS c = COUNT(*)' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
