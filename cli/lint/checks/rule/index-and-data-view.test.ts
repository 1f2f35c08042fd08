import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './index-and-data-view.ts';

describe(check.id, () => {
  it('reports both', () => {
    expect(findingsOf(check.id, ruleText({ data_view_id: 'security' }))).toEqual([
      {
        id: 'rule/index-and-data-view',
        severity: 'error',
        message: 'the rule has both index and data_view_id',
        why: 'Kibana searches the data view and never looks at the indices',
        help: 'take one of them out',
        at: 'data_view_id',
        related: ['these indices are not searched: index'],
      },
    ]);
  });

  it.each([['a data view alone', ruleText({ index: undefined, data_view_id: 'security' })]])(
    'says nothing about %s',
    (_, texts) => {
      expect(findingsOf(check.id, texts)).toEqual([]);
    },
  );
});
