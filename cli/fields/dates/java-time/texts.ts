import type { TemporalField } from './field.ts';
import { FAIL, type Element } from './parsed.ts';

/**
 * Whose names of months and days a format reads: a mapping's are English unless it says otherwise, those that a query brings
 * along are of no language (elasticsearch: DateFieldMapper.java, RangeQueryBuilder.getForceDateParser).
 */
export type Language = 'en' | 'root';

/** Whether a text has a piece at a position. */
export type StartsWith = (text: string, piece: string, at: number) => boolean;

export const sensitive: StartsWith = (text, piece, at) => text.startsWith(piece, at);

/** As java.time compares without regard to case: character by character, in upper and in lower case. */
export const insensitive: StartsWith = (text, piece, at) => {
  if (text.length < at + piece.length) return false;
  for (let i = 0; i < piece.length; i++) {
    const [one, other] = [text[at + i] ?? '', piece[i] ?? ''];
    if (one !== other && one.toUpperCase() !== other.toUpperCase() && one.toLowerCase() !== other.toLowerCase())
      return false;
  }
  return true;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
]; // prettier-ignore
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const LONG_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'];

type Named = 'month' | 'day_of_week' | 'half_day' | 'era' | 'quarter';
interface Names {
  /** The number of the first name. */
  readonly from: 0 | 1;
  readonly short: readonly string[];
  readonly full: readonly string[];
}

/** Names as the Common Locale Data Repository of Java 25 has them. */
const NAMES: Readonly<Record<Language, Readonly<Record<Named, Names>>>> = {
  en: {
    month: { from: 1, short: MONTHS, full: LONG_MONTHS },
    day_of_week: { from: 1, short: DAYS, full: LONG_DAYS },
    half_day: { from: 0, short: ['AM', 'PM'], full: ['AM', 'PM'] },
    era: { from: 0, short: ['BC', 'AD'], full: ['Before Christ', 'Anno Domini'] },
    quarter: { from: 1, short: QUARTERS, full: ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'] },
  },
  root: {
    month: { from: 1, short: MONTHS, full: MONTHS },
    day_of_week: { from: 1, short: DAYS, full: DAYS },
    half_day: { from: 0, short: ['AM', 'PM'], full: ['AM', 'PM'] },
    era: { from: 0, short: ['BCE', 'CE'], full: ['BCE', 'CE'] },
    quarter: { from: 1, short: QUARTERS, full: QUARTERS },
  },
};

/** One of the names of a field, the longest that fits (java: TextPrinterParser). */
export function textElement(field: Named & TemporalField, style: 'short' | 'full', language: Language): Element {
  const { from, [style]: names } = NAMES[language][field];
  const sorted = names.map((name, at) => ({ name, value: at + from })).sort((a, b) => b.name.length - a.name.length);
  return (text, at, parsed) => {
    for (const { name, value } of sorted)
      if (text.startsWith(name, at)) return parsed.set(field, value) ? at + name.length : FAIL;
    return FAIL;
  };
}

/** Text that has to stand there. */
export const literalElement =
  (piece: string, startsWith: StartsWith): Element =>
  (text, at) =>
    startsWith(text, piece, at) ? at + piece.length : FAIL;
