import { hash } from 'node:crypto';
import type { CollectionCheck } from '../../check.ts';
import { repeated } from '../../knowledge/repeated.ts';

/** Types whose alerts are decided by query, indices and filters alone. */
const PLAIN = new Set(['eql', 'query']);

export const check: CollectionCheck = {
  id: 'query/duplicate',
  severity: 'warning',
  summary: 'No two rules run the same query over the same indices.',
  collect({ file, body }) {
    if (body.query === undefined || body.query.trim() === '' || !PLAIN.has(body.type)) return [];
    const parts = [
      body.type,
      body.language,
      body.query.replace(/\s+/g, ' ').trim(),
      body.index,
      body.data_view_id,
      body.filters,
    ];
    // A short stand-in for the query, because facts are kept in the cache.
    const value = hash('sha256', JSON.stringify(parts), 'base64').slice(0, 22);
    return [{ value, span: file.valueSpan(['rule', 'query']) }];
  },
  conclude: (facts) =>
    repeated(facts, (first) => ({
      message: `${first.path} runs the same query over the same indices`,
      why: 'every event that matches raises two alerts',
      help: 'delete one of the rules, or make the queries differ',
    })),
};
