import { QueryFailure } from '../../failure.ts';
import { textOf, type EqlValue } from '../value.ts';

/** One function over values. `fold`: the variant with `~`. */
export type EqlFunction = (args: readonly EqlValue[], fold: boolean) => EqlValue;

function text(value: EqlValue, name: string): string {
  if (typeof value === 'string') return value;
  throw new QueryFailure(
    value === null ? `${name} received null where a string is required` : `${name} needs a string`,
    {
      why: 'Elasticsearch fails the search instead of not matching',
    },
  );
}

const lower = (value: string, fold: boolean): string => (fold ? value.toLowerCase() : value);

function whole(value: EqlValue, name: string): number {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Math.trunc(value);
  throw new QueryFailure(`${name} needs a whole number`, { why: 'Elasticsearch fails the search' });
}

/** Null if either is null; an empty end fits every string. */
const edge =
  (name: string, fits: (subject: string, part: string) => boolean): EqlFunction =>
  ([subject = null, part = null], fold) => {
    if (subject === null || part === null) return null;
    return fits(lower(text(subject, name), fold), lower(text(part, name), fold));
  };

export const startsWith = edge('startsWith', (subject, part) => subject.startsWith(part));
export const endsWith = edge('endsWith', (subject, part) => subject.endsWith(part));

/** An empty part is contained in nothing (elasticsearch: StringUtils.stringContains). */
export const stringContains: EqlFunction = ([subject = null, part = null], fold) => {
  if (subject === null) return null;
  const wanted = text(part, 'stringContains');
  const subjectText = text(subject, 'stringContains');
  return wanted !== '' && subjectText !== '' && lower(subjectText, fold).includes(lower(wanted, fold));
};

/**
 * Text after the first `left` up to the next `right`, or with `greedy` the last one. Not found: empty
 * (elasticsearch: StringUtils.between).
 */
export const between: EqlFunction = ([source = null, left = null, right = null, greedy = false], fold) => {
  if (source === null) return null;
  const subject = text(source, 'between');
  const [from, to] = [text(left, 'between'), text(right, 'between')];
  if (typeof greedy !== 'boolean')
    throw new QueryFailure('between received null where a boolean is required', {
      why: 'Elasticsearch fails the search',
    });
  if (subject === '' || from === '' || to === '') return subject;
  const [folded, a, b] = [lower(subject, fold), lower(from, fold), lower(to, fold)];
  const start = folded.indexOf(a);
  if (start < 0) return '';
  const begin = start + a.length;
  const end = greedy ? folded.lastIndexOf(b) : folded.indexOf(b, begin);
  return end < begin ? '' : subject.slice(begin, end);
};

/** 0-based; not found is null, not -1. A negative start counts from 0, one beyond the end finds nothing. */
export const indexOf: EqlFunction = ([source = null, part = null, start = null], fold) => {
  if (source === null || part === null) return null;
  const subject = lower(text(source, 'indexOf'), fold);
  const from = start === null ? 0 : Math.max(0, whole(start, 'indexOf'));
  if (from > subject.length) return null;
  const found = subject.indexOf(lower(text(part, 'indexOf'), fold), from);
  return found < 0 ? null : BigInt(found);
};

export const length: EqlFunction = ([source = null]) =>
  source === null ? null : BigInt(text(source, 'length').length);

/** Slice with negative positions from the end; a null start gives the text unchanged, a null end means to the end. */
export const substring: EqlFunction = ([source = null, start = null, end = null]) => {
  if (source === null) return null;
  const subject = text(source, 'substring');
  if (start === null) return subject;
  const clamp = (position: number): number => (position < 0 ? Math.max(0, subject.length + position) : position);
  const from = clamp(whole(start, 'substring'));
  const to = end === null ? subject.length : Math.min(subject.length, clamp(whole(end, 'substring')));
  return from >= to ? '' : subject.slice(from, to);
};

export const concat: EqlFunction = (args) => {
  let result = '';
  for (const arg of args) {
    if (arg === null) return null;
    result += textOf(arg);
  }
  return result;
};

export const string: EqlFunction = ([value = null]) => (value === null ? null : textOf(value));

/** A whole number in the base given, or in base 10 also a decimal; `0x` means base 16. Anything else fails the search. */
export const number: EqlFunction = ([source = null, base = null]) => {
  if (source === null) return null;
  const written = text(source, 'number');
  const fail = (): never => {
    throw new QueryFailure(`number cannot read ${JSON.stringify(written.slice(0, 60))}`, {
      why: 'Elasticsearch fails the search instead of not matching',
      help: 'make sure first that the text is a number, in a condition of its own',
    });
  };
  let radix = base === null ? 10 : whole(base, 'number');
  let digits = written;
  if (/^0x/i.test(digits) && (base === null || radix === 16)) {
    digits = digits.slice(2);
    radix = 16;
  }
  if (radix === 10 && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(digits) && !/^[+-]?\d+$/.test(digits))
    return Number(digits);
  const found = /^([+-]?)([0-9a-z]+)$/i.exec(digits);
  if (found === null || radix < 2 || radix > 36) return fail();
  let value = 0n;
  for (const character of (found[2] ?? '').toLowerCase()) {
    const digit = parseInt(character, 36);
    if (Number.isNaN(digit) || digit >= radix) return fail();
    value = value * BigInt(radix) + BigInt(digit);
  }
  if (value > 2n ** 63n - 1n) return fail();
  return found[1] === '-' ? -value : value;
};
