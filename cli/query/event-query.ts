import type { Diagnostic } from '../text/diagnostic.ts';
import type { Query } from './algebra/query.ts';
import type { EventQuery, QueryContext } from './compile.ts';
import { filterFieldNames, filtersToQueries } from './filters/filters-to-queries.ts';
import { dataViewOfRule } from './kql/data-view.ts';
import type { RunContext } from './run/context.ts';
import { explain } from './run/explain.ts';
import { leadingValues } from './run/leading-values.ts';
import { compilePredicate } from './run/predicate.ts';

export const failed = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((one) => one.severity === 'error');

export const runContext = ({ mapping, now, stack }: QueryContext): RunContext => ({
  mapping,
  now,
  ...(stack === undefined ? {} : { stack }),
});

/** A query and-ed with the rule's filters. */
export function withFilters(query: Query, context: QueryContext): Query {
  if (context.filters === undefined || context.filters.length === 0) return query;
  const { filter, mustNot } = filtersToQueries(
    context.filters,
    dataViewOfRule(context.mapping, filterFieldNames(context.filters)),
  );
  if (filter.length === 0 && mustNot.length === 0) return query;
  return { kind: 'bool', filter: [query, ...filter], mustNot };
}

/** A query made runnable event by event. Throws a QueryFailure where Elasticsearch would refuse it. */
export function eventQuery(query: Query, context: QueryContext): EventQuery {
  const options = runContext(context);
  return {
    kind: 'event',
    query,
    test: compilePredicate(query, options),
    leading: (index) => leadingValues(query, options, index),
    explain: (event) => explain(query, options, event),
  };
}
