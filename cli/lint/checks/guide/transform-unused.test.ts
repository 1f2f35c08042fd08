import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './transform-unused.ts';

describe(check.id, () => {
  it('reports a block without a placeholder', () => {
    expect(
      findingsOf(
        check.id,
        ruleText(
          { note: 'Run ${osquery_0}.' },
          {},
          {
            osquery: [
              { label: 'a', query: 'SELECT 1' },
              { label: 'b', query: 'SELECT 2' },
            ],
          },
        ),
      ),
    ).toEqual([
      {
        id: 'guide/transform-unused',
        severity: 'warning',
        message: 'the guide has no ${osquery_1}',
        why: 'the block is never shown to anybody',
        help: 'put ${osquery_1} where its button should stand, or take the block out',
        at: 'transform.osquery',
      },
    ]);
  });

  it.each([
    [
      'blocks that are used',
      ruleText(
        { note: 'Run $osquery_0 and ${osquery_1}.' },
        {},
        {
          osquery: [
            { label: 'a', query: 'SELECT 1' },
            { label: 'b', query: 'SELECT 2' },
          ],
        },
      ),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
