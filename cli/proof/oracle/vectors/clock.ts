import { isJsonObject, own, type Json } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { spelledJson } from '../../../text/spelled-json.ts';

/**
 * A query whose `now` is a given instant: a server has only its own clock, and `2024-01-16T12:00:00.000Z||-1d` is the same as
 * `now-1d` at that time. Undefined where `now` stands in a place that takes no instant.
 */
export function atClock(query: string, now: number): string | undefined {
  if (!/\bnow\b/.test(query)) return query;
  const fixed = spelledJson(fix(parseJsonSpelled(query).value as Json, new Date(now).toISOString()));
  return /\bnow\b/.test(fixed) ? undefined : fixed;
}

const BOUNDS = ['gte', 'gt', 'lte', 'lt', 'from', 'to'];

function fix(value: Json, instant: string): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => fix(item, instant));
  if (!isJsonObject(value)) return value;
  // A range of its own format would read the instant by that format.
  const bounds = own(value, 'format') === undefined ? BOUNDS : [];
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      bounds.includes(key) && typeof inner === 'string' && inner.startsWith('now')
        ? `${instant}||${inner.slice('now'.length)}`
        : fix(inner, instant),
    ]),
  );
}
