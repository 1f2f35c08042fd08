import { describe, expect, it } from 'vitest';
import { toDsl } from '../dsl/print.ts';
import { QueryFailure } from '../failure.ts';
import { lowerEventFilter } from './lower.ts';
import { parseEql } from './parse.ts';
import { mappingOf } from './test-support.ts';

const mapping = mappingOf({
  'event.category': 'keyword',
  kind: 'keyword',
  f: 'keyword',
  text: { type: 'text', fields: { raw: { type: 'keyword' } } },
  n: 'long',
  d: 'double',
  b: 'boolean',
  ip: 'ip',
});

function lowered(query: string, eventCategoryField?: string): ReturnType<typeof lowerEventFilter>['query'] {
  const body = parseEql(query).statement?.body;
  if (body?.kind !== 'event') throw new Error(query);
  const options = eventCategoryField === undefined ? {} : { eventCategoryField };
  return lowerEventFilter(body, mapping, { now: 0, text: query, ...options }).query;
}

const term = (field: string, value: string | number | boolean, more = {}): object => ({
  term: { [field]: { value, ...more } },
});
const folded = { case_insensitive: true };
const script = (source: string): object => ({ script: { script: { source, lang: 'eql' } } });

describe('a condition as Query DSL', () => {
  it.each<readonly [string, object]>([
    ['f == "a"', term('f', 'a')],
    ['f != "a"', { bool: { must_not: [term('f', 'a')] } }],
    ['text == "a"', term('text.raw', 'a')],
    ['n < 4', { range: { n: { lt: 4 } } }],
    ['4 <= n', { range: { n: { gte: 4 } } }],
    ['text >= "a"', { range: { text: { gte: 'a' } } }],
    ['f : "a"', term('f', 'a', folded)],
    [
      'f : ("a", "b*")',
      {
        bool: {
          should: [term('f', 'a', folded), { wildcard: { f: { value: 'b*', ...folded } } }],
          minimum_should_match: 1,
        },
      },
    ],
    ['f : "C:\\\\*"', { wildcard: { f: { value: 'C:\\\\*', ...folded } } }],
    ['f like "net.exe"', term('f', 'net.exe')],
    ['f regex "net\\\\.exe"', term('f', 'net.exe')],
    ['f regex~ "net\\\\.exe"', term('f', 'net.exe', folded)],
    ['f regex ("a.*", "b")', { regexp: { f: { value: 'a.*|b' } } }],
    ['f in ("a", null, "b")', { terms: { f: ['a', 'b'] } }],
    ['f in~ ("a*")', term('f', 'a*', folded)],
    ['startsWith~(f, "a")', { prefix: { f: { value: 'a', ...folded } } }],
    ['endsWith(text, "a")', { wildcard: { 'text.raw': { value: '*a' } } }],
    ['stringContains(f, "a") == false', { bool: { must_not: [{ wildcard: { f: { value: '*a*' } } }] } }],
    ['cidrMatch(ip, "10.0.0.0/8", "::1")', { terms: { ip: ['10.0.0.0/8', '::1'] } }],
    ['text == null', { bool: { must_not: [{ exists: { field: 'text' } }] } }],
    ['text : "*"', { exists: { field: 'text' } }],
    ['b', term('b', true)],
    ['n + 2 == 41', term('n', 39)],
    ['n + 2 == -2147483647', script('n + 2 == -2147483647')],
    ['2 * n == 41', script('2 * n == 41')],
    ['d + 1 == 2', script('d + 1 == 2')],
    ['n / 2 == 1', script('n / 2 == 1')],
    ['string(f) == "a"', term('f', 'a')],
    ['string(n) : "1"', script('string(n) : "1"')],
    ['f == concat("a", 1)', term('f', 'a1')],
    ['length(f) > 5 and length(f) < 10', { bool: { must: [script('length(f) > 5'), script('length(f) < 10')] } }],
    ['substring(f, 1) in~ ("a", "b")', { bool: { should: [script('"a"'), script('"b"')], minimum_should_match: 1 } }],
    [
      'not (n > 1 and f == "a")',
      { bool: { must_not: [{ bool: { must: [{ range: { n: { gt: 1 } } }, term('f', 'a')] } }] } },
    ],
    ['true', { match_all: {} }],
  ])('%s', (condition, dsl) => {
    expect(toDsl(lowered(`any where ${condition}`))).toEqual(dsl);
  });

  it('holds the category', () => {
    expect(toDsl(lowered('process where true'))).toEqual(term('event.category', 'process'));
    expect(toDsl(lowered('"my kind" where n == 1', 'kind'))).toEqual({
      bool: { must: [term('kind', 'my kind'), term('n', 1)] },
    });
  });

  it('says which fields fold a condition away', () => {
    const reason = (condition: string): string | undefined => {
      const query = lowered(`process where ${condition}`);
      return query.kind === 'match_none' ? query.reason : query.kind;
    };
    expect(reason('not ?u : "a" and n == 1')).toBe(
      "u is in none of the rule's indices, so the condition is null for every event",
    );
    expect(reason('?u == 1 or ?v == 2')).toBe("u, v are in none of the rule's indices, so the condition is never true");
    expect(reason('1 == 2')).toBe('the condition is never true');
  });
});

describe('what cannot be planned', () => {
  it.each([
    ['startsWith(f, ?u)', '?u', 'the second argument of startsWith is null'],
    ['stringContains(f, null)', 'null', 'the second argument of stringContains is null'],
    ['n == number("x")', 'number("x")', 'number cannot read "x"'],
    ['string(f != "a") == "true"', 'f != "a"', 'a negation inside a function cannot be run offline yet'],
    [
      'substring(f, 1) regex "a(?=b).*"',
      'substring(f, 1) regex "a(?=b).*"',
      'a special group "(?…" in a regular expression over a computed string cannot be run offline',
    ],
  ])('%s', (condition, marked, message) => {
    const query = `any where ${condition}`;
    let failure: unknown;
    try {
      lowered(query);
    } catch (error) {
      failure = error;
    }
    if (!(failure instanceof QueryFailure)) throw new Error(`${condition} is planned`);
    const { span } = failure;
    expect([span === undefined ? '' : query.slice(span.start, span.end), failure.message]).toEqual([marked, message]);
  });
});
