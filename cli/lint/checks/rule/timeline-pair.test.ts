import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './timeline-pair.ts';

describe(check.id, () => {
  it('reports an id alone', () => {
    expect(findingsOf(check.id, ruleText({ timeline_id: 'db366523' }))).toEqual([
      {
        id: 'rule/timeline-pair',
        severity: 'warning',
        message: 'timeline_id stands without timeline_title',
        why: 'Kibana opens the template by its id and shows its title; with one of them alone it does neither',
        help: 'add timeline_title, or take timeline_id out',
        at: 'timeline_id',
      },
    ]);
  });

  it('reports a title alone', () => {
    expect(findingsOf(check.id, ruleText({ timeline_title: 'Mine' }))).toEqual([
      {
        id: 'rule/timeline-pair',
        severity: 'warning',
        message: 'timeline_title stands without timeline_id',
        why: 'Kibana opens the template by its id and shows its title; with one of them alone it does neither',
        help: 'add timeline_id, or take timeline_title out',
        at: 'timeline_title',
      },
    ]);
  });

  it.each([['both', ruleText({ timeline_id: 'db366523', timeline_title: 'Mine' })]])(
    'says nothing about %s',
    (_, texts) => {
      expect(findingsOf(check.id, texts)).toEqual([]);
    },
  );
});
