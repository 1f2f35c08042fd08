import type { Field } from '../../fields/mapping.ts';
import type { Bool, MatchNone, Query, Range } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';
import type { RunContext } from './context.ts';
import { mayExist } from './exists.ts';
import { fieldOf } from './fields.ts';
import { constantTest } from './leaf/constant.ts';
import { indexNameTest, isConstantClause, type ConstantClause } from './leaf/metadata.ts';
import { termRules } from './leaf/term-rules.ts';
import { datesWithin } from './leaf/dates.ts';
import { matchAsTerm } from './match-as-term.ts';

/**
 * What Elasticsearch makes of a query before it builds any clause of it, index by index. A clause that cannot match there becomes
 * match_none, and so does a bool that needs it; none of the other clauses of that bool is built then, so that what is wrong with
 * them fails nothing (elasticsearch:server/src/main/java/org/elasticsearch/index/query/BoolQueryBuilder.java doRewrite and the
 * doRewrite, doIndexMetadataRewrite and doSearchRewrite of the builders named below). No verdict on a document changes by it.
 *
 * It happens twice: without a mapping where the search arrives, then on each shard.
 *
 * `index`: the name of the index, on which clauses on `_index` are decided; without it they are left as they are.
 */
export const rewrite = (query: Query, context: RunContext, index?: string): Query =>
  rewriteTree(
    rewriteTree(query, (one) => one),
    (one) => onShard(one, context, index),
  );

/** Clauses made of others, and those that are empty; `leaf` decides the rest. */
function rewriteTree(query: Query, leaf: (query: Query) => Query): Query {
  const inner = (one: Query): Query => rewriteTree(one, leaf);
  switch (query.kind) {
    case 'bool':
      return rewriteBool(query, inner);
    // ConstantScoreQueryBuilder, FunctionScoreQueryBuilder: of match_none nothing is left, match_all stays inside
    case 'constant_score':
    case 'function_score': {
      const made = inner(query.query);
      const filters = query.kind === 'function_score' ? all(query.filters, inner) : undefined;
      if (made.kind === 'match_none') return made;
      if (made === query.query && (query.kind === 'constant_score' || filters === query.filters)) return query;
      return { ...query, query: made, ...(filters === undefined ? {} : { filters }) };
    }
    // BoostingQueryBuilder: the negative part is not even looked at where the positive one is nothing
    case 'boosting': {
      const positive = inner(query.positive);
      if (positive.kind === 'match_none') return positive;
      const negative = inner(query.negative);
      return positive === query.positive && negative === query.negative ? query : { ...query, positive, negative };
    }
    // DisMaxQueryBuilder, NestedQueryBuilder: they stay, whatever becomes of what is inside
    case 'dis_max': {
      const queries = all(query.queries, inner);
      return queries === query.queries ? query : { ...query, queries };
    }
    case 'nested': {
      const made = inner(query.query);
      return made === query.query ? query : { ...query, query: made };
    }
    // IdsQueryBuilder, TermsQueryBuilder
    case 'ids':
      return query.values.length === 0 ? nothing(query, 'it lists no ids') : query;
    case 'terms':
      return query.values.length === 0 ? nothing(query, 'it lists no values') : leaf(query);
    default:
      return leaf(query);
  }
}

/** One clause under the mapping of an index. */
function onShard(query: Query, context: RunContext, index: string | undefined): Query {
  switch (query.kind) {
    case 'exists':
      return mayExist(query.field, context) ? query : nothing(query, noField(query.field, context));
    case 'range':
      return rewriteRange(query, context);
    case 'term':
    case 'terms':
    case 'prefix':
    case 'wildcard':
    case 'fuzzy':
      return onField(query, context, index);
    // MatchQueryBuilder, MatchPhraseQueryBuilder: a term where the field does not analyse; not decided on unmapped names
    case 'match':
    case 'match_phrase':
      return (
        decidedByConstant(query, context, index) ?? matchAsTerm(query, fieldOf(query.field, context.mapping), context)
      );
    default:
      return query;
  }
}

function all(queries: readonly Query[], inner: (query: Query) => Query): readonly Query[] {
  const made = queries.map(inner);
  return made.every((one, at) => one === queries[at]) ? queries : made;
}

const nothing = (query: Query, reason: string): MatchNone => ({
  kind: 'match_none',
  reason,
  ...(query.span === undefined ? {} : { span: query.span }),
});

const isNone = (query: Query): query is MatchNone => query.kind === 'match_none';

function rewriteBool(query: Bool, inner: (query: Query) => Query): Query {
  const list = (queries: readonly Query[] | undefined): readonly Query[] | undefined =>
    queries === undefined ? undefined : all(queries, inner);
  const [must, mustNot, filter, should] = [query.must, query.mustNot, query.filter, query.should].map(list);
  const required = [...(must ?? []), ...(filter ?? [])];
  const [negative, optional] = [mustNot ?? [], should ?? []];
  if (required.length + negative.length + optional.length === 0)
    return { kind: 'match_all', ...(query.span === undefined ? {} : { span: query.span }) };
  const none = required.find(isNone);
  if (none !== undefined) return nothing(query, none.reason ?? 'a condition matches nothing');
  if (negative.some((one) => one.kind === 'match_all')) return nothing(query, 'it excludes every document');
  const first = optional.find(isNone);
  if (required.length + negative.length === 0 && first !== undefined && optional.every(isNone))
    return nothing(query, optional.length === 1 ? (first.reason ?? 'it matches nothing') : 'none of it can match');
  if (must === query.must && mustNot === query.mustNot && filter === query.filter && should === query.should)
    return query;
  return {
    ...query,
    ...(must === undefined ? {} : { must }),
    ...(filter === undefined ? {} : { filter }),
    ...(should === undefined ? {} : { should }),
    ...(mustNot === undefined ? {} : { mustNot }),
  };
}

function noField(name: string, { mapping }: RunContext): string {
  if (name.includes('*')) return `no field fits ${name}`;
  const type = mapping.field(name)?.type;
  return type === 'object' || type === 'nested' ? `${name} is an object` : `${name} is not mapped`;
}

/** TermQueryBuilder, TermsQueryBuilder, PrefixQueryBuilder, WildcardQueryBuilder, FuzzyQueryBuilder. */
function onField(query: Query & { readonly field: string }, context: RunContext, index: string | undefined): Query {
  if (fieldOf(query.field, context.mapping) === undefined) return nothing(query, noField(query.field, context));
  return decidedByConstant(query, context, index) ?? query;
}

/** A clause on a field that has one value for the whole index is decided here: match_all or match_none. */
function decidedByConstant(query: Query, context: RunContext, index: string | undefined): Query | undefined {
  if (!isConstantClause(query)) return undefined;
  const met = constantMeets(query, fieldOf(query.field, context.mapping), context, index);
  if (met === undefined) return undefined;
  const place = query.span === undefined ? {} : { span: query.span };
  return met
    ? { kind: 'match_all', ...place }
    : { kind: 'match_none', reason: `${query.field} has another value in the whole index`, ...place };
}

/** Undefined: not a constant, or one on which the clause means different things in different versions. */
function constantMeets(
  clause: ConstantClause,
  field: Field | undefined,
  context: RunContext,
  index: string | undefined,
): boolean | undefined {
  try {
    if (clause.field === '_index') return index === undefined ? undefined : indexNameTest(clause, context)(index);
    if (field?.type !== 'constant_keyword') return undefined;
    const constant =
      field.constants === undefined ? field.constant : index === undefined ? undefined : field.constants(index);
    if (constant === undefined && field.constants !== undefined) return undefined;
    return constantTest(constant === undefined ? field : { ...field, constant }, clause, termRules(context));
  } catch (error) {
    if (error instanceof QueryFailure) return undefined;
    throw error;
  }
}

/**
 * RangeQueryBuilder. The bounds of a range on a date are read here, to see whether the index has such dates at all: a bound that
 * cannot be read fails even beside a match_none (DateFieldMapper.java isFieldWithinQuery). Of an index without any date in the field
 * they are not even read; that is only decided where all that the index holds is known.
 */
function rewriteRange(query: Range, context: RunContext): Query {
  const field = fieldOf(query.field, context.mapping);
  if (field === undefined) return nothing(query, noField(query.field, context));
  if (query.fromQueryString === true) return query;
  if ((field.type !== 'date' && field.type !== 'date_nanos') || field.runtime === true) return query;
  if (field.indexed === false)
    return field.docValues === false ? nothing(query, `${query.field} has neither an index nor doc values`) : query;
  const held = context.datesHeld?.(field);
  if (field.unread === true || (held === undefined && context.datesHeld !== undefined))
    return nothing(query, `${query.field} has no date here`);
  const ends = datesWithin(field, query, context);
  if (ends === undefined) return nothing(query, `no date of ${query.field} can lie in it`);
  const { from, to } = ends;
  const { min, max } = held ?? ALL;
  const outside = (from !== undefined && max < from) || (to !== undefined && min > to);
  return outside ? nothing(query, `all dates of ${query.field} lie outside of it`) : query;
}

/** The instants that there are at all. */
const ALL = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
