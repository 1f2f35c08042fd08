import { describe, expect, it } from 'vitest';
import type { Field } from '../../../fields/mapping.ts';
import type { Hit } from './hit.ts';
import { SequenceMatcher } from './matcher.ts';
import type { SequencePlan, Term } from './plan.ts';

const KEY: Field = { name: 'key', type: 'keyword', typeName: 'keyword' };
const NOWHERE = { start: 0, end: 0 };
const term = (missing = false): Term => ({
  query: { kind: 'match_all' },
  keys: [{ name: 'key', field: KEY, optional: false, span: NOWHERE }],
  missing,
  span: NOWHERE,
  filterSpan: NOWHERE,
});
const plan = (terms: readonly Term[], maxspan?: number): SequencePlan => ({
  kind: 'sequence',
  terms,
  stages: terms.map((_, stage) => stage),
  timestamp: { name: '@timestamp', type: 'date', typeName: 'date' },
  ...(maxspan === undefined ? {} : { maxspan }),
});
const hit = (ms: number, key: string, terms: readonly number[]): Hit => ({
  event: { index: '', id: `${key}@${ms}`, source: { key }, ordinal: ms },
  at: { ms, ns: 0 },
  tiebreaker: null,
  terms,
});

describe('memory of the matcher', () => {
  it('holds what maxspan can still reach, not the stream', () => {
    const matcher = new SequenceMatcher(plan([term(), term()], 1000));
    let most = 0;
    for (let ms = 0; ms < 100_000; ms++) {
      matcher.push(hit(ms, `k${ms}`, [0]));
      most = Math.max(most, matcher.keys);
    }
    expect(most).toBeLessThanOrEqual(2048);
  });

  it('forgets a key with a trailing missing event only after judging it', () => {
    const matcher = new SequenceMatcher(plan([term(), term(true)], 1000));
    for (let ms = 0; ms < 5000; ms++) matcher.push(hit(ms, `k${ms}`, [0]));
    for (let ms = 4500; ms < 5000; ms++) matcher.push(hit(5000, `k${ms}`, [1]));
    expect(matcher.keys).toBeLessThanOrEqual(2048);
    expect(matcher.finish()).toHaveLength(4500);
  });

  it('forgets a leading missing event only when maxspan has passed', () => {
    const matcher = new SequenceMatcher(plan([term(true), term()], 1000));
    for (let ms = 0; ms < 5000; ms++) matcher.push(hit(ms, `k${ms}`, [0]));
    for (let ms = 0; ms < 5000; ms++) matcher.push(hit(5000, `k${ms}`, [1]));
    expect(matcher.finish()).toHaveLength(4000);
  });

  it('takes as long for many candidates of one key', () => {
    const matcher = new SequenceMatcher(plan([term(), term(true)], 1000));
    for (let ms = 0; ms < 200_000; ms++) matcher.push(hit(ms, 'k', [0]));
    for (let i = 0; i < 1000; i++) matcher.push(hit(200_000, 'k', [1]));
    expect(matcher.finish()).toHaveLength(199_000);
  });
});
