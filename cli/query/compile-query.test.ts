import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import type { JsonObject } from '../text/json.ts';
import { checkQuery, compileQuery } from './compile-query.ts';

const mapping = mappingFromElasticsearch({ properties: { a: { type: 'keyword' } } });
const context = { mapping, now: 0 };
const event = { index: '', id: '', source: {}, ordinal: 0 };

describe('compileQuery for KQL and Lucene', () => {
  const nested = (levels: number): string => {
    let text = 'a:x';
    for (let level = 0; level < levels; level++) text = `not (${text})`;
    return text;
  };

  it('refuses what Elasticsearch would find nested too deep', () => {
    // A comparison is two clauses, each "not" one, the search around the query two.
    expect(compileQuery('kuery', nested(26), context).diagnostics).toEqual([]);
    expect(compileQuery('kuery', nested(27), context).diagnostics.map((one) => one.message)).toEqual([
      'the query becomes more than 30 clauses inside each other',
    ]);
  });

  it('runs a query on a field that is not mapped, and says so', () => {
    const { runnable, diagnostics } = compileQuery('kuery', 'not b:x', context);
    expect(diagnostics.map((one) => one.id)).toEqual(['query/unknown-field']);
    expect(runnable?.kind === 'event' && runnable.test(event)).toBe(true);
  });

  it('runs a query on a value that is not read beside a condition that cannot match, and says so', () => {
    const ports = { ...context, mapping: mappingFromElasticsearch({ properties: { port: { type: 'long' } } }) };
    const hidden = compileQuery('kuery', 'port: abc and nope: *', ports);
    expect(hidden.runnable?.kind === 'event' && hidden.runnable.test(event)).toBe(false);
    expect(hidden.diagnostics.map(({ id, why }) => [id, why?.slice(0, 44)])).toEqual([
      ['query/type-mismatch', 'the search does not fail on it only because '],
      ['query/unknown-field', 'a condition on an unmapped field matches not'],
    ]);
    expect(checkQuery('kuery', 'port: abc and nope: *', ports)).toEqual(hidden.diagnostics);
    const read = compileQuery('kuery', 'port: abc and nope: x', ports);
    expect([read.runnable, read.diagnostics.map(({ id, why }) => [id, why?.slice(0, 42)])]).toEqual([
      undefined,
      [
        ['query/type-mismatch', 'port is a long; Elasticsearch refuses the '],
        ['query/unknown-field', 'a condition on an unmapped field matches n'],
      ],
    ]);
  });

  it('warns of a star before the end of a pattern on a flattened key, which other keys can meet', () => {
    const flat = { ...context, mapping: mappingFromElasticsearch({ properties: { f: { type: 'flattened' } } }) };
    const verdict = (source: JsonObject, stack?: string): unknown => {
      const { runnable, diagnostics } = compileQuery('kuery', 'f.a: *x', {
        ...flat,
        ...(stack === undefined ? {} : { stack }),
      });
      expect(diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
        ['warning', 'the pattern is not held against f.a alone'],
      ]);
      return runnable?.kind === 'event' && runnable.test({ ...event, source });
    };
    expect(checkQuery('kuery', 'f.a: x* and f.a: "*x" and f.a: *', flat)).toEqual([
      expect.objectContaining({ id: 'query/quoted-wildcard' }),
    ]);
    expect(verdict({ f: { a: 'wx' } })).toBe(true);
    expect(verdict({ f: { b: 'wx' } }, '9.4')).toBe(true);
    expect(() => verdict({ f: { b: 'wx' } })).toThrow("depends on the stack's version");
    expect(() => verdict({ f: { b: 'wx' } }, '9.5')).toThrow("depends on the stack's version");
  });

  it('names the place of a fault in Lucene text', () => {
    expect(compileQuery('lucene', 'a:x AND OR a:y', context).diagnostics).toEqual([
      {
        id: 'query/syntax',
        severity: 'error',
        message: 'OR stands where a term is expected',
        span: { start: 8, end: 10 },
        why: 'Elasticsearch cannot read the query, so the rule fails at every run',
        help: 'operators stand between terms, one at a time; to search for the word write "OR" in quotes',
      },
    ]);
  });
});

describe('checkQuery for EQL', () => {
  const typed = mappingFromElasticsearch({
    properties: {
      'event.category': { type: 'keyword' },
      name: { type: 'keyword' },
      pid: { type: 'long' },
      on: { type: 'boolean' },
      ip: { type: 'ip' },
      at: { type: 'date' },
      '@timestamp': { type: 'date' },
    },
  });
  const marked = (query: string): string[] =>
    checkQuery('eql', query, { mapping: typed, now: 0 }).map(
      ({ id, span, message }) => `${id} ${query.slice(span.start, span.end)}: ${message}`,
    );

  it('marks the values that a search fails on', () => {
    expect(marked('any where pid == "abc" and (not on == 0 or ip == "1.2.3") and "x" < at and pid > true')).toEqual([
      'query/type-mismatch "abc": "abc" is not a long',
      'query/type-mismatch 0: "0" is not a boolean',
      'query/type-mismatch "1.2.3": "1.2.3" is not an ip',
      'query/type-mismatch "x": "x" is not a date',
      'query/type-mismatch true: "true" is not a long',
    ]);
    expect(marked('sequence by name [any where true] [any where pid == "a"] until [any where pid == "b"]')).toEqual([
      'query/type-mismatch "a": "a" is not a long',
      'query/type-mismatch "b": "b" is not a long',
    ]);
  });

  it('leaves values alone that the field reads, and conditions that are left out', () => {
    expect(
      marked('any where pid == "44" and on == "true" and ip == "10.0.0.0/8" and name == 5 and at > "now-1d"'),
    ).toEqual([]);
    expect(marked('any where pid == "abc" and false')).toEqual([]);
    expect(marked('any where ?nowhere == 5 and pid == null')).toEqual([]);
  });
});
