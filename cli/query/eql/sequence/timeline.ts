import type { Event } from '../../../fields/event.ts';
import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import { jsonText, type Json, type JsonObject } from '../../../text/json.ts';
import { compileQuery } from '../../compile-query.ts';
import type { GroupQuery, QueryContext } from '../../compile.ts';

/*
 * For tests only: sequences in a few letters. `a1 b2.5 a3(u=x) b4(u=x,y n=7)` are four events, the letter their category,
 * the number their second, in brackets their fields; a value with commas is a list. In a query `[a]` is `[a where true]`.
 */

/** Few fields, of every type that can be a key. `gone` is in no mapping. */
export const TIMELINE_MAPPING = mappingFromElasticsearch({
  properties: {
    '@timestamp': { type: 'date' },
    nano: { type: 'date_nanos' },
    event: { properties: { category: { type: 'keyword' } } },
    u: { type: 'keyword' },
    v: { type: 'keyword' },
    short: { type: 'keyword', ignore_above: 3 },
    n: { type: 'long' },
    m: { type: 'double' },
    d: { type: 'date' },
    ip: { type: 'ip' },
    bool: { type: 'boolean' },
    text: { type: 'text', fields: { raw: { type: 'keyword' } } },
    words: { type: 'text' },
    t: { type: 'long' },
    nested: { type: 'nested', properties: { k: { type: 'keyword' } } },
  },
});

const EVENT = /([a-z]+)(-?\d+(?:\.\d+)?)(?:\(([^)]*)\))?/g;

function fieldsOf(text: string): JsonObject {
  return Object.fromEntries(
    [...text.matchAll(/([\w@.]+)=(\S*)/g)].map(([, name = '', value = '']): [string, Json] => [
      name,
      value.includes(',') ? value.split(',') : value === 'null' ? null : value,
    ]),
  );
}

/** The events of a timeline, in the order they are written. */
export const timeline = (text: string): readonly Event[] =>
  [...text.matchAll(EVENT)].map(([, category = '', second = '', fields = ''], ordinal) => ({
    index: 'test',
    id: `${category}${second}`,
    source: {
      '@timestamp': new Date(Math.round(Number(second) * 1000)).toISOString(),
      event: { category },
      ...fieldsOf(fields),
    },
    ordinal,
  }));

/** A sequence or sample made runnable; throws if it cannot be. */
export function groupQuery(query: string, more: Partial<QueryContext> = {}): GroupQuery {
  const text = query.replace(/\[(\w+)\]/g, '[$1 where true]');
  const { runnable, diagnostics } = compileQuery('eql', text, { mapping: TIMELINE_MAPPING, now: 0, ...more });
  if (runnable === undefined || runnable.kind === 'event')
    throw new Error(diagnostics.map((one) => one.message).join('; '));
  return runnable;
}

/** What a query finds: `a1 b2`, with a key `x: a1 b2`; a missing event is `-`. */
export const found = (
  query: string,
  events: string | readonly Event[],
  more: Partial<QueryContext> & { readonly size?: number } = {},
): readonly string[] =>
  groupQuery(query, more)
    .run(typeof events === 'string' ? timeline(events) : events, more.size ?? 100)
    .map(({ key, events: group }) => {
      const ids = group.map((event) => event?.id ?? '-').join(' ');
      return key.length === 0 ? ids : `${key.map(jsonText).join(',')}: ${ids}`;
    });
