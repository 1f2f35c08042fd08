import { isImmense, MAX_TERM } from '../../fields/documents/flattened-value.ts';
import type { Scalar } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';
import type { Placed } from './leaf/value-test.ts';

/**
 * Refuses a text that is longer than a term of an index can be. Those of term, terms, range and fuzzy are measured while the query
 * is read, whatever the mapping (elasticsearch: AbstractQueryBuilder.java maybeConvertToBytesRef).
 */
export function refuseLongTerm(value: Scalar | undefined, clause: Placed): void {
  if (typeof value !== 'string' || !isImmense(value)) return;
  throw new QueryFailure(`a value of ${Buffer.byteLength(value)} bytes is longer than a term can be`, {
    span: clause.span,
    why: `Elasticsearch takes ${MAX_TERM} bytes at most and refuses the search`,
    help: 'compare with the beginning alone, by a prefix',
  });
}
