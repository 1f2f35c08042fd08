import { NumberToken, type Json } from '../../../text/json.ts';

const DECIMAL = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)[fFdD]?$/;

/** A text as Java's Double.parseDouble reads it, white space around it included; undefined: it is no number. */
export function javaDouble(written: string): number | undefined {
  // Java's trim takes off all characters up to the blank
  let [start, end] = [0, written.length];
  while (start < end && written.charCodeAt(start) <= 32) start++;
  while (end > start && written.charCodeAt(end - 1) <= 32) end--;
  const text = written.slice(start, end);
  if (DECIMAL.test(text)) return Number(/[fFdD]$/.test(text) ? text.slice(0, -1) : text);
  const [, sign, whole = '', fraction = '', exponent = ''] = HEXADECIMAL.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = Number.parseInt(whole + fraction, 16);
  return (sign === '-' ? -1 : 1) * digits * 2 ** (Number(exponent) - 4 * fraction.length);
}

/** A number of JSON, or a text that Java reads as one. */
export const doubleOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number'
    ? value
    : value instanceof NumberToken
      ? value.value
      : typeof value === 'string'
        ? javaDouble(value)
        : undefined;
