import { asciiFold } from '../../fields/patterns/fold.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import type { Query } from '../algebra/query.ts';
import { parseDsl } from '../dsl/parse.ts';
import { toDsl } from '../dsl/print.ts';
import { minimumShouldMatch } from './minimum-should-match.ts';
import { compileGetter } from '../../fields/values/getter.ts';
import { leadingValues } from './leading-values.ts';
import { compilePredicate } from './predicate.ts';

const FIELDS = ['a', 'b', 'o.c'] as const;
const VALUES = ['x', 'y', 'xy', ''] as const;

const mapping = mappingFromElasticsearch({
  properties: { a: { type: 'keyword' }, b: { type: 'keyword' }, o: { properties: { c: { type: 'keyword' } } } },
});

const field = fc.constantFrom(...FIELDS);
const value = fc.constantFrom(...VALUES);

/** Queries over three keywords, as deep as they get in rules. */
const { query } = fc.letrec<{ query: Query; leaf: Query; list: readonly Query[] | undefined }>((tie) => ({
  leaf: fc.oneof(
    fc.record({ kind: fc.constant('term' as const), field, value }),
    fc.record({ kind: fc.constant('terms' as const), field, values: fc.array(value, { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('prefix' as const), field, value }),
    fc.record({ kind: fc.constant('exists' as const), field }),
    fc.constant<Query>({ kind: 'match_all' }),
    fc.constant<Query>({ kind: 'match_none' }),
  ),
  list: fc.option(fc.array(tie('query'), { maxLength: 3 }), { nil: undefined }),
  query: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc.record({ kind: fc.constant('dis_max' as const), queries: fc.array(tie('query'), { minLength: 1, maxLength: 3 }) }),
    fc
      .record({
        kind: fc.constant('bool' as const),
        must: tie('list'),
        filter: tie('list'),
        should: tie('list'),
        mustNot: tie('list'),
        minimumShouldMatch: fc.option(fc.constantFrom<string | number>(0, 1, 2, '50%', '-1'), { nil: undefined }),
      })
      .map((bool) => Object.fromEntries(Object.entries(bool).filter(([, part]) => part !== undefined)) as unknown as Query),
  ),
})); // prettier-ignore

const values = fc.option(fc.oneof(value, fc.array(value, { maxLength: 2 })), { nil: undefined });
const document = fc
  .record({ a: values, b: values, c: values, dotted: fc.boolean() })
  .map(({ a, b, c, dotted }): JsonObject => {
    const all: Record<string, Json> = {};
    if (a !== undefined) all['a'] = a;
    if (b !== undefined) all['b'] = b;
    if (c !== undefined && dotted) all['o.c'] = c;
    if (c !== undefined && !dotted) all['o'] = { c };
    return all;
  });

const held = (one: Query, source: JsonObject): boolean =>
  compilePredicate(one, { mapping, now: 0 })({ source, id: '', index: '', ordinal: 0 });

/** What a query means, said as plainly as it can be: all values of the field, one clause at a time. */
function plainly(one: Query, source: JsonObject): boolean {
  const read = (name: string): readonly string[] => {
    const inner = source['o'];
    const raw = name === 'o.c' ? (source['o.c'] ?? (inner as JsonObject | undefined)?.['c']) : source[name];
    return raw === undefined ? [] : ((Array.isArray(raw) ? raw : [raw]) as readonly string[]);
  };
  const all = (list: readonly Query[] | undefined): boolean => (list ?? []).every((each) => plainly(each, source));
  switch (one.kind) {
    case 'match_all':
      return true;
    case 'match_none':
      return false;
    case 'term':
      return read(one.field).includes(String(one.value));
    case 'terms':
      return read(one.field).some((each) => one.values.includes(each));
    case 'prefix':
      return read(one.field).some((each) => each.startsWith(one.value));
    case 'exists':
      return read(one.field).length > 0;
    case 'dis_max':
      return one.queries.some((each) => plainly(each, source));
    case 'bool': {
      const { must = [], filter = [], should = [], mustNot = [], minimumShouldMatch: spec } = one;
      if (must.length + filter.length + should.length + mustNot.length === 0) return true;
      if (mustNot.some((each) => plainly(each, source)) || !all(must) || !all(filter)) return false;
      const required = must.length + filter.length;
      if (required + should.length === 0) return true;
      const wanted = spec === undefined ? 0 : minimumShouldMatch(should.length, spec);
      const least = wanted > 0 ? wanted : required === 0 ? 1 : 0;
      return should.filter((each) => plainly(each, source)).length >= least;
    }
    default:
      throw new Error(one.kind);
  }
}

const not = (one: Query): Query => ({ kind: 'bool', mustNot: [one] });
const and = (...filter: Query[]): Query => ({ kind: 'bool', filter });
const or = (...should: Query[]): Query => ({ kind: 'bool', should, minimumShouldMatch: 1 });

describe('predicates', () => {
  const runs = { numRuns: 1500, seed: 11 };

  it('agree with a plain reading', () => {
    fc.assert(
      fc.property(query, document, (one, source) => {
        expect(held(one, source)).toBe(plainly(one, source));
      }),
      runs,
    );
  });

  it('keep their meaning through Query DSL', () => {
    fc.assert(
      fc.property(query, document, (one, source) => {
        const printed = toDsl(one);
        const again = parseDsl(printed);
        expect(toDsl(again)).toEqual(printed);
        expect(held(again, source)).toBe(held(one, source));
      }),
      runs,
    );
  });

  it('obey double negation and the laws of De Morgan', () => {
    fc.assert(
      fc.property(query, query, document, (one, other, source) => {
        const same = (left: Query, right: Query): void => {
          expect(held(left, source)).toBe(held(right, source));
        };
        same(not(not(one)), one);
        same(not(and(one, other)), or(not(one), not(other)));
        same(not(or(one, other)), and(not(one), not(other)));
      }),
      runs,
    );
  });
});

/** The same query whose terms are written in capitals and ignore case. */
const inAnyCase = (one: Query): Query =>
  JSON.parse(JSON.stringify(one), (_key, part: Query) =>
    part !== null && typeof part === 'object' && part.kind === 'term'
      ? { ...part, value: String(part.value).toUpperCase(), caseInsensitive: true }
      : part,
  ) as Query;

it('a document that has only other texts where a query looks first does not match', () => {
  let narrowed = 0;
  fc.assert(
    fc.property(query, document, fc.boolean(), (written, source, anyCase) => {
      const context = { mapping, now: 0 };
      const one = anyCase ? inAnyCase(written) : written;
      for (const { path, texts, folded } of leadingValues(one, context, 'logs-a')) {
        const fits = (text: string): boolean => texts.includes(folded === true ? asciiFold(text) : text);
        if (compileGetter(path)(source).some((text) => typeof text !== 'string' || fits(text))) continue;
        narrowed++;
        expect(compilePredicate(one, context)({ index: 'i', id: '1', source, ordinal: 0 })).toBe(false);
      }
    }),
    { numRuns: 3000 },
  );
  expect(narrowed).toBeGreaterThan(60);
});
