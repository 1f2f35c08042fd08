/** An exact decimal, as Java's BigDecimal reads one from a text. */
export interface Decimal {
  readonly negative: boolean;
  /** The part before the point with its sign. Beyond what any field holds it stays at ten to the power of 40. */
  readonly whole: bigint;
  /** Whether a part other than zero follows it. */
  readonly fraction: boolean;
  /** Digits after the point less the exponent: 2 for `1.50`, -3 for `1e3`. */
  readonly scale: number;
}

const DECIMAL = /^([+-]?)(\p{Nd}*)(?:\.(\p{Nd}*))?(?:[eE]([+-]?\p{Nd}+))?$/u;
/** More digits than the longest type of number has. */
const MAX_DIGITS = 40;

/**
 * A text as Java's BigDecimal and Long.parseLong read it: digits of any script (of those that one UTF-16 unit holds), no white
 * space, no suffix, no NaN. Undefined: a NumberFormatException.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const found = DECIMAL.exec(text);
  if (found === null) return undefined;
  const [, sign, ...parts] = found;
  const [before, after, exponent] = parts.map((part) => asciiDigits(part ?? ''));
  if (before === undefined || after === undefined || exponent === undefined) return undefined;
  if (before === '' && after === '') return undefined;
  const power = Number(exponent);
  if (Math.abs(power) > 2_147_483_647) return undefined;
  const negative = sign === '-';
  const scale = after.length - power;
  const digits = (before + after).replace(/^0+/, '');
  const places = digits.length - scale;
  const whole =
    digits === '' || places <= 0
      ? 0n
      : places > MAX_DIGITS
        ? 10n ** BigInt(MAX_DIGITS)
        : BigInt(digits.slice(0, places).padEnd(places, '0'));
  const fraction = /[1-9]/.test(places <= 0 ? digits : digits.slice(places));
  return { negative, whole: negative ? -whole : whole, fraction, scale };
}

/** Digits of other scripts as ASCII; undefined where one takes two UTF-16 units, which Java's char does not hold. */
function asciiDigits(text: string): string | undefined {
  if (/^[+\-0-9]*$/.test(text)) return text;
  if (/[\ud800-\udfff]/.test(text)) return undefined;
  return text.replace(/\p{Nd}/gu, (digit) => {
    // A script has its ten digits in a row
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCharCode(digit.charCodeAt(0) - value - 1))) value++;
    return String(value);
  });
}
