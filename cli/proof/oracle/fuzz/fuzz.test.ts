import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { NoAnswer, NotRun } from '../not-run.ts';
import type { FuzzDifference } from './findings.ts';
import { fuzz, randomBatch } from './fuzz.ts';
import { sameAnswer, type Judge } from './judge.ts';
import { kindOf } from './kinds.ts';
import { ourJudge } from './our-judge.ts';
import { Random } from './random.ts';
import { spelledJson } from '../../../text/spelled-json.ts';
import { reductions, sizeOf } from './reduce.ts';

const engine = ourJudge(() => 0);

/** A judge that is asked other queries than those that are meant, as a faulty engine would run them. */
const faulty = (change: (query: Json) => Json): Judge => ({
  async open(mapping, settings) {
    const opened = await engine.open(mapping, settings);
    if (!('search' in opened)) return opened;
    return {
      ...opened,
      search: (queries) =>
        opened.search(queries.map((text) => spelledJson(change(parseJsonSpelled(text).value as Json)))),
    };
  },
});

/** Every object of a value with its members renamed. */
function renamed(value: Json, names: Readonly<Record<string, string>>): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => renamed(item, names));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [names[key] ?? key, renamed(inner, names)]));
}

/** A clock on which a call takes a hundredth of a second, however long it takes. */
function ticks(): () => number {
  let at = 0;
  return () => (at += 10);
}

const run = (judge: Judge, seed: number, batches: number): Promise<readonly FuzzDifference[]> =>
  fuzz(
    { server: engine, ours: judge },
    {
      seconds: batches / 20,
      seed,
      languages: ['dsl', 'lucene', 'kql'],
      clock: ticks(),
      size: { documents: 20, queries: 60 },
    },
  ).then(({ differences }) => differences);

describe('fuzzing', () => {
  it('finds no difference between an engine and itself', async () => {
    expect(await run(engine, 7, 6)).toEqual([]);
  });

  it('finds that gte is taken for gt, and makes the case small', async () => {
    const found = await run(
      faulty((query) => renamed(query, { gte: 'gt' })),
      1,
      40,
    );
    const smallest = [...found].sort((a, b) => sizeOf(a.query ?? null) - sizeOf(b.query ?? null))[0];
    expect(smallest?.query).toHaveProperty('range');
    expect(sizeOf(smallest?.query ?? null)).toBeLessThan(8);
    expect(sizeOf(smallest?.mapping ?? null)).toBeLessThan(20);
  });

  it('finds that the cases of letters are folded', async () => {
    const fold = (value: Json): Json => {
      if (Array.isArray(value)) return (value as readonly Json[]).map(fold);
      if (!isJsonObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          ['term', 'prefix', 'wildcard'].includes(key) && isJsonObject(inner)
            ? Object.fromEntries(Object.entries(inner).map(([name, body]) => [name, { ...(body as JsonObject), case_insensitive: true }]))
            : fold(inner),
        ]),
      );
    }; // prettier-ignore
    expect((await run(faulty(fold), 3, 60)).some(({ kind }) => /(?:term|prefix|wildcard) on/.test(kind))).toBe(true);
  });
});

/** A server that makes so many indices, and then does not answer any more. */
function until(indices: number, answers: Judge = engine): Judge {
  let opened = 0;
  return {
    open: (...input) =>
      opened++ < indices ? answers.open(...input) : Promise.reject(new NotRun('the server does not answer')),
  };
}

describe('a server that ends', () => {
  const options = { seed: 1, size: { documents: 20, queries: 60 }, languages: ['dsl'] as const };

  it('leaves what was compared before it', async () => {
    const result = await fuzz({ server: until(3), ours: engine }, { ...options, clock: ticks(), seconds: 1 });
    expect(result).toMatchObject({ ended: 'the server does not answer', differences: [], unsure: {} });
    expect(result.suites).toMatchObject([{ name: 'fuzz/dsl', batches: 3 }]);
    expect(result.pairs).toBeGreaterThan(1000);
  });

  it('leaves out, and counts, differences about which it cannot be asked again', async () => {
    const wrong = faulty(() => ({ match_none: {} }));
    const result = await fuzz({ server: until(1, wrong), ours: engine }, { ...options, clock: ticks(), seconds: 1 });
    expect(result.ended).toBe('the server does not answer');
    expect(result.differences).toEqual([]);
    expect(Object.keys(result.unsure)).toEqual(['the server gave no answer when it was asked about them again']);
  });

  it('goes on after a batch without an answer, where it answers others', async () => {
    const ill = new NoAnswer('the server answered 500: zstd is null');
    let asked = 0;
    const server: Judge = { open: (...input) => (asked++ === 1 ? Promise.reject(ill) : engine.open(...input)) };
    const asking = <T>(ask: () => Promise<T>): Promise<T | NoAnswer> =>
      ask().catch((error: unknown) => {
        if (error instanceof NoAnswer) return error;
        throw error;
      });
    const result = await fuzz({ server, ours: engine }, { ...options, clock: ticks(), seconds: 0.2, asking });
    expect(result.ended).toBeUndefined();
    expect(result.suites[0]).toMatchObject({ name: 'fuzz/dsl', unanswered: { [ill.message]: 1 } });
    expect(result.suites[0]?.batches).toBeGreaterThan(2);
  });
}); // prettier-ignore

describe('random batches', () => {
  it('are the same for the same seed, and others for another', () => {
    const text = (seed: number): string => spelledJson(randomBatch('dsl', new Random(seed)) as unknown as Json);
    expect(text(5)).toBe(text(5));
    expect(text(5)).not.toBe(text(6));
  });

  it('are valid JSON with the spelling of numbers', () => {
    const { documents, queries } = randomBatch('dsl', new Random(11));
    for (const one of [...documents, ...queries])
      expect(spelledJson(parseJsonSpelled(spelledJson(one)).value as Json)).toBe(spelledJson(one));
  });
});

describe('reductions', () => {
  it('are all smaller, and lead down to the parts', () => {
    const value: Json = { bool: { must: [{ term: { a: 'xyz' } }, { exists: { field: 'b' } }] } };
    const steps = reductions(value);
    expect(steps.every((step) => sizeOf(step) < sizeOf(value))).toBe(true);
    expect(steps).toContainEqual({ bool: { must: [{ exists: { field: 'b' } }] } });
    expect(steps).toContainEqual({ bool: { must: [{ term: { a: 'yz' } }, { exists: { field: 'b' } }] } });
  });
});

describe('kinds', () => {
  it('name the clauses, the types with their parameters, and how the verdicts differ', () => {
    expect(
      kindOf(
        {
          mapping: { properties: { a: { type: 'keyword', index: false }, b: { properties: { c: { type: 'long' } } } } },
          settings: {},
          document: {},
          query: { bool: { must_not: [{ term: { a: 'x' } }] } },
        },
        { server: { found: [0] }, ours: { fails: 'no' } },
      ),
    ).toBe('bool > term on keyword index, long: server finds it, ours fails');
  });

  it('are the same answer where both fail, whatever they say', () => {
    expect(sameAnswer({ fails: 'a' }, { fails: 'b' })).toBe(true);
    expect(sameAnswer({ found: [1] }, { found: [1] })).toBe(true);
    expect(sameAnswer({ found: [1] }, { found: [2] })).toBe(false);
    expect(sameAnswer({ found: [] }, { fails: 'b' })).toBe(false);
  });
});
