import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './placeholder.ts';

describe(check.id, () => {
  it('reports a number too high', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({ note: 'Run ${osquery_1}.' }, {}, { osquery: [{ label: 'Users', query: 'SELECT 1' }] }),
      ),
    ).toEqual([
      {
        id: 'guide/placeholder',
        severity: 'error',
        message: '${osquery_1} has no block',
        label: 'the last one is number 0',
        why: 'analysts see the placeholder where a button should be',
        help: 'add [[transform.osquery]] number 1, counted from 0, or correct the number',
        at: '${osquery_1}',
      },
    ]);
  });

  it('reports no block at all, without braces', () => {
    expect(findingsOf(check.id, ruleText({ note: 'See $investigate_0.' }))).toEqual([
      {
        id: 'guide/placeholder',
        severity: 'error',
        message: '$investigate_0 has no block',
        label: 'there is no [[transform.investigate]]',
        why: 'analysts see the placeholder where a button should be',
        help: 'add [[transform.investigate]] number 0, counted from 0, or correct the number',
        at: '$investigate_0',
      },
    ]);
  });

  it.each([
    [
      'a block for each',
      ruleText({ note: 'Run ${osquery_0}.' }, {}, { osquery: [{ label: 'Users', query: 'SELECT 1' }] }),
    ],
    ['other dollars', ruleText({ note: 'Costs $5 or ${HOME}.' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
