import { parseDocumentDate } from '../fields/dates/index.ts';
import type { Event } from '../fields/event.ts';
import { compileGetter } from '../fields/values/getter.ts';
import { visibleLine } from '../text/display.ts';
import { plural, thousands } from './words.ts';

/** Indices that are listed, at most. */
const SHOWN = 10;

const timestampOf = compileGetter('@timestamp');

interface Held {
  count: number;
  first: bigint | undefined;
  last: bigint | undefined;
}

const iso = (nanos: bigint): string => new Date(Number(nanos / 1_000_000n)).toISOString().replace('.000Z', 'Z');

const timeOf = ({ first, last }: Held): string =>
  first === undefined || last === undefined
    ? 'without a @timestamp'
    : first === last
      ? `at ${iso(first)}`
      : `${iso(first)} to ${iso(last)}`;

/** How many events there are in which index and of which time, most first: where a rule that finds none has to be looked for. */
export function eventCounts(events: readonly Event[]): string {
  const indices = new Map<string, Held>();
  for (const { index, source } of events) {
    let held = indices.get(index);
    if (held === undefined) indices.set(index, (held = { count: 0, first: undefined, last: undefined }));
    held.count++;
    const [value] = timestampOf(source);
    const at = value === undefined || value === null ? undefined : parseDocumentDate(value);
    if (at === undefined) continue;
    if (held.first === undefined || at < held.first) held.first = at;
    if (held.last === undefined || at > held.last) held.last = at;
  }
  const sorted = [...indices].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  const left = sorted.length - SHOWN;
  return [
    `${plural(events.length, 'event')} in ${indices.size === 1 ? '1 index' : `${thousands(indices.size)} indices`}${events.length === 0 ? '' : ':'}`,
    ...sorted
      .slice(0, SHOWN)
      .map(([index, held]) => `  ${visibleLine(index)}  ${thousands(held.count)}, ${timeOf(held)}`),
    ...(left > 0 ? [`  … ${thousands(left)} more`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
