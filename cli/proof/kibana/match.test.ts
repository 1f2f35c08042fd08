import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { mismatch, mismatchOfLines, present, type Rules } from './match.ts';
import { defaultsVector, kibanaVector } from './vectors.ts';

const rules = (more: Partial<Rules> = {}): Rules => ({
  exact: false,
  generated: new Set(),
  user: 'u',
  bound: new Map(),
  ...more,
});
const fits = (expected: Json, got: Json, more: Partial<Rules> = {}): boolean =>
  mismatch(expected, got, rules(more)) === undefined;

describe('an answer fits what is expected of it', () => {
  it('member by member: in part, or exactly but for what is generated', () => {
    expect([
      fits({ a: 1 }, { a: 1, b: 2 }),
      fits({ a: 1 }, { b: 2 }),
      fits({ a: 1 }, { a: 1, b: 2 }, { exact: true }),
      fits({ a: 1, b: 3 }, { a: 1, b: 2 }, { exact: true, generated: new Set(['b']) }),
      fits({ a: 1 }, { a: 1, b: 2 }, { exact: true, generated: new Set(['b']) }),
      fits({ d: [{ a: 1 }] }, { d: [{ a: 1, id: 'x' }] }, { exact: true, generated: new Set(['d[].id']) }),
    ]).toEqual([true, false, false, true, true, true]);
  });

  it('lists by their length, whatever the match', () => {
    expect([fits([1], [1, 2]), fits([1, 2], [1, 2]), fits([], {}), fits({ a: [] }, { a: [1] })]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('with placeholders', () => {
    const cases: readonly (readonly [string, Json, boolean])[] = [
      ['<any>', null, true],
      ['<uuid>', 'x', true],
      ['<uuid>', '', false],
      ['<date>', '2026-01-01T00:00:00.000Z', true],
      ['<date>', 'yesterday', false],
      ['<user>', 'u', true],
      ['<user>', 'v', false],
      ['<contains:a > b>', 'x a > b y', true],
      ['<contains:a>', 'b', false],
      ['<length:2>', [1, 2], true],
      ['<unknown>', 'x', false],
    ];
    for (const [expected, got, wanted] of cases) expect([expected, fits(expected, got)]).toEqual([expected, wanted]);
    expect(fits(['<uuid:a>', '<uuid:a>'], ['x', 'x'])).toBe(true);
    expect(fits(['<uuid:a>', '<uuid:a>'], ['x', 'y'])).toBe(false);
  });

  it('line by line', () => {
    const lines = [{ a: 1, x: 0 }, { b: 2 }];
    const check = (expected: JsonObject, exact = false): boolean =>
      mismatchOfLines(expected, lines, rules({ exact })) === undefined;
    expect(check({ ndjson: [{ a: 1 }] })).toBe(true);
    expect(check({ ndjson: [{ b: 2 }] })).toBe(false);
    expect(check({ ndjson_any_order: [{ b: 2 }, { a: 1 }] })).toBe(true);
    expect(check({ ndjson_any_order: [{ b: 2 }, { b: 2 }] })).toBe(false);
    expect(check({ ndjson: ['<any>'] }, true)).toBe(false);
  });

  it('without what must not be there', () => {
    const body = { ndjson: [{ a: 1 }], errors: [{}, { id: 1 }] };
    expect(present(['ndjson[0].b', 'errors[].rule_id', 'x.y'], body)).toBeUndefined();
    expect(present(['errors[].id'], body)).toContain('errors[].id');
    expect(present(['ndjson[0].a'], body)).toContain('ndjson[0].a');
  });
});

describe('a vector', () => {
  const request = { method: 'GET', path: '/api/detection_engine/rules/_find' };

  it('holds or tells what does not', async () => {
    expect(
      await kibanaVector({ request, response: { status: 200, match: 'partial', body: { total: 0 } } }),
    ).toBeUndefined();
    expect(await kibanaVector({ request, response: { status: 200, match: 'partial', body: { total: 1 } } })).toBe(
      'total: expected 1, got 0',
    );
    expect(await kibanaVector({ request, response: { status: 404, match: 'partial' } })).toContain(
      'status 200 instead of 404',
    );
  });

  it('fails for a condition that is not known, and never passes without it', async () => {
    const vector = { request, state_before: { conditions: ['full moon'] }, response: { status: 200 } };
    expect(await kibanaVector(vector)).toBe('no such condition: full moon');
  });

  it('of defaults fails for one that is wrong or left out', async () => {
    const right = { language: 'kuery', query: '' };
    expect(await defaultsVector('query', right)).toContain('not expected');
    expect(await defaultsVector('query', { ...right, interval: '6m' })).toBe('interval: expected "6m", got "5m"');
  });
});
