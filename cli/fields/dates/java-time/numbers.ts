import type { TemporalField } from './field.ts';
import { FAIL, type Element } from './parsed.ts';

/**
 * Signs that a number takes: none; a minus; a minus, and a plus where it has more digits than the least
 * (java: SignStyle NOT_NEGATIVE and NEVER, NORMAL, EXCEEDS_PAD).
 */
export type Sign = 'none' | 'minus' | 'exceeds';

/** A number of so many digits. Those that follow without anything between take their digits from it (`yyyyMMdd`). */
export interface NumberPart {
  readonly field: TemporalField;
  readonly min: number;
  readonly max: number;
  readonly sign: Sign;
  /** The number counts from 2000: `24` is 2024. */
  readonly century?: boolean;
  /** A fraction of a second, in nanoseconds. */
  readonly fraction?: boolean;
}

const [PLUS, MINUS, ZERO] = [43, 45, 48];
const MAX_LONG = 2n ** 63n - 1n;

const digitAt = (text: string, at: number): number => {
  const digit = text.charCodeAt(at) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : -1;
};

/** Where the digits from `at` on end, at most `most` of them. */
function digitsEnd(text: string, at: number, most: number): number {
  const last = Math.min(text.length, at + most);
  let end = at;
  while (end < last && digitAt(text, end) >= 0) end++;
  return end;
}

/** `reserved`: digits of the numbers that follow directly (java: NumberPrinterParser). */
export function numberElement({ field, min, max, sign, century = false }: NumberPart, reserved: number): Element {
  return (text, start, parsed) => {
    const first = text.charCodeAt(start);
    const negative = first === MINUS;
    const positive = first === PLUS;
    if (negative ? sign === 'none' : positive && sign !== 'exceeds') return FAIL;
    const at = negative || positive ? start + 1 : start;
    let end = digitsEnd(text, at, max + reserved);
    if (end - at < min) return FAIL;
    if (reserved > 0) end = digitsEnd(text, at, Math.max(min, end - at - reserved));
    const length = end - at;
    let digits = text.slice(at, end);
    if (length > 18 && BigInt(digits) > MAX_LONG) {
      end--;
      digits = digits.slice(0, -1);
    }
    const size = Number(digits);
    if (negative && size === 0) return FAIL;
    if (sign === 'exceeds' && !negative && positive !== length > min) return FAIL;
    const value = century ? 2000 + size : negative ? -size : size;
    return parsed.set(field, value) ? end : FAIL;
  };
}

/** `.5`, with or without its point (java: NanosPrinterParser). */
export function fractionElement(min: number, max: number, point: boolean): Element {
  return (text, start, parsed) => {
    if (start === text.length) return min > 0 ? FAIL : start;
    if (point && text[start] !== '.') return min > 0 ? FAIL : start;
    const at = point ? start + 1 : start;
    const end = digitsEnd(text, at, max);
    if (end - at < min) return FAIL;
    return parsed.set('nano', Number(text.slice(at, end).padEnd(9, '0'))) ? end : FAIL;
  };
}
