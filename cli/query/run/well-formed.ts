import { dateReader } from '../../fields/dates/formats.ts';
import { zoneOf } from '../../fields/dates/zones/zone-of.ts';
import { differencesOf } from '../../fields/stack-differences.ts';
import type { Query, Scalar } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';
import { refuseLongTerm } from './term-length.ts';

/**
 * Refuses what Elasticsearch refuses while it reads a query, whatever the mapping and whatever else the query asks: no value, no
 * name of a field, a time zone that Java does not know. Queries of KQL come here without having passed the parser of the DSL.
 */
export function refuseMalformed(query: Query, stack?: string): void {
  const pending: Query[] = [query];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    check(one, stack);
    pending.push(...innerQueries(one));
  }
}

/** The clauses directly inside of one. */
export function innerQueries(query: Query): readonly Query[] {
  switch (query.kind) {
    case 'bool':
      return [query.must, query.filter, query.should, query.mustNot].flatMap((list) => list ?? []);
    case 'dis_max':
      return query.queries;
    case 'nested':
    case 'constant_score':
      return [query.query];
    case 'function_score':
      return [query.query, ...query.filters];
    case 'boosting':
      return [query.positive, query.negative];
    default:
      return [];
  }
}

function check(query: Query, stack: string | undefined): void {
  switch (query.kind) {
    case 'term':
      present(query.value, query);
      refuseLongTerm(query.value, query);
      break;
    case 'terms':
      for (const value of query.values) refuseLongTerm(value, query);
      break;
    case 'fuzzy':
      refuseLongTerm(query.value, query);
      break;
    case 'match':
    case 'match_phrase':
    case 'match_phrase_prefix':
    case 'match_bool_prefix':
    case 'multi_match':
      present(query.query, query);
      // An empty name is unmapped here (elasticsearch: MatchQueryBuilder.java)
      return;
    case 'range':
    case 'query_string':
      if (query.kind === 'range')
        for (const end of [query.gt, query.gte, query.lt, query.lte]) refuseLongTerm(end, query);
      if (query.kind === 'range' && query.removed === true && differencesOf(stack)?.rangeEnds !== true)
        throw malformed(query, '[range] no longer knows from, to, include_lower and include_upper', 'they are gone since Elasticsearch 9.0: write gte and lte'); // prettier-ignore
      if (query.timeZone !== undefined && zoneOf(query.timeZone) === undefined)
        throw malformed(query, `time zone ${query.timeZone} is not known`, 'write an offset such as +02:00, or a region such as Europe/Berlin'); // prettier-ignore
      if (query.kind === 'range' && query.format !== undefined) checkFormat(query.format, query);
      break;
    default:
      break;
  }
  if ('field' in query && query.field === '')
    throw malformed(query, `a clause of kind ${query.kind} names no field`, 'the name of a field cannot be empty');
}

/** A format is read whatever the type of the field (elasticsearch: RangeQueryBuilder.java format). */
function checkFormat(format: string, query: Query): void {
  const reader = dateReader(format, 'en');
  if ('fault' in reader)
    throw malformed(query, `date format ${reader.pattern} cannot be used: ${reader.fault}`, 'write a pattern such as yyyy-MM-dd, strict_date_optional_time or epoch_millis'); // prettier-ignore
}

function present(value: Scalar, query: Query): void {
  if (value === null)
    throw malformed(
      query,
      `a clause of kind ${query.kind} has no value`,
      'ask for missing values with "not field: *" (KQL) or "field == null" (EQL)',
    );
}

const malformed = (query: Query, what: string, help: string): QueryFailure =>
  new QueryFailure(what, { span: query.span, why: 'Elasticsearch refuses the search, whatever the mapping', help });
