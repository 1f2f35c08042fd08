import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './host-os.ts';

describe(check.id, () => {
  it('reports a rule about Linux for all systems', () => {
    expect(findingsOf(check.id, ruleText({ query: 'process where process.args == "history -c"' }))).toEqual([
      {
        id: 'query/host-os',
        severity: 'warning',
        message: 'the query does not look at host.os.type',
        why: 'the indices hold events of every system, so the rule can alert on another one, and reads far more than it needs',
        help: 'begin the condition with host.os.type == "linux"',
        at: 'query',
      },
    ]);
  });

  it.each([
    ['a query that asks', ruleText()],
    [
      'a rule of another folder',
      { 'rules/cross-platform/defense_evasion_x.toml': ruleText({ query: 'process where true' }) },
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
