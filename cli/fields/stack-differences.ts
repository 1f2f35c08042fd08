import type { Field, FieldType } from './mapping.ts';
import { olderThan } from './version.ts';

/** What a release of Elasticsearch does otherwise than the newest. */
export interface StackDifferences {
  /** Until 9.0 a range takes `from`, `to`, `include_lower` and `include_upper`. */
  readonly rangeEnds: boolean;
  /** Until 9.1 a regular expression that ignores case does so for ASCII alone. */
  readonly asciiRegexps: boolean;
  /** Until 9.2 milliseconds that a date_nanos cannot hold are refused; later they become its nearest bound. */
  readonly strictNanos: boolean;
  /** Until 9.2 a date with `ignore_malformed` refuses an object in a list all the same. */
  readonly strictDateLists: boolean;
  /** Which addresses of a document may name a zone: until 9.2 those of IPv6, until 9.2.3 none, later all. */
  readonly zones: 'ipv6' | 'none' | 'all';
  /**
   * In 9.2 two colons cannot stand for a single group at the start of a document's address
   * (elasticsearch:server/src/main/java/org/elasticsearch/common/network/InetAddresses.java).
   */
  readonly shiftedColons: boolean;
}

const known = new Map<string, StackDifferences>();

/** Undefined: none, as for the newest release, which is meant where none is named. */
export function differencesOf(stack: string | undefined): StackDifferences | undefined {
  if (stack === undefined || !olderThan(stack, '9.3')) return undefined;
  let found = known.get(stack);
  if (found === undefined) {
    const before = (version: string): boolean => olderThan(stack, version);
    found = {
      rangeEnds: before('9.0'),
      asciiRegexps: before('9.1'),
      strictNanos: before('9.2'),
      strictDateLists: before('9.2'),
      zones: before('9.2') ? 'ipv6' : before('9.2.3') ? 'none' : 'all',
      shiftedColons: !before('9.2'),
    };
    known.set(stack, found);
  }
  return found;
}

/** Types whose values some releases read otherwise. */
const TYPES: ReadonlySet<FieldType> = new Set(['ip', 'ip_range', 'date', 'date_nanos']);

/** What is said of it in a field of a type. */
export function readsOtherwise(type: FieldType, stack: string | undefined): Pick<Field, 'differences'> {
  const differences = TYPES.has(type) ? differencesOf(stack) : undefined;
  return differences === undefined ? {} : { differences };
}
