import { own, type JsonObject } from '../../text/json.ts';
import { optionalText, whole } from './read.ts';
import { refuse } from './refuse.ts';

/**
 * The optional operators of a regexp query with their bits. `AUTOMATON` has no name in Elasticsearch; that of `COMPLEMENT` lies
 * outside of those that are on where `flags` is empty (elasticsearch: server/.../index/query/RegexpFlag.java).
 */
const BITS: readonly (readonly [name: string, bit: number])[] = [
  ['INTERSECTION', 1], ['COMPLEMENT', 0x10000], ['EMPTY', 4], ['ANYSTRING', 8], ['AUTOMATON', 16], ['INTERVAL', 32],
]; // prettier-ignore

const WITHOUT_NAMES = 0xff;

/** The operators that are on, as `A|B`, or NONE; undefined: all of them. The later of `flags` and `flags_value` counts. */
export function regexpFlags(more: JsonObject): string | undefined {
  const last = Object.keys(more).findLast((key) => key === 'flags' || key === 'flags_value');
  if (last === undefined) return undefined;
  const bits =
    last === 'flags_value'
      ? (whole(own(more, last), '[regexp] flags_value') ?? 0)
      : bitsOf(optionalText(own(more, last), '[regexp] flags') ?? '');
  const names = BITS.filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name);
  return names.length === BITS.length ? undefined : names.join('|') || 'NONE';
}

function bitsOf(written: string): number {
  if (written === '') return WITHOUT_NAMES;
  let bits = 0;
  for (const name of written.split('|')) {
    const upper = name.toUpperCase();
    if (upper === 'ALL') return WITHOUT_NAMES | 0x10000;
    const bit = upper === 'AUTOMATON' ? undefined : BITS.find(([known]) => known === upper)?.[1];
    if (bit === undefined && upper !== '' && upper !== 'NONE') refuse(`[regexp] does not know the flag [${name}]`);
    bits |= bit ?? 0;
  }
  return bits;
}

/** The parameter that says the same. */
export function printedFlags(flags: string | undefined): { readonly flags?: string; readonly flags_value?: number } {
  if (flags === undefined) return {};
  const names = new Set(flags.split('|'));
  if (!names.has('AUTOMATON')) return { flags };
  return { flags_value: BITS.reduce((bits, [name, bit]) => (names.has(name) ? bits | bit : bits), 0) };
}
