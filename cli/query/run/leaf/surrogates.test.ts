import { describe, expect, it } from 'vitest';
import type { Json } from '../../../text/json.ts';
import { searchDsl, type Index } from '../../test-support.ts';

const values: Readonly<Record<string, string>> = {
  half: 'a\ud800b',
  mark: 'a?b',
  fffd: 'a\ufffdb',
  pair: 'a\u{1f600}b',
};

const index: Index = {
  properties: {
    k: { type: 'keyword' },
    n: { type: 'keyword', normalizer: 'lowercase' },
    t: { type: 'text', analyzer: 'whitespace' },
    f: { type: 'flattened' },
  },
  docs: Object.fromEntries(Object.entries(values).map(([id, v]) => [id, { k: v, n: v, t: v, f: { v } }])),
};

describe('halves of surrogate pairs', () => {
  it.each<[Json, string]>([
    // A question mark in keywords, U+FFFD in tokens, in flattened fields and in what is looked for
    [{ term: { k: 'a?b' } }, 'half mark'],
    [{ term: { n: 'A?B' } }, 'half mark'],
    [{ term: { k: 'a\ud800b' } }, 'fffd'],
    [{ term: { k: 'a\ufffdb' } }, 'fffd'],
    [{ terms: { k: ['x', 'a?b'] } }, 'half mark'],
    [{ match: { k: 'a?b' } }, 'half mark'],
    [{ wildcard: { k: 'a\\?b' } }, 'half mark'],
    [{ wildcard: { k: 'a?b' } }, 'half mark fffd pair'],
    [{ wildcard: { k: 'a\\\u{1f600}b' } }, 'pair'],
    [{ prefix: { k: 'a?' } }, 'half mark'],
    [{ regexp: { k: 'a\\?.' } }, 'half mark'],
    [{ range: { k: { lt: 'a@' } } }, 'half mark'],
    [{ term: { t: 'a?b' } }, 'mark'],
    [{ term: { t: 'a\ufffdb' } }, 'half fffd'],
    [{ match: { t: 'a\ud800b' } }, 'half fffd'],
    [{ term: { f: 'a\ufffdb' } }, 'half fffd'],
    [{ term: { 'f.v': 'a?b' } }, 'mark'],
  ])('%j', (dsl, expected) => {
    expect(searchDsl(index, dsl)).toBe(expected);
  });
});
