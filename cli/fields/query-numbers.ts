import { doubleText } from './java-numbers/double-text.ts';
import { nextDown, nextUp } from './java-numbers/neighbours.ts';
import { parseDecimal, type Decimal } from './java-numbers/parse-decimal.ts';
import { parseDouble, parseFloat32 } from './java-numbers/parse-double.ts';
import { compact, limitsOf, roundHalfUp, toHalf, type FieldNumber, type Limits, type NumericType } from './numbers.ts';

/** A number as a query asks for it: bigint for Java's whole numbers, number for a Java double, or a text. */
export type Asked = bigint | number | string;

/** Why a search fails: the text is no number, or the number is beyond the type. */
export type Failure = 'unreadable' | 'out-of-range';

export interface Equal {
  /** What a value has to be. Of a scaled_float: times its factor. */
  readonly is: FieldNumber;
}
/** One end of a range; `open` leaves out the end itself. Of a scaled_float: times its factor. */
export interface Bound {
  readonly at: FieldNumber;
  readonly open: boolean;
}
/** A value or an end that no number fits. */
export type Nothing = 'nothing';

/** Where a number stands: `term` and the like, or `terms`, which refuses what is beyond the type. */
export type Place = 'term' | 'terms';

const LONG = 2 ** 63;
const [INT_MIN, INT_MAX] = [-2_147_483_648, 2_147_483_647];

/** A number or text as Java reads a double of it. */
export const doubleOf = (asked: Asked): number | undefined =>
  typeof asked === 'string' ? parseDouble(asked) : Number(asked);

const floatOf = (asked: Asked): number | undefined =>
  typeof asked === 'number' ? Math.fround(asked) : parseFloat32(String(asked));

/** A double goes by what Java prints of it, which from 2^53 on is not all of its digits. */
const decimalOf = (asked: Asked): Decimal | undefined =>
  parseDecimal(typeof asked === 'number' ? doubleText(asked) : String(asked));

/** As Java's `value % 1 != 0`: NaN and the infinite ones have a fraction, 2^53 and up have none. */
const hasFraction = (double: number): boolean => !Number.isInteger(double);

/** Whether a decimal lies outside of limits; with its fraction, as Java's BigDecimal compares. */
const outside = ({ whole, fraction, negative }: Decimal, { min, max }: Limits): boolean =>
  whole > max || whole < min || (fraction && ((whole === max && !negative) || (whole === min && negative)));

/**
 * The value that `term`, `match` or a member of `terms` asks for
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/NumberFieldMapper.java termQuery, termsQuery).
 */
export function equalNumber(type: NumericType, asked: Asked, place: Place, factor = 1): Equal | Nothing | Failure {
  switch (type) {
    case 'integer':
    case 'short':
    case 'byte':
      return equalInteger(type, asked, place);
    case 'long':
      return equalLong(asked, place);
    case 'unsigned_long':
      return equalUnsigned(asked);
    case 'scaled_float': {
      const scaled = scale(asked, factor);
      return scaled === undefined ? 'unreadable' : { is: roundHalfUp(scaled) };
    }
    case 'double':
    case 'float':
    case 'half_float': {
      const value = type === 'double' ? doubleOf(asked) : floatOf(asked);
      if (value === undefined) return 'unreadable';
      const is = type === 'half_float' ? toHalf(value) : value;
      return Number.isFinite(is) ? { is } : place === 'terms' ? 'out-of-range' : 'nothing';
    }
  }
}

function equalInteger(type: 'integer' | 'short' | 'byte', asked: Asked, place: Place): Equal | Nothing | Failure {
  const double = doubleOf(asked);
  if (double === undefined) return 'unreadable';
  if (hasFraction(double)) return 'nothing';
  const limits = place === 'term' ? limitsOf(type) : undefined;
  const [least, most] = limits === undefined ? [INT_MIN, INT_MAX] : [Number(limits.min), Number(limits.max)];
  if (double >= least && double <= most) return { is: double + 0 };
  return place === 'terms' ? 'out-of-range' : 'nothing';
}

function equalLong(asked: Asked, place: Place): Equal | Nothing | Failure {
  const double = doubleOf(asked);
  if (double === undefined) return 'unreadable';
  if (hasFraction(double)) return 'nothing';
  const decimal = decimalOf(asked);
  if (decimal === undefined) return 'unreadable';
  // As a term 9223372036854775807.5 is too large, in a list its fraction is cut off
  const beyond = outside(place === 'terms' ? { ...decimal, fraction: false } : decimal, LONG_LIMITS);
  if (beyond) return place === 'terms' ? 'out-of-range' : 'nothing';
  return { is: compact(decimal.whole) };
}

const LONG_LIMITS: Limits = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const UNSIGNED: Limits = { min: 0n, max: 2n ** 64n - 1n };

/**
 * Only rows of digits and whole JSON numbers stand for a value; other numbers equal nothing
 * (elasticsearch:x-pack/plugin/mapper-unsigned-long/.../UnsignedLongFieldMapper.java parseTerm).
 */
function equalUnsigned(asked: Asked): Equal | Nothing | Failure {
  if (typeof asked === 'number') return 'nothing';
  const whole =
    typeof asked === 'bigint' ? asked : /^\+?\p{Nd}+$/u.test(asked) ? parseDecimal(asked)?.whole : undefined;
  if (whole !== undefined && !(whole < UNSIGNED.min || whole > UNSIGNED.max)) return { is: compact(whole) };
  return whole === undefined && doubleOf(asked) === undefined ? 'unreadable' : 'nothing';
}

/**
 * One end of a range. On whole types a fraction moves a positive lower end and a negative upper end by one, and is cut off
 * otherwise, and whether the end itself is left out counts for whole numbers only (NumberFieldMapper.java rangeQuery,
 * longRangeQuery). `nothing`: no value lies beyond the end.
 */
export function boundNumber(
  type: NumericType,
  asked: Asked,
  side: 'lower' | 'upper',
  open: boolean,
  factor = 1,
): Bound | Nothing | Failure {
  switch (type) {
    case 'integer':
    case 'short':
    case 'byte': {
      const double = doubleOf(asked);
      if (double === undefined) return 'unreadable';
      // Those of short and byte are the limits of integer, too. NaN is within, and its whole part is 0
      if (double < INT_MIN || double > INT_MAX) return 'out-of-range';
      const at = Number.isNaN(double) ? 0 : Math.trunc(double) + 0;
      const step = stepOf(side, open, hasFraction(double), double);
      if (step !== 0 && at === (side === 'lower' ? INT_MAX : INT_MIN)) return 'nothing';
      return { at: at + step, open: false };
    }
    case 'long': {
      const double = doubleOf(asked);
      if (double === undefined) return 'unreadable';
      if (double < -LONG || double > LONG) return 'out-of-range';
      const decimal = decimalOf(asked);
      if (decimal === undefined) return 'unreadable';
      if (outside({ ...decimal, fraction: false }, LONG_LIMITS)) return 'out-of-range';
      const step = BigInt(stepOf(side, open, hasFraction(double), double));
      const moved = decimal.whole + step;
      return outside({ ...decimal, whole: moved, fraction: false }, LONG_LIMITS)
        ? 'nothing'
        : { at: compact(moved), open: false };
    }
    case 'unsigned_long':
      return boundUnsigned(asked, side, open);
    case 'scaled_float': {
      const scaled = scale(asked, factor);
      if (scaled === undefined) return 'unreadable';
      return side === 'lower'
        ? { at: roundHalfUp(Math.ceil(open ? nextUp(scaled) : scaled)), open: false }
        : { at: roundHalfUp(Math.floor(open ? nextDown(scaled) : scaled)), open: false };
    }
    case 'double':
    case 'float':
    case 'half_float': {
      // half_float keeps the precision of a float here, unlike in a term
      const at = type === 'double' ? doubleOf(asked) : floatOf(asked);
      return at === undefined ? 'unreadable' : { at, open };
    }
  }
}

function stepOf(side: 'lower' | 'upper', open: boolean, fraction: boolean, double: number): -1 | 0 | 1 {
  if (side === 'lower') return (fraction ? double > 0 : open) ? 1 : 0;
  return (fraction ? double < 0 : open) ? -1 : 0;
}

/** UnsignedLongFieldMapper.java parseLowerRangeTerm, parseUpperRangeTerm: what is beyond the type is no failure. */
function boundUnsigned(asked: Asked, side: 'lower' | 'upper', open: boolean): Bound | Nothing | Failure {
  const decimal = decimalOf(asked);
  if (decimal === undefined) return 'unreadable';
  const { whole, fraction, negative } = decimal;
  const below = negative && (whole !== 0n || fraction);
  const above = whole > UNSIGNED.max || (whole === UNSIGNED.max && fraction);
  if (side === 'lower') {
    if (below) return { at: 0, open: false };
    if (above || (whole === UNSIGNED.max && open)) return 'nothing';
    return { at: compact(whole + (open || fraction ? 1n : 0n)), open: false };
  }
  if (below || (open && whole === 0n && !fraction)) return 'nothing';
  if (above) return { at: UNSIGNED.max, open: false };
  return { at: compact(whole - (open && !fraction ? 1n : 0n)), open: false };
}

/** A number times the factor of a scaled_float, exactly for the decimal that Java prints of it. */
function scale(asked: Asked, factor: number): number | undefined {
  const double = doubleOf(asked);
  if (double === undefined || !Number.isFinite(double)) return undefined;
  const [a, b] = [digitsOf(double), digitsOf(factor)];
  return Number(`${a.digits * b.digits}e${a.power + b.power}`);
}

function digitsOf(double: number): { readonly digits: bigint; readonly power: number } {
  const [significand = '0', exponent = '0'] = doubleText(double).split('E');
  const [before = '0', after = ''] = significand.split('.');
  return { digits: BigInt(before + after), power: Number(exponent) - after.length };
}

/** An end of a range field as a number of its type, which takes no fraction on whole types and nothing beyond the type. */
export function pointNumber(
  type: 'integer' | 'long' | 'double' | 'float',
  asked: Asked,
): FieldNumber | Failure | 'fraction' {
  const double = type === 'float' ? floatOf(asked) : doubleOf(asked);
  if (double === undefined) return 'unreadable';
  if (type === 'double' || type === 'float') return Number.isFinite(double) ? double : 'out-of-range';
  const most = type === 'long' ? LONG : INT_MAX;
  const least = type === 'long' ? -LONG : INT_MIN;
  if (double < least || double > most) return 'out-of-range';
  if (hasFraction(double)) return 'fraction';
  if (type === 'integer') return double + 0;
  const decimal = decimalOf(asked);
  if (decimal === undefined) return 'unreadable';
  if (outside(decimal, LONG_LIMITS)) return 'out-of-range';
  return decimal.fraction ? 'fraction' : compact(decimal.whole);
}
