import { compileGetter } from '../../fields/values/getter.ts';
import type { Event } from '../../fields/event.ts';
import { isJsonObject } from '../../text/json.ts';
import type { Bool, Nested, Query, Range } from '../algebra/query.ts';
import { lowerSimpleQuery } from '../simple/lower.ts';
import { ClauseFailure, QueryFailure, Unsupported } from '../failure.ts';
import { lowerQueryString } from '../lucene/lower.ts';
import { fieldOf } from './fields.ts';
import { always, never, ROOT, type RunContext, type Scope, type Test } from './context.ts';
import { compileExists } from './exists.ts';
import type { LeafClause } from './leaf/keyword.ts';
import { compileAnyLeaf, compileLeaf } from './leaf/leaf.ts';
import { minimumShouldMatch } from './minimum-should-match.ts';
import { expandMultiMatch } from './multi-match.ts';
import { rewrite } from './rewrite.ts';
import { compileScript } from './script.ts';
import { innerQueries, refuseMalformed } from './well-formed.ts';

/**
 * Compiles a query once into a function over events. Throws a QueryFailure where Elasticsearch would refuse the search: a
 * value that a type cannot read, a nested path that is not mapped. The function may throw one as well (overflow in a
 * script), but gives no other answer than the search would.
 */
export function compilePredicate(query: Query, context: RunContext): (event: Event) => boolean {
  refuseMalformed(query, context.stack);
  const test = compileRewritten(query, context, ROOT);
  return (event) => test(event.source, event);
}

/**
 * A query as an index runs it: rewritten first. Where something is wrong with it and it names indices, another index may not even
 * look at what is wrong: each one is asked by itself then, when its first event comes. Exported for explanations, which
 * evaluate part by part.
 */
export function compileRewritten(query: Query, context: RunContext, scope: Scope): Test {
  const rewritten = rewrite(query, context);
  try {
    return compile(rewritten, context, scope);
  } catch (error) {
    if (!(error instanceof QueryFailure) || !differsByIndex(rewritten, context)) throw error;
  }
  const known = new Map<string, Test | QueryFailure>();
  return (source, event) => {
    let test = known.get(event.index);
    if (test === undefined) {
      test = compiledOrFailed(rewrite(rewritten, context, event.index), context, scope);
      known.set(event.index, test);
    }
    if (test instanceof QueryFailure) throw test;
    return test(source, event);
  };
}

function compiledOrFailed(query: Query, context: RunContext, scope: Scope): Test | QueryFailure {
  try {
    return compile(query, context, scope);
  } catch (error) {
    if (error instanceof QueryFailure) return error;
    throw error;
  }
}

/** Whether a query names indices, or a field that has another constant in each. */
const differsByIndex = (query: Query, context: RunContext): boolean =>
  ('field' in query && (query.field === '_index' || fieldOf(query.field, context.mapping)?.constants !== undefined)) ||
  innerQueries(query).some((inner) => differsByIndex(inner, context));

/** One clause in a scope, as it stands. */
function compile(query: Query, context: RunContext, scope: Scope): Test {
  switch (query.kind) {
    case 'match_all':
      return always;
    case 'match_none':
      return never;
    case 'bool':
      return compileBool(query, context, scope);
    case 'nested':
      return compileNested(query, context, scope);
    case 'exists':
      return compileExists(query, context, scope);
    case 'ids':
      return compileLeaf({ ...query, kind: 'terms', field: '_id' }, context, scope);
    case 'dis_max':
      return anyOf(compileAlternatives(query.queries, context, scope));
    case 'constant_score':
      return compile(query.query, context, scope);
    case 'boosting':
      compile(query.negative, context, scope);
      return compile(query.positive, context, scope);
    case 'function_score':
      for (const filter of query.filters) compile(filter, context, scope);
      return compile(query.query, context, scope);
    case 'multi_match':
      return compile(expandMultiMatch(query, context), context, scope);
    case 'query_string':
      return compile(lowerQueryString(query, context), context, scope);
    case 'simple_query_string':
      return compile(lowerSimpleQuery(query, context), context, scope);
    case 'script':
      return compileScript(query, context, scope);
    case 'range':
      return isOpenRange(query)
        ? compileExists({ ...query, kind: 'exists' }, context, scope)
        : leaf(query, context, scope);
    case 'term':
    case 'terms':
    case 'wildcard':
    case 'prefix':
    case 'regexp':
    case 'fuzzy':
    case 'match':
    case 'match_phrase':
    case 'match_phrase_prefix':
    case 'match_bool_prefix':
      return leaf(query, context, scope);
  }
}

const leaf = (query: LeafClause, context: RunContext, scope: Scope): Test =>
  query.lenient === true ? leniently(() => compileLeaf(query, context, scope)) : compileLeaf(query, context, scope);

/** A range without ends asks whether there is a value (elasticsearch: RangeQueryBuilder.doToQuery). */
const isOpenRange = ({ gt, gte, lt, lte, fromQueryString }: Range): boolean =>
  fromQueryString !== true && (gt ?? gte ?? lt ?? lte ?? null) === null;

/** A lenient clause that the type refuses matches nothing instead of failing the search. */
function leniently(compileIt: () => Test): Test {
  try {
    return compileIt();
  } catch (error) {
    if (error instanceof QueryFailure && !(error instanceof Unsupported || error instanceof ClauseFailure))
      return never;
    throw error;
  }
}

function allOf(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (first === undefined) return always;
  if (second === undefined) return first;
  if (tests.length === 2) return (source, event) => first(source, event) && second(source, event);
  return (source, event) => {
    for (const test of tests) if (!test(source, event)) return false;
    return true;
  };
}

function anyOf(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (first === undefined) return never;
  if (second === undefined) return first;
  return (source, event) => {
    for (const test of tests) if (test(source, event)) return true;
    return false;
  };
}

/** Clauses on one field that can share the reading of it with others. */
const isLeaf = (query: Query): query is LeafClause =>
  LEAVES.has(query.kind) &&
  !('lenient' in query && query.lenient === true) &&
  !(query.kind === 'range' && isOpenRange(query));

const LEAVES: ReadonlySet<Query['kind']> = new Set([
  'term', 'terms', 'wildcard', 'prefix', 'regexp', 'fuzzy', 'range', 'match', 'match_phrase', 'match_phrase_prefix',
  'match_bool_prefix',
]); // prettier-ignore

/** Alternatives inside alternatives are one list: KQL makes a clause of its own of each value of a list. */
const flatten = (query: Query): readonly Query[] => {
  if (query.kind === 'dis_max') return query.queries.flatMap(flatten);
  const { kind } = query;
  if (kind !== 'bool' || (query.must ?? query.filter ?? query.mustNot) !== undefined || shouldNeeded(query) !== 1)
    return [query];
  return (query.should ?? []).flatMap(flatten);
};

/** Tests any of which has to hold. */
function compileAlternatives(queries: readonly Query[], context: RunContext, scope: Scope): Test[] {
  const flat = queries.flatMap(flatten);
  return [
    ...compileAnyLeaf(flat.filter(isLeaf), context, scope),
    ...flat.filter((one) => !isLeaf(one)).map((one) => compile(one, context, scope)),
  ];
}

/**
 * How many optional clauses of a bool have to match. Undefined: none has to. The parameter is read wherever there is a clause, and
 * means nothing where all of them are prohibitions.
 */
export function shouldNeeded(query: Bool): number | undefined {
  const should = query.should?.length ?? 0;
  const required = (query.must?.length ?? 0) + (query.filter?.length ?? 0);
  if (should + required + (query.mustNot?.length ?? 0) === 0) return undefined;
  const wanted = query.minimumShouldMatch === undefined ? 0 : minimumShouldMatch(should, query.minimumShouldMatch);
  if (required + should === 0) return undefined;
  if (wanted > 0) return wanted;
  return required === 0 ? 1 : undefined;
}

/**
 * elasticsearch: server/.../index/query/BoolQueryBuilder.java doToQuery, Queries.fixNegativeQueryIfNeeded. A bool of
 * nothing matches all; of prohibitions alone it is their complement, and then forgets its minimum_should_match.
 */
function compileBool(query: Bool, context: RunContext, scope: Scope): Test {
  const inner = (list: readonly Query[] | undefined): Test[] => (list ?? []).map((one) => compile(one, context, scope));
  const required = [...inner(query.must), ...inner(query.filter)];
  const prohibited = compileAlternatives(query.mustNot ?? [], context, scope);
  const should = query.should ?? [];
  const needed = shouldNeeded(query);
  if (required.length === 0 && should.length === 0 && prohibited.length > 0 && query.adjustPureNegative === false)
    return never;
  // What need not match is compiled all the same: a value that its type refuses fails the search. Once only: compiling a part
  // twice would double at every level.
  const optional = needed === 1 ? compileAlternatives(should, context, scope) : inner(should);
  const parts = [...required];
  if (needed !== undefined) {
    if (needed > should.length) parts.push(never);
    else if (needed === 1) parts.push(anyOf(optional));
    else if (needed === should.length) parts.push(allOf(optional));
    else
      parts.push((source, event) => {
        let met = 0;
        for (const test of optional) if (test(source, event) && ++met >= needed) return true;
        return false;
      });
  }
  const positive = allOf(parts);
  if (prohibited.length === 0) return positive;
  const negative = anyOf(prohibited);
  return parts.length === 0
    ? (source, event) => !negative(source, event)
    : (source, event) => positive(source, event) && !negative(source, event);
}

/** Each nested object is a document of its own; one of them has to satisfy the whole inner query. */
function compileNested(query: Nested, context: RunContext, scope: Scope): Test {
  const field = context.mapping.field(query.path);
  if (field?.type !== 'nested') {
    if (query.ignoreUnmapped === true) return never;
    throw new QueryFailure(
      field === undefined ? `${query.path} is not mapped` : `${query.path} is of type ${field.typeName}, not nested`,
      { span: query.span, why: 'Elasticsearch refuses a nested query on a path that is not mapped as nested' },
    );
  }
  const inner: Scope = { path: query.path, outer: [...scope.outer, scope.path] };
  const test = compile(query.query, context, inner);
  if (test === never) return never;
  if (scope.path !== '' && !query.path.startsWith(`${scope.path}.`))
    throw new Unsupported(`a nested group ${query.path} inside the group ${scope.path}, which it is no part of,`, {
      span: query.span,
      why: `Elasticsearch looks for it at the next ${scope.path} in the order of the index, so that the answer depends on what lies beside the event`,
      help: 'put the groups side by side',
    });
  const objects = compileGetter(query.path.slice(scope.path === '' ? 0 : scope.path.length + 1), { objects: true });
  return (source, event) => objects(source).some((object) => isJsonObject(object) && test(object, event));
}
