import type { Mapping } from '../../fields/mapping.ts';
import type { Query } from '../../query/algebra/query.ts';
import { parseDsl } from '../../query/dsl/parse.ts';
import { toDsl } from '../../query/dsl/print.ts';
import { filtersToQueries } from '../../query/filters/filters-to-queries.ts';
import { dataViewFromMapping } from '../../query/kql/data-view.ts';
import { kqlToQuery } from '../../query/kql/lower.ts';
import { parseKql } from '../../query/kql/parse.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { parseJsonSpelled } from '../../text/parse-json.ts';
import { spelledJson } from '../../text/spelled-json.ts';

/** A query in one of the languages that Elasticsearch is asked in. */
export type Question =
  | { readonly language: 'dsl'; /** JSON text. */ readonly query: string }
  | {
      readonly language: 'kuery';
      readonly query: string;
      readonly filters?: readonly Json[];
      readonly config?: JsonObject;
    }
  | {
      readonly language: 'lucene';
      readonly query: string;
      /** Default fields; all of them where none are given. */
      readonly fields?: readonly string[];
      /** Further parameters of `query_string`. */
      readonly parameters?: JsonObject;
    };

/** As the detection engine translates KQL. */
const CONFIG: JsonObject = { dateFormatTZ: 'Zulu' };

/** The query in our algebra. Throws a KnownError for one that does not parse. */
export function queryOf(question: Question, mapping: Mapping): Query {
  if (question.language !== 'kuery') return parseDsl(parseJsonSpelled(dslText(question)).value as Json);
  const config = question.config ?? CONFIG;
  const parsed = parseKql(
    question.query,
    config['allowLeadingWildcards'] === false ? { allowLeadingWildcards: false } : {},
  );
  if (parsed.ast === undefined) throw new KnownError(parsed.diagnostics[0]?.message ?? 'does not parse');
  const dataView = dataViewFromMapping(mapping);
  const query = kqlToQuery(parsed.ast, dataView, config);
  if (question.filters === undefined) return query;
  const { filter, mustNot } = filtersToQueries(question.filters, dataView);
  return { kind: 'bool', filter: [query, ...filter], mustNot };
}

/** The Query DSL that a server is sent. KQL is translated by us: no server knows it. Throws a KnownError as `queryOf` does. */
export const dslOf = (question: Question, mapping: Mapping): string =>
  question.language === 'kuery' ? spelledJson(toDsl(queryOf(question, mapping))) : dslText(question);

function dslText(question: Exclude<Question, { language: 'kuery' }>): string {
  if (question.language === 'dsl') return question.query;
  const { query, fields = ['*'], parameters = {} } = question;
  const all = fields.length === 0 || fields[0] === '*';
  return spelledJson({ query_string: { query, ...(all ? {} : { fields }), ...parameters } });
}
