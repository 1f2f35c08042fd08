import { parseEql } from '../../query/eql/parse.ts';
import type { RuleBody } from '../../rule/rule.ts';

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

const known = new WeakMap<RuleBody, { readonly maxspan: number | undefined }>();

/** Seconds of the maxspan of an EQL sequence; undefined for all other queries, and where there is none. */
export function maxspanOf(body: RuleBody): number | undefined {
  // Most queries are no sequences, and need not be parsed for this.
  if (body.type !== 'eql' || body.query?.includes('maxspan') !== true) return undefined;
  let found = known.get(body);
  if (found === undefined) known.set(body, (found = { maxspan: read(body.query) }));
  return found.maxspan;
}

function read(query: string): number | undefined {
  const sequence = parseEql(query).statement?.body;
  if (sequence?.kind !== 'sequence' || sequence.maxspan === undefined) return undefined;
  return sequence.maxspan.amount * SECONDS[sequence.maxspan.unit];
}
