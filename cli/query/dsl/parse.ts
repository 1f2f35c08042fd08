import { own, type Json } from '../../text/json.ts';
import { didYouMean } from '../../text/suggest.ts';
import type { Query } from '../algebra/query.ts';
import { Unsupported } from '../failure.ts';
import { COMPOUND } from './clauses/compound.ts';
import { FULL_TEXT } from './clauses/full-text.ts';
import { simpleQueryString } from './clauses/simple-query-string.ts';
import { TERM_LEVEL } from './clauses/term-level.ts';
import { object, type ClauseParser } from './read.ts';
import { refuse } from './refuse.ts';

/**
 * Clauses inside clauses that Elasticsearch accepts: `indices.query.bool.max_nested_depth` (elasticsearch:
 * server/src/main/java/org/elasticsearch/index/query/AbstractQueryBuilder.java parseTopLevelQuery).
 */
export const MAX_CLAUSE_DEPTH = 30;

const CLAUSES: Readonly<Record<string, ClauseParser>> = {
  ...TERM_LEVEL,
  ...FULL_TEXT,
  ...COMPOUND,
  simple_query_string: simpleQueryString,
};

/** Clauses that exist in Elasticsearch and cannot be run here. */
const KNOWN = [
  'script', 'script_score', 'percolate', 'more_like_this', 'geo_distance', 'geo_bounding_box', 'geo_shape', 'has_child',
  'has_parent', 'parent_id', 'intervals', 'span_term', 'span_near', 'span_or', 'terms_set', 'distance_feature',
  'rank_feature', 'knn', 'semantic', 'kql', 'pinned', 'combined_fields', 'rule', 'text_expansion', 'sparse_vector',
]; // prettier-ignore

function parse(json: Json, depth: number): Query {
  if (depth > MAX_CLAUSE_DEPTH)
    refuse(
      `the query is nested more than ${MAX_CLAUSE_DEPTH} clauses deep`,
      'write it flatter: several conditions fit into one bool',
    );
  const body = object(json, 'a query');
  const names = Object.keys(body);
  const [name] = names;
  if (name === undefined) return refuse('a query names one clause, this one is empty');
  if (names.length > 1) return refuse(`a query names one clause, this one has ${names.length}: ${names.join(', ')}`);
  const parser = Object.hasOwn(CLAUSES, name) ? CLAUSES[name] : undefined;
  if (parser === undefined) {
    if (KNOWN.includes(name)) throw new Unsupported(`the query clause [${name}]`);
    return refuse(`unknown query [${name}]${didYouMean(name, Object.keys(CLAUSES))}`);
  }
  return parser(own(body, name) ?? null, depth, parse);
}

/**
 * A query of Elasticsearch's Query DSL as algebra. Throws a QueryFailure for what Elasticsearch would refuse and for
 * clauses that cannot be run, by name.
 */
export const parseDsl = (json: Json): Query => parse(json, 1);
