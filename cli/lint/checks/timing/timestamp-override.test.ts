import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './timestamp-override.ts';

describe(check.id, () => {
  it('reports EQL without it', () => {
    expect(findingsOf(check.id, ruleText({ timestamp_override: undefined }))).toEqual([
      {
        id: 'timing/timestamp-override',
        severity: 'warning',
        message: 'timestamp_override is missing',
        why: 'an event that arrives later than the look-back, from a laptop that was offline, is never searched',
        help: 'add timestamp_override = "event.ingested"',
        at: 'type',
      },
    ]);
  });

  it('reports another field', () => {
    expect(findingsOf(check.id, ruleText({ timestamp_override: 'event.created' }))).toEqual([
      {
        id: 'timing/timestamp-override',
        severity: 'warning',
        message: 'timestamp_override is event.created',
        why: 'an event that arrives later than the look-back, from a laptop that was offline, is never searched',
        help: 'add timestamp_override = "event.ingested"',
        at: '"event.created"',
      },
    ]);
  });

  it.each([
    [
      'a sequence',
      ruleText({
        timestamp_override: undefined,
        query: 'sequence by host.id with maxspan=1m [process where true] [file where true]',
      }),
    ],
    [
      'a new terms rule',
      ruleText({
        timestamp_override: undefined,
        type: 'new_terms',
        language: 'kuery',
        query: 'process.name : *',
        new_terms_fields: ['user.name'],
        history_window_start: 'now-7d',
      }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
