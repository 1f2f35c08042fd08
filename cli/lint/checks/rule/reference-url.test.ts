import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './reference-url.ts';

describe(check.id, () => {
  it('reports words', () => {
    expect(findingsOf(check.id, ruleText({ references: ['https://example.com/a', 'see example.com'] }))).toEqual([
      {
        id: 'rule/reference-url',
        severity: 'warning',
        message: 'this reference is not a web address',
        why: 'Kibana shows references as links, and this one leads nowhere',
        help: 'write one address that begins with https://, and keep notes for the guide',
        at: '"see example.com"',
      },
    ]);
  });

  it.each([['addresses', ruleText({ references: ['https://example.com/a?b=c#d', 'http://example.com'] })]])(
    'says nothing about %s',
    (_, texts) => {
      expect(findingsOf(check.id, texts)).toEqual([]);
    },
  );
});
