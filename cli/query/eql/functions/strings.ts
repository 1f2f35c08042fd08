import { javaTrim } from '../../../text/java-trim.ts';
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
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
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
 * Text after the first `left` up to the next `right`, or with `greedy` the last one in the whole text, which must not lie
 * before. Not found: empty (elasticsearch: x-pack/plugin/eql/.../StringUtils.java, between).
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
  if (end < 0) return '';
  if (end >= begin && end <= subject.length) return subject.slice(begin, end);
  throw new QueryFailure('greedy between finds the last end before the start', {
    why: 'Elasticsearch cuts the text from the start to the last end, and fails the search where that lies before it',
    help: 'leave "greedy" out, or make sure that every event has the end behind the start',
  });
};

/**
 * 0-based; not found is null, not -1. A negative start counts from 0; an empty part is found at the start, or at the end if
 * that lies beyond it, as by Java's String.indexOf (elasticsearch: IndexOfFunctionProcessor.java).
 */
export const indexOf: EqlFunction = ([source = null, part = null, start = null], fold) => {
  if (source === null) return null;
  const subject = text(source, 'indexOf');
  if (part === null) return null;
  const wanted = text(part, 'indexOf');
  const from = start === null ? 0 : whole(start, 'indexOf');
  const found = lower(subject, fold).indexOf(lower(wanted, fold), from);
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

/**
 * Decimal text as Java reads it: a whole number that fits a long, with a sign or without, or what Double.valueOf takes:
 * point, exponent, blanks around it, a closing `d` or `f` (elasticsearch: ToNumberFunctionProcessor.java, parseDecimal).
 */
function decimal(written: string): bigint | number | undefined {
  const whole = /^[+-]?\d+$/.test(written) ? inBase(written, 10) : undefined;
  if (whole !== undefined) return whole;
  const inner = javaTrim(written);
  const special = /^([+-]?)(NaN|Infinity)$/.exec(inner);
  if (special !== null) return special[2] === 'NaN' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[dDfF]?$/.exec(inner);
  return found === null ? undefined : Number(found[1]);
}

/** Digits of a base from 2 to 36, with a sign, as Java's Long.parseLong reads them. */
function inBase(written: string, radix: number): bigint | undefined {
  const found = /^([+-]?)0*([0-9a-z]*)$/i.exec(written);
  const digits = found?.[2] ?? '';
  if (found === null || !/[0-9a-z]$/i.test(written) || digits.length > 64 || radix < 2 || radix > 36) return undefined;
  let value = 0n;
  for (const character of digits) {
    const digit = parseInt(character, 36);
    if (digit >= radix) return undefined;
    value = value * BigInt(radix) + BigInt(digit);
  }
  const signed = found[1] === '-' ? -value : value;
  return BigInt.asIntN(64, signed) === signed ? signed : undefined;
}

/**
 * A whole number in the base given, or in base 10 also a decimal; `0x` means base 16 unless another base is given. Anything
 * else fails the search (elasticsearch: ToNumberFunctionProcessor.java).
 */
export const number: EqlFunction = ([source = null, base = null]) => {
  if (source === null) return null;
  const written = text(source, 'number');
  const hexadecimal = written.startsWith('0x');
  const radix = base === null ? (hexadecimal ? 16 : 10) : whole(base, 'number');
  const digits = hexadecimal && radix === 16 ? written.slice(2) : written;
  const value = radix === 10 ? decimal(digits) : inBase(digits, radix);
  if (value !== undefined) return value;
  throw new QueryFailure(
    `number cannot read ${JSON.stringify(written.slice(0, 60))}${radix === 10 ? '' : ` in base ${radix}`}`,
    {
      why: 'Elasticsearch fails the search instead of not matching',
      help: 'a condition beside it does not protect it: make sure that every event holds a number there',
    },
  );
};
