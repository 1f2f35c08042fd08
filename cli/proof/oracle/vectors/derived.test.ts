import { describe, expect, it } from 'vitest';
import { isRefused } from '../answer.ts';
import { OurIndex } from '../ours.ts';
import { dateMathIndex, minimumIndex } from './derived.ts';
import { runTokens } from './tokens.ts';

/** What ours finds of an index for its own query. */
function found({ mapping, documents, queries }: ReturnType<typeof minimumIndex>) {
  const ours = OurIndex.create(mapping);
  const [query] = queries;
  if (isRefused(ours) || query === undefined) throw new Error('no index');
  ours.index(documents);
  return ours.search(query.question, query.now ?? 0);
}

describe('vectors of a part', () => {
  it('ask a boundary of date math by the milliseconds around it', () => {
    const vector = { id: 'v', expression: 'now/d', now: '2024-01-17T13:45:30.123Z' };
    const from = dateMathIndex('dsl/date_math', { ...vector, operator: 'gte', expect_millis: 1705449600000 });
    expect(from.queries[0]?.expected).toEqual(['at', 'after']);
    expect(found(from)).toEqual(['at', 'after']);
    const before = dateMathIndex('dsl/date_math', { ...vector, operator: 'lt', expect_millis: 1705449600001 });
    expect(before.queries[0]?.expected).toEqual(['before']);
    expect(found(before)).toEqual([]);
    const wrong = dateMathIndex('dsl/date_math', {
      ...vector,
      expression: 'now*d',
      operator: 'lt',
      expect_error: true,
    });
    expect(wrong.queries[0]?.expected).toBe('fails');
    expect(isRefused(found(wrong))).toBe(true);
  });

  it('ask how many clauses have to match by documents that match so many', () => {
    const vector = { id: 'v', optional_clauses: 3, spec: '-1', expect: 2 };
    expect(minimumIndex('s', vector).queries[0]?.expected).toEqual(['2', '3']);
    expect(found(minimumIndex('s', vector))).toEqual(['2', '3']);
    expect(minimumIndex('s', { ...vector, spec: '-5', expect: 0 }).queries[0]?.expected).toEqual(['1', '2', '3']);
  });

  it('compare the words of a text', async () => {
    const vectors = [{ id: 'v', text: 'Quick fox', tokens: ['quick', 'fox'] }];
    const server = (...tokens: string[]) => ({ tokens: () => Promise.resolve(tokens) });
    expect((await runTokens(server('quick', 'fox'), 's', vectors)).differences).toEqual([]);
    expect((await runTokens(server('quick'), 's', vectors)).differences).toMatchObject([
      { kind: 'tokens', id: 'v', server: '["quick"]', ours: '["quick","fox"]', expected: '["quick","fox"]' },
    ]);
    const wrong = [{ id: 'v', text: 'Quick fox', tokens: ['Quick'] }];
    expect((await runTokens(server('quick', 'fox'), 's', wrong)).differences).toMatchObject([{ kind: 'vector' }]);
  });
});
