/** Names of the clauses that random queries are made of. */
export const CLAUSES: ReadonlySet<string> = new Set([
  'term', 'terms', 'prefix', 'wildcard', 'regexp', 'fuzzy', 'range', 'match', 'match_phrase', 'match_phrase_prefix', 'match_bool_prefix', 'exists', 'bool', 'nested', 'constant_score',
  'dis_max', 'boosting', 'match_all', 'match_none', 'ids', 'multi_match', 'query_string', 'simple_query_string',
]); // prettier-ignore
