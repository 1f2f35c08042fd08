import type { Event } from '../../../fields/event.ts';
import { compileReader } from '../../../fields/values/indexed.ts';
import type { Query, Term as TermQuery } from '../../algebra/query.ts';
import { ROOT, type RunContext } from '../context.ts';
import { searchable } from '../fields.ts';
import { compilePredicate } from '../predicate.ts';

/** Which of several queries an event fits: their indices, ascending. */
export type TermTests = (event: Event) => readonly number[];

interface Split {
  readonly term: TermQuery & { readonly value: string };
  readonly rest: Query;
}

/** A query that asks for one value first, as every event category does, and what else it asks for. */
function split(query: Query): Split | undefined {
  if (query.kind === 'term')
    return typeof query.value === 'string' && query.caseInsensitive !== true
      ? { term: { ...query, value: query.value }, rest: { kind: 'match_all' } }
      : undefined;
  if (query.kind !== 'bool') return undefined;
  const { must, filter } = query;
  const part = must?.[0] ?? filter?.[0];
  const found = part === undefined ? undefined : split(part);
  if (found === undefined) return undefined;
  const others =
    must?.[0] === undefined
      ? { filter: [found.rest, ...(filter ?? []).slice(1)] }
      : { must: [found.rest, ...must.slice(1)] };
  return { term: found.term, rest: { ...query, ...others } };
}

const NONE: readonly number[] = [];

/**
 * Compiles the queries of all terms together: the event category is read once for an event, and only the terms of that
 * category are asked.
 */
export function compileTermTests(queries: readonly Query[], context: RunContext): TermTests {
  const splits = queries.map(split);
  const name = splits.find((one) => one !== undefined)?.term.field;
  const field = name === undefined ? undefined : searchable(name, context, ROOT);
  // Only of a plain keyword is the term the value itself.
  const plain = field?.type === 'keyword' && field.normalizer === undefined;
  const byValue = new Map<unknown, number[]>();
  const always: number[] = [];
  const tests = queries.map((query, i) => {
    const one = splits[i];
    if (!plain || one?.term.field !== name || one === undefined) {
      always.push(i);
      return compilePredicate(query, context);
    }
    const list = byValue.get(one.term.value);
    if (list === undefined) byValue.set(one.term.value, [i]);
    else list.push(i);
    return compilePredicate(one.rest, context);
  });
  const ascending = (a: number, b: number): number => a - b;
  for (const list of byValue.values()) {
    list.push(...always);
    list.sort(ascending);
  }
  const read = plain ? compileReader(field) : undefined;

  const candidates = (event: Event): readonly number[] => {
    const values = read?.(event.source, event);
    if (values === undefined || values.length === 0) return always;
    if (values.length === 1) return byValue.get(values[0]) ?? always;
    return [...new Set(values.flatMap((value) => byValue.get(value) ?? always))].sort(ascending);
  };
  // Most events fit one term: its list is made once.
  const alone = queries.map((_, i) => [i]);
  return (event) => {
    let found: number[] | undefined;
    let only = -1;
    for (const i of candidates(event)) {
      if (tests[i]?.(event) !== true) continue;
      if (only < 0) only = i;
      else (found ??= [only]).push(i);
    }
    return found ?? alone[only] ?? NONE;
  };
}
