import { javaTrim } from '../../text/java-trim.ts';
import { nextDown, nextUp } from './neighbours.ts';

/**
 * Texts as Java's Double.parseDouble and Float.parseFloat read them: white space around (everything up to U+0020), a sign,
 * `NaN`, `Infinity`, decimals of ASCII digits, hexadecimals with their binary exponent (`0x1p3`), and a suffix (`1f`, `2.5D`).
 * Undefined: a NumberFormatException.
 */
const DECIMAL = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFdD]?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([\da-fA-F]+\.?[\da-fA-F]*|\.[\da-fA-F]+)[pP]([+-]?\d+)[fFdD]?$/;
const NAMED = /^([+-]?)(NaN|Infinity)$/;

export const parseDouble = (text: string): number | undefined => parse(text, DOUBLE);

/** The nearest float, which is not always the float nearest to the nearest double. */
export const parseFloat32 = (text: string): number | undefined => parse(text, FLOAT);

/** Binary formats: bits of the significand, and the exponent of the smallest value above zero. */
interface Format {
  readonly bits: number;
  readonly least: number;
}
const DOUBLE: Format = { bits: 53, least: -1074 };
const FLOAT: Format = { bits: 24, least: -149 };

function parse(written: string, format: Format): number | undefined {
  const text = javaTrim(written);
  const decimal = DECIMAL.exec(text);
  if (decimal !== null) {
    const value = Number(decimal[1]);
    return format === DOUBLE ? value : nearestFloat(value, decimal[1] ?? '');
  }
  const named = NAMED.exec(text);
  if (named !== null) return named[2] === 'NaN' ? NaN : named[1] === '-' ? -Infinity : Infinity;
  const [, sign, digits, exponent] = HEXADECIMAL.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const [before = '', after = ''] = digits.split('.');
  const value = scaled(BigInt(`0x${before}${after}`), Number(exponent) - 4 * after.length, format);
  return sign === '-' ? -value : value;
}

/** `significand` times two to the power of `exponent`, rounded to nearest, ties to even. */
function scaled(significand: bigint, exponent: number, { bits, least }: Format): number {
  if (significand === 0n) return 0;
  const length = significand.toString(2).length;
  // Beyond any double, so that no shift below is a large one
  if (length + exponent > 1025) return Infinity;
  if (length + exponent < -1080) return 0;
  const cut = Math.max(length - bits, least - exponent);
  if (cut <= 0) return Number(significand) * 2 ** exponent;
  const kept = significand >> BigInt(cut);
  const rest = significand - (kept << BigInt(cut));
  const half = 1n << BigInt(cut - 1);
  const up = rest > half || (rest === half && (kept & 1n) === 1n);
  const rounded = Number(up ? kept + 1n : kept);
  // In two steps, as 2 ** -1074 times a number of 53 bits is exact and 2 ** 1024 is infinite
  const power = exponent + cut;
  const value = power > 1000 ? rounded * 2 ** 1000 * 2 ** (power - 1000) : rounded * 2 ** power;
  return bits === 24 ? Math.fround(value) : value;
}

/** Two to the power of 128, which a float would have after its largest. */
const BEYOND_FLOAT = 2 ** 128;

/**
 * The float nearest to a decimal text whose nearest double is known. Rounding twice goes wrong only where the double lies in
 * the middle of two floats and the text beside it.
 */
function nearestFloat(double: number, text: string): number {
  const float = Math.fround(double);
  if (float === double || !Number.isFinite(double)) return float;
  const [below, above] = [Math.fround(nextDown(double)), Math.fround(nextUp(double))];
  const finite = (value: number): number => (Number.isFinite(value) ? value : Math.sign(value) * BEYOND_FLOAT);
  if (below === above || (finite(below) + finite(above)) / 2 !== double) return float;
  const side = compareMagnitude(text, Math.abs(double)) * Math.sign(double);
  return side === 0 ? float : side > 0 ? above : below;
}

/** More digits than the middle of two floats has. */
const MAX_DIGITS = 800;

/** Whether a decimal text, without its sign, is above or below a double that is next to it. */
function compareMagnitude(text: string, double: number): -1 | 0 | 1 {
  const [, before = '', after = '', exponent = '0'] = /^[+-]?(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  let digits = (before + after).replace(/^0+/, '');
  let power = Number(exponent) - after.length;
  if (digits.length > MAX_DIGITS) {
    power += digits.length - MAX_DIGITS - 1;
    // One digit stands for all that follow
    digits = digits.slice(0, MAX_DIGITS) + (/[1-9]/.test(digits.slice(MAX_DIGITS)) ? '1' : '0');
  }
  let [significand, halvings] = [double, 0];
  for (; !Number.isInteger(significand); halvings++) significand *= 2;
  const written = (BigInt(digits) * 10n ** BigInt(Math.max(power, 0))) << BigInt(halvings);
  const held = BigInt(significand) * 10n ** BigInt(Math.max(-power, 0));
  return written < held ? -1 : written > held ? 1 : 0;
}
