import { NumberToken, type Json } from '../text/json.ts';
import { parseDouble, parseFloat32 } from './java-numbers/parse-double.ts';
import { parseDecimal } from './java-numbers/parse-decimal.ts';
import { compact, limitsOf, roundHalfUp, toHalf, type FieldNumber, type NumericType } from './numbers.ts';

export interface NumberOptions {
  readonly scalingFactor?: number | undefined;
  readonly coerce?: boolean | undefined;
}

/**
 * What a numeric field indexes for a value of a document. Texts are parsed and fractions of whole types cut off toward zero
 * (`coerce`, on by default; unsigned_long has no such parameter and takes texts but no fractions). Undefined: malformed, the
 * field refuses the value (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/NumberFieldMapper.java,
 * libs/x-content/src/main/java/org/elasticsearch/xcontent/support/AbstractXContentParser.java).
 */
export function indexNumber(type: NumericType, written: Json, options: NumberOptions = {}): FieldNumber | undefined {
  // A whole number that a double holds, by far the most
  if (typeof written === 'number' && Number.isSafeInteger(written) && type !== 'scaled_float')
    return ofWhole(type, written + 0);
  if (typeof written === 'string') {
    if (written === '' || (options.coerce === false && type !== 'unsigned_long')) return undefined;
    return ofText(type, written, options);
  }
  const number = typeof written === 'number' ? new NumberToken(String(written)) : written;
  if (!(number instanceof NumberToken)) return undefined;
  const { token } = number;
  // elasticsearch: StreamReadConstraints of Jackson
  if (token.length > MAX_TOKEN) return undefined;
  if (!number.whole) return ofFraction(type, number.value, token, options);
  const value = compact(BigInt(token));
  return typeof value === 'number' && type !== 'scaled_float'
    ? ofWhole(type, value)
    : ofLongNumber(type, token, options);
}

const MAX_TOKEN = 1000;

/** A whole number of up to 2^53. */
function ofWhole(type: NumericType, value: number): FieldNumber | undefined {
  switch (type) {
    case 'long':
    case 'double':
      return value;
    case 'float':
      return Math.fround(value);
    case 'half_float':
      return finite(toHalf(value));
    default:
      return value >= Number(limitsOf(type)?.min) && value <= Number(limitsOf(type)?.max) ? value : undefined;
  }
}

/** A whole number beyond 2^53. */
function ofLongNumber(type: NumericType, digits: string, options: NumberOptions): FieldNumber | undefined {
  const limits = limitsOf(type);
  if (limits === undefined) return ofDecimal(type, Number(digits), digits, options);
  const value = BigInt(digits);
  return value >= limits.min && value <= limits.max ? compact(value) : undefined;
}

/**
 * A number with a fraction or an exponent, which Jackson reads as a double: it is compared with the limits before its
 * fraction is cut off, with those of an integer for short and byte, and 2^63 becomes the largest long.
 */
function ofFraction(type: NumericType, value: number, token: string, options: NumberOptions): FieldNumber | undefined {
  const limits = limitsOf(type);
  if (limits === undefined) return ofDecimal(type, value, token, options);
  if (type === 'unsigned_long') {
    if (!Number.isInteger(value) && Number.isFinite(value)) return undefined;
    return value >= LONG ? LARGEST_LONG : value < 0 ? undefined : compact(BigInt(value));
  }
  const most = type === 'long' ? LONG : 2_147_483_647;
  const least = type === 'long' ? -LONG : -2_147_483_648;
  if (!(value >= least && value <= most)) return undefined;
  const whole = Math.trunc(value);
  if (options.coerce === false && whole !== value) return undefined;
  if (type === 'long') return whole === LONG ? LARGEST_LONG : compact(BigInt(whole));
  return whole >= Number(limits.min) && whole <= Number(limits.max) ? whole + 0 : undefined;
}

const LONG = 2 ** 63;
const LARGEST_LONG = 2n ** 63n - 1n;

function ofText(type: NumericType, text: string, options: NumberOptions): FieldNumber | undefined {
  switch (type) {
    case 'long': {
      const decimal = parseDecimal(text);
      // Digits after the point beyond 19 make a zero of any number, zeros before it beyond 19 are too large
      if (decimal === undefined || decimal.scale < -19) return undefined;
      if (decimal.scale > 19) return 0;
      return within(type, decimal.whole);
    }
    case 'unsigned_long': {
      const decimal = parseDecimal(text);
      return decimal === undefined || decimal.fraction ? undefined : within(type, decimal.whole);
    }
    case 'integer':
    case 'short':
    case 'byte': {
      const value = parseDouble(text);
      if (value === undefined) return undefined;
      // A byte has the limits of an integer until its fraction is cut off
      const most = type === 'short' ? 32_767 : 2_147_483_647;
      if (value > most || value < -most - 1) return undefined;
      const whole = Number.isNaN(value) ? 0 : Math.trunc(value) + 0;
      return type === 'byte' && (whole > 127 || whole < -128) ? undefined : whole;
    }
    default: {
      const value = parseDouble(text);
      return value === undefined ? undefined : ofDecimal(type, value, text, options);
    }
  }
}

function within(type: NumericType, value: bigint): FieldNumber | undefined {
  const limits = limitsOf(type);
  return limits !== undefined && value >= limits.min && value <= limits.max ? compact(value) : undefined;
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** A number in a type that holds fractions; `text` is its spelling, from which a float is read without rounding twice. */
function ofDecimal(type: NumericType, value: number, text: string, options: NumberOptions): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  switch (type) {
    case 'float':
    case 'half_float': {
      const float = parseFloat32(text);
      return float === undefined ? undefined : finite(type === 'float' ? float : toHalf(float));
    }
    case 'scaled_float': {
      // Doc values multiply by the inverse (elasticsearch:modules/mapper-extras/.../ScaledFloatFieldMapper.java)
      const factor = options.scalingFactor ?? 1;
      return roundHalfUp(value * factor) * (1 / factor);
    }
    default:
      return value;
  }
}
