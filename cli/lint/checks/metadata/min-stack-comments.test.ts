import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './min-stack-comments.ts';

describe(check.id, () => {
  it('reports no reason', () => {
    expect(findingsOf(check.id, ruleText({}, { min_stack_version: '9.3' }))).toEqual([
      {
        id: 'metadata/min-stack-comments',
        severity: 'warning',
        message: 'nothing says why the rule needs this stack',
        why: 'without the reason nobody dares to lower or drop the limit later',
        help: 'add min_stack_comments = "…" below it',
        at: '"9.3"',
      },
    ]);
  });

  it.each([['a reason', ruleText({}, { min_stack_version: '9.3', min_stack_comments: 'x' })]])(
    'says nothing about %s',
    (_, texts) => {
      expect(findingsOf(check.id, texts)).toEqual([]);
    },
  );
});
