import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { mappingFromElasticsearch } from '../elasticsearch-mapping.ts';
import { flattenedFault } from './flattened-value.ts';

describe('a flattened object', () => {
  const fault = (text: string, more: JsonObject = {}): boolean =>
    rootFault({ type: 'flattened', ...more }, JSON.parse(text) as Json) !== undefined;
  const rootFault = (body: JsonObject, value: Json): string | undefined => {
    const field = mappingFromElasticsearch({ properties: { f: body } }).field('f');
    return field === undefined ? 'unmapped' : flattenedFault(field, value);
  };
  const key = (length: number): string => JSON.stringify({ ab: 'x'.repeat(length) });
  const levels = (count: number): string => `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`;

  it('has limits on the length of terms, on depth and on keys', () => {
    expect([fault(key(32_763)), fault(key(32_764)), fault(key(32_764), { ignore_above: 10 })]).toEqual([false, true, false]); // prettier-ignore
    expect([fault(levels(20)), fault(levels(21)), fault(levels(2), { depth_limit: 1 })]).toEqual([false, true, true]);
    expect([fault('{"a.b.c":[[1]]}', { depth_limit: 1 }), fault('{"a":{}}', { depth_limit: 1 })]).toEqual([false, true]); // prettier-ignore
    expect([fault('{"a\\u0000b":"x"}'), fault('{"a":"x\\u0000y"}'), fault('{"a\\u0000b":{}}')]).toEqual([true, false, false]); // prettier-ignore
  });
});
