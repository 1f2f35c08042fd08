import type { Event } from '../../fields/event.ts';
import { compileGetter } from '../../fields/values/getter.ts';
import { sourcePath } from '../../fields/values/indexed.ts';
import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';
import { editDistance } from '../../text/suggest.ts';
import type { Query, Scalar } from '../algebra/query.ts';
import { lowerSimpleQuery } from '../simple/lower.ts';
import { QueryFailure } from '../failure.ts';
import { lowerQueryString } from '../lucene/lower.ts';
import { ROOT, type RunContext, type Scope } from './context.ts';
import type { Explanation } from './explanation.ts';
import { prefixOf, searchable } from './fields.ts';
import { expandMultiMatch } from './multi-match.ts';
import { compileRewritten } from './predicate.ts';
import { rewrite } from './rewrite.ts';

type Actual = NonNullable<Explanation['actual']>;

/** Why a query holds or does not hold for an event: the same tree, with outcome, values and the nearest reason. */
export function explain(query: Query, context: RunContext, event: Event): Explanation {
  return explainIn(query, context, ROOT, event.source, event);
}

function explainIn(query: Query, context: RunContext, scope: Scope, source: JsonObject, event: Event): Explanation {
  const held = compileRewritten(query, context, scope)(source, event);
  const away = query.kind === 'bool' ? rewrite(query, context, event.index) : query;
  const dropped = away.kind === 'match_none' && away !== query ? (away.reason ?? 'it cannot match') : undefined;
  const inner = (list: readonly Query[] | undefined): Explanation[] =>
    (list ?? []).map((one) =>
      dropped === undefined
        ? explainIn(one, context, scope, source, event)
        : explainDropped(one, dropped, () => explainIn(one, context, scope, source, event)),
    );
  switch (query.kind) {
    case 'bool':
      return {
        query,
        held,
        children: [...inner(query.must), ...inner(query.filter), ...inner(query.should), ...inner(query.mustNot)],
        ...(dropped === undefined ? {} : { reason: `${dropped}, so that this part finds nothing` }),
      };
    case 'dis_max':
      return { query, held, children: inner(query.queries) };
    case 'constant_score':
    case 'function_score':
      return { query, held, children: inner([query.query]) };
    case 'boosting':
      return { query, held, children: inner([query.positive]) };
    case 'simple_query_string':
      return { query, held, children: inner([lowerSimpleQuery(query, context)]) };
    case 'query_string':
      return { query, held, children: [explainIn(lowerQueryString(query, context), context, scope, source, event)] };
    case 'multi_match':
      return { query, held, children: query.fields === undefined ? [] : inner([expandMultiMatch(query, context)]) };
    case 'nested':
      return nested(query, held, context, scope, source, event);
    case 'match_all':
    case 'match_none':
    case 'ids':
      return {
        query,
        held,
        children: [],
        ...(query.kind === 'match_none' && query.reason !== undefined ? { reason: query.reason } : {}),
      };
    default: {
      const names = query.kind === 'script' ? [...new Set(query.fields)] : [query.field];
      const actual = names.map((name) => actualOf(name, context, scope, source, event));
      const reason = held ? undefined : reasonFor(query, actual);
      return { query, held, actual, children: [], ...(reason === undefined ? {} : { reason }) };
    }
  }
}

/**
 * A clause of a bool that Elasticsearch does not build, since another clause of it cannot match. What would fail it there is worth
 * knowing: it fails the search of an index where the other clause can match.
 */
function explainDropped(query: Query, reason: string, explainIt: () => Explanation): Explanation {
  try {
    return explainIt();
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    return { query, held: false, children: [], reason: `not checked, since ${reason} (${error.message})` };
  }
}

/** A nested group is explained by the object that comes nearest: the one with the most conditions that hold. */
function nested(
  query: Query & { kind: 'nested' },
  held: boolean,
  context: RunContext,
  scope: Scope,
  source: JsonObject,
  event: Event,
): Explanation {
  const start = scope.path === '' ? 0 : scope.path.length + 1;
  const objects = compileGetter(query.path.slice(start), { objects: true })(source).filter(isJsonObject);
  if (objects.length === 0) return { query, held, children: [], reason: `the event has no ${query.path}` };
  const inner: Scope = { path: query.path, outer: [...scope.outer, scope.path] };
  const explained = objects.slice(0, 50).map((object) => explainIn(query.query, context, inner, object, event));
  const score = (one: Explanation): number =>
    (one.held ? 1_000_000 : 0) + one.children.filter((child) => child.held).length;
  const best = explained.reduce((a, b) => (score(b) > score(a) ? b : a));
  return {
    query,
    held,
    children: [best],
    ...(held ? {} : { reason: `none of ${objects.length} objects satisfies all conditions` }),
  };
}

const toScalar = (value: Json): Scalar => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value);

function actualOf(name: string, context: RunContext, scope: Scope, source: JsonObject, event: Event): Actual[number] {
  if (name === '_id' || name === '_index')
    return { field: name, values: [name === '_id' ? event.id : event.index], mapped: true };
  const field = searchable(name, context, scope);
  const path = field === undefined ? name : sourcePath(field);
  const below = path.startsWith(prefixOf(scope)) ? path.slice(prefixOf(scope).length) : path;
  const values = compileGetter(below)(source).filter((value) => value !== null);
  return { field: name, values: values.map(toScalar), mapped: context.mapping.field(name) !== undefined };
}

const text = (value: Scalar): string => String(value);

/** The nearest reason why a leaf does not hold; undefined where the values speak for themselves. */
function reasonFor(query: Query, actual: Actual): string | undefined {
  const [only] = actual;
  if (only === undefined) return undefined;
  if (actual.every((one) => !one.mapped)) return `${only.field} is not mapped in the rule's indices`;
  if (actual.every((one) => one.values.length === 0)) return 'the event has no such field';
  const values = only.values.map(text);
  switch (query.kind) {
    case 'term': {
      const wanted = text(query.value);
      return compared(values, [wanted]) ?? 'the value differs';
    }
    case 'terms':
      return compared(values, query.values.map(text)) ?? 'not in the list';
    case 'match':
    case 'match_phrase':
      return compared(values, [text(query.query)]) ?? 'the text differs';
    case 'wildcard':
    case 'prefix':
    case 'regexp':
      return query.kind === 'wildcard'
        ? 'the wildcard does not match'
        : query.kind === 'prefix'
          ? 'it begins otherwise'
          : 'the regular expression does not match';
    case 'range':
      return 'out of range';
    case 'exists':
      return 'the field holds nothing that is indexed';
    default:
      return undefined;
  }
}

/** Differences that are easily overlooked: case, blanks, one or two letters. */
function compared(values: readonly string[], wanted: readonly string[]): string | undefined {
  for (const value of values)
    for (const one of wanted) {
      if (value === one) return 'longer than the field indexes, or of another type';
      if (value.toLowerCase() === one.toLowerCase()) return `differs in case from "${one}"`;
      if (value.trim() === one.trim()) return `differs in blanks from "${one}"`;
      if (value.length > 3 && editDistance(value, one, 2) <= 2) return `close to "${one}"`;
    }
  return undefined;
}
