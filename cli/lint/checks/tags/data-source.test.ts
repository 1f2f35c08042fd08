import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './data-source.ts';

describe(check.id, () => {
  it('reports a data source without its tag', () => {
    expect(findingsOf(check.id, ruleText({ index: ['logs-endpoint.events.process*', 'endgame-*'] }))).toEqual([
      {
        id: 'tags/data-source',
        severity: 'warning',
        message: 'the tag "Data Source: Elastic Endgame" is missing',
        label: 'searched here',
        why: 'nobody who filters by this data source finds the rule',
        help: 'add "Data Source: Elastic Endgame"',
        at: '"endgame-*"',
        fix: 'add the tag Data Source: Elastic Endgame',
      },
    ]);
  });

  it.each([
    ['an index that stands for no source', ruleText({ index: ['logs-endpoint.events.process*', 'auditbeat-*'] })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
