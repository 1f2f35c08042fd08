import { isJsonObject, own, type Json } from '../../text/json.ts';
import type { Query } from '../algebra/query.ts';
import { parseDsl } from '../dsl/parse.ts';
import type { DataView } from '../kql/data-view.ts';
import { filterClauses } from './kibana-filter.ts';

/** The filters of a rule as algebra, with the options of the detection engine. Throws a QueryFailure naming what it cannot read. */
export function filtersToQueries(
  filters: readonly Json[],
  dataView: DataView | undefined,
): { readonly filter: readonly Query[]; readonly mustNot: readonly Query[] } {
  const { filter, mustNot } = filterClauses(filters, dataView, { ignoreFilterIfFieldNotInIndex: false });
  return { filter: filter.map(parseDsl), mustNot: mustNot.map(parseDsl) };
}

/** The fields that the enabled filters name in `meta.key`. */
export const filterFieldNames = (filters: readonly Json[]): readonly string[] =>
  filters.flatMap((filter) => {
    const meta = isJsonObject(filter) ? own(filter, 'meta') : undefined;
    const key = isJsonObject(meta) && own(meta, 'disabled') !== true ? own(meta, 'key') : undefined;
    return typeof key === 'string' && key !== '' ? [key] : [];
  });
