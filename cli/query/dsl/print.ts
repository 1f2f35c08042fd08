import { NumberToken, type Json } from '../../text/json.ts';
import type { Bool, Query, Scalar } from '../algebra/query.ts';
import { printedFlags } from './regexp-flags.ts';

/** A number that JSON cannot hold is written as text, which Elasticsearch reads alike. */
const scalar = (value: Scalar): Json => (typeof value === 'bigint' ? new NumberToken(String(value)) : value);

/** Members that are there, in the order given. */
function members(entries: Readonly<Record<string, Json | undefined>>): Json {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const many = (list: readonly Query[] | undefined): Json | undefined => list?.map(toDsl);

function bool(query: Bool): Json {
  const negated = query.mustNot ?? [];
  const single = query.singleMustNot === true ? negated[0] : undefined;
  return {
    bool: members({
      must: many(query.must),
      filter: many(query.filter),
      should: many(query.should),
      must_not: single === undefined ? many(query.mustNot) : toDsl(single),
      minimum_should_match: query.minimumShouldMatch,
      adjust_pure_negative: query.adjustPureNegative,
    }),
  };
}

/** A query as Elasticsearch's Query DSL. A script prints as its source expression. */
export function toDsl(query: Query): Json {
  switch (query.kind) {
    case 'match_all':
      return { match_all: {} };
    case 'match_none':
      return { match_none: {} };
    case 'term':
      if (query.caseInsensitive === undefined && query.plain === true)
        return { term: { [query.field]: scalar(query.value) } };
      return {
        term: { [query.field]: members({ value: scalar(query.value), case_insensitive: query.caseInsensitive }) },
      };
    case 'terms':
      return { terms: { [query.field]: query.values.map(scalar) } };
    case 'wildcard':
      return {
        wildcard: { [query.field]: members({ value: query.pattern, case_insensitive: query.caseInsensitive }) },
      };
    case 'prefix':
      return { prefix: { [query.field]: members({ value: query.value, case_insensitive: query.caseInsensitive }) } };
    case 'regexp':
      return {
        regexp: {
          [query.field]: members({
            value: query.pattern,
            ...printedFlags(query.flags),
            max_determinized_states: query.maxDeterminizedStates,
            case_insensitive: query.caseInsensitive,
          }),
        },
      };
    case 'fuzzy':
      return {
        fuzzy: {
          [query.field]: members({
            value: query.value,
            fuzziness: query.fuzziness,
            prefix_length: query.prefixLength,
            transpositions: query.transpositions,
          }),
        },
      };
    case 'range': {
      const bound = (value: Scalar | undefined): Json | undefined => (value === undefined ? undefined : scalar(value));
      return {
        range: {
          [query.field]: members({
            gt: bound(query.gt),
            gte: bound(query.gte),
            lt: bound(query.lt),
            lte: bound(query.lte),
            format: query.format,
            time_zone: query.timeZone,
            relation: query.relation,
          }),
        },
      };
    }
    case 'exists':
      return { exists: { field: query.field } };
    case 'ids':
      return { ids: { values: [...query.values] } };
    case 'match': {
      const more = members({
        analyzer: query.analyzer,
        operator: query.operator,
        minimum_should_match: query.minimumShouldMatch,
        lenient: query.lenient,
        zero_terms_query: query.zeroTermsQuery,
        fuzziness: query.fuzziness,
        prefix_length: query.prefixLength,
        fuzzy_transpositions: query.transpositions,
      });
      const plain = Object.keys(more as object).length === 0;
      return {
        match: {
          [query.field]: plain
            ? scalar(query.query)
            : { query: scalar(query.query), ...(more as Record<string, Json>) },
        },
      };
    }
    case 'match_phrase':
      if (query.slop === undefined && query.zeroTermsQuery === undefined && query.analyzer === undefined)
        return { match_phrase: { [query.field]: scalar(query.query) } };
      return {
        match_phrase: {
          [query.field]: members({
            query: scalar(query.query),
            analyzer: query.analyzer,
            slop: query.slop,
            zero_terms_query: query.zeroTermsQuery,
          }),
        },
      };
    case 'match_phrase_prefix':
      return {
        match_phrase_prefix: {
          [query.field]: members({
            query: scalar(query.query),
            analyzer: query.analyzer,
            slop: query.slop,
            zero_terms_query: query.zeroTermsQuery,
          }),
        },
      };
    case 'match_bool_prefix':
      return {
        match_bool_prefix: {
          [query.field]: members({
            query: scalar(query.query),
            analyzer: query.analyzer,
            operator: query.operator,
            minimum_should_match: query.minimumShouldMatch,
            fuzziness: query.fuzziness,
            prefix_length: query.prefixLength,
            fuzzy_transpositions: query.transpositions,
          }),
        },
      };
    case 'multi_match':
      return {
        multi_match: members({
          type: query.type,
          query: scalar(query.query),
          fields: query.fields === undefined ? undefined : [...query.fields],
          analyzer: query.analyzer,
          operator: query.operator,
          lenient: query.lenient,
          minimum_should_match: query.minimumShouldMatch,
          slop: query.slop,
          zero_terms_query: query.zeroTermsQuery,
          fuzziness: query.fuzziness,
          prefix_length: query.prefixLength,
          fuzzy_transpositions: query.transpositions,
        }),
      };
    case 'query_string':
      return {
        query_string: members({
          fields: query.fields === undefined ? undefined : [...query.fields],
          query: query.query,
          default_field: query.defaultField,
          default_operator: query.defaultOperator,
          analyze_wildcard: query.analyzeWildcard,
          lenient: query.lenient,
          time_zone: query.timeZone,
          minimum_should_match: query.minimumShouldMatch,
          type: query.type,
          allow_leading_wildcard: query.allowLeadingWildcard,
          fuzziness: query.fuzziness,
          phrase_slop: query.phraseSlop,
          escape: query.escape,
        }),
      };
    case 'simple_query_string':
      return {
        simple_query_string: members({
          fields: query.fields === undefined ? undefined : [...query.fields],
          query: query.query,
          default_operator: query.defaultOperator,
          analyze_wildcard: query.analyzeWildcard,
          lenient: query.lenient,
          minimum_should_match: query.minimumShouldMatch,
          flags: query.flags,
        }),
      };
    case 'bool':
      return bool(query);
    case 'dis_max':
      return { dis_max: { queries: query.queries.map(toDsl) } };
    case 'constant_score':
      return { constant_score: { filter: toDsl(query.query) } };
    case 'boosting':
      return {
        boosting: {
          positive: toDsl(query.positive),
          negative: toDsl(query.negative),
          negative_boost: query.negativeBoost,
        },
      };
    case 'function_score':
      return {
        function_score: {
          query: toDsl(query.query),
          ...(query.filters.length === 0
            ? {}
            : { functions: query.filters.map((filter) => ({ filter: toDsl(filter), weight: 1 })) }),
        },
      };
    case 'nested':
      return {
        nested: members({
          path: query.path,
          query: toDsl(query.query),
          score_mode: query.scoreMode,
          ignore_unmapped: query.ignoreUnmapped,
        }),
      };
    case 'script':
      return { script: { script: { source: query.text, lang: 'eql' } } };
  }
}
