import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import type { JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { parseDsl } from '../dsl/parse.ts';
import { compilePredicate } from './predicate.ts';

const mapping = mappingFromElasticsearch({ properties: { n: { type: 'long' } } });

/** Which of the numbers a range finds, or why it is refused. */
function found(range: JsonObject, stack?: string): unknown {
  try {
    const test = compilePredicate(parseDsl({ range: { n: range } }), {
      mapping,
      now: 0,
      ...(stack === undefined ? {} : { stack }),
    });
    return [1, 5, 9].filter((n) => test({ index: 'i', id: '1', source: { n }, ordinal: 0 }));
  } catch (error) {
    if (error instanceof KnownError) return error.message;
    throw error;
  }
}

describe('parameters of a range that are gone since 9.0', () => {
  it.each<[JsonObject, unknown]>([
    [{ from: 5 }, [5, 9]],
    [{ from: 5, include_lower: false }, [9]],
    [{ include_lower: false, from: 5 }, [9]],
    [{ include_lower: false, gte: 5 }, [5, 9]],
    [{ gt: 5, include_lower: true }, [5, 9]],
    [{ to: 5, include_upper: false }, [1]],
    [{ lt: 5, to: 6 }, [1, 5]],
    [{ to: 6, lt: 5 }, [1]],
    [{ from: null, to: null }, [1, 5, 9]],
    [{ from: 'abc' }, '"abc" is not a long'],
  ])('are read for 8.18: %j', (range, expected) => {
    expect(found(range, '8.18')).toEqual(expected);
  });

  it('are refused for a newer stack, and where none is named', () => {
    const refused = '[range] no longer knows from, to, include_lower and include_upper';
    expect([found({ from: 5 }, '9.0'), found({ include_upper: true }), found({ gte: 5 })]).toEqual([
      refused,
      refused,
      [5, 9],
    ]);
  });
});
