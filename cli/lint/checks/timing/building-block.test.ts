import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './building-block.ts';

describe(check.id, () => {
  it('reports often and short', () => {
    expect(findingsOf(check.id, ruleText({ building_block_type: 'default' }))).toEqual([
      {
        id: 'timing/building-block',
        severity: 'warning',
        message: 'a building block that looks back 9m',
        why: 'building blocks are many and raise many alerts that nobody reads one by one, so they should cost little',
        help: 'write from = "now-119m" and interval = "60m", or bypass_bbr_timing = true in [metadata]',
        at: '"now-9m"',
      },
      {
        id: 'timing/building-block',
        severity: 'warning',
        message: 'a building block that runs every 5m',
        why: 'building blocks are many and raise many alerts that nobody reads one by one, so they should cost little',
        help: 'write from = "now-119m" and interval = "60m", or bypass_bbr_timing = true in [metadata]',
        at: '"5m"',
      },
    ]);
  });

  it.each([
    ['once an hour', ruleText({ building_block_type: 'default', interval: '60m', from: 'now-119m' })],
    ['a rule that was let off', ruleText({ building_block_type: 'default' }, { bypass_bbr_timing: true })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
