import { leastLengthOfRegexp } from '../../../fields/patterns/regexp-length.ts';
import { leastLengthOfWildcard } from '../../../fields/patterns/wildcard.ts';
import type { Query, Scalar } from '../../../query/algebra/query.ts';
import { QueryFailure } from '../../../query/failure.ts';
import { filtersToQueries } from '../../../query/filters/filters-to-queries.ts';
import type { Json } from '../../../text/json.ts';
import type { Span } from '../../../text/span.ts';
import type { Demand, LimitOf } from './demand.ts';

/** What the clauses of a filter ask for beyond the limits; nothing where it cannot be read, which its own finding tells. */
export function filterDemands(filter: Json, span: Span, limitOf: LimitOf): readonly Demand[] {
  try {
    const clauses = filtersToQueries([filter], undefined);
    return [...clauses.filter, ...clauses.mustNot]
      .flatMap((query) => demandsOf(query, span))
      .filter(({ field, least }) => least > limitOf(field));
  } catch (error) {
    if (error instanceof QueryFailure) return [];
    throw error;
  }
}

function demandsOf(query: Query, span: Span): readonly Demand[] {
  const demand = (field: string, least: number): Demand => ({ field, least, span });
  switch (query.kind) {
    case 'bool':
      return [query.must, query.filter, query.should, query.mustNot]
        .flatMap((list) => list ?? [])
        .flatMap((one) => demandsOf(one, span));
    case 'term':
      return [demand(query.field, lengthOf(query.value))];
    case 'terms':
      return query.values.map((value) => demand(query.field, lengthOf(value)));
    case 'match':
    case 'match_phrase':
    case 'match_phrase_prefix':
      return [demand(query.field, lengthOf(query.query))];
    case 'prefix':
      return [demand(query.field, query.value.length)];
    case 'wildcard':
      return [demand(query.field, leastLengthOfWildcard(query.pattern))];
    case 'regexp':
      return [demand(query.field, leastLengthOfRegexp(query.pattern))];
    default:
      return [];
  }
}

const lengthOf = (value: Scalar | null): number => (typeof value === 'string' ? value.length : 0);
