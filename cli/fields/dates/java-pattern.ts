import { dateParts, type DateParts } from './calendar.ts';

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'nanos' | 'half' | 'zone';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
]; // prettier-ignore

const OFFSETS: Readonly<Record<string, string>> = {
  X: '(Z|[+-]\\d{2}(?:\\d{2})?)',
  XX: '(Z|[+-]\\d{4})',
  XXX: '(Z|[+-]\\d{2}:\\d{2})',
  x: '([+-]\\d{2}(?:\\d{2})?)',
  xx: '([+-]\\d{4})',
  xxx: '([+-]\\d{2}:\\d{2})',
  Z: '([+-]\\d{4})',
  ZZ: '([+-]\\d{4})',
  ZZZ: '([+-]\\d{4})',
  ZZZZZ: '(Z|[+-]\\d{2}:\\d{2})',
  VV: '([A-Za-z][A-Za-z0-9/._~+:-]*|[+-]\\d{2}:\\d{2})',
  z: '(UTC|GMT|Z)',
};

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Digits of a run of letters: one letter reads any number up to the most, several read that many. */
const digits = (run: number, most: number): string => (run === 1 ? `(\\d{1,${most}})` : `(\\d{${run}})`);

function piece(letter: string, run: number): { readonly part: Part; readonly source: string } | undefined {
  switch (letter) {
    case 'y':
    case 'u':
      // Two letters are the years 2000 to 2099 (java.time: reduced value)
      return { part: 'year', source: run === 4 ? '(-?\\d{4})' : digits(run, 9) };
    case 'M':
    case 'L':
      if (run > 4) return undefined;
      return { part: 'month', source: run === 3 ? '([A-Za-z]{3})' : run === 4 ? '([A-Za-z]+)' : digits(run, 2) };
    case 'd':
      return { part: 'day', source: digits(run, 2) };
    case 'H':
    case 'h':
      return { part: 'hour', source: digits(run, 2) };
    case 'm':
      return { part: 'minute', source: digits(run, 2) };
    case 's':
      return { part: 'second', source: digits(run, 2) };
    case 'S':
      return run > 9 ? undefined : { part: 'fraction', source: `(\\d{${run}})` };
    case 'n':
      return { part: 'nanos', source: `(\\d{${run},9})` };
    case 'a':
      return { part: 'half', source: '([AaPp][Mm])' };
    default: {
      const source = Object.hasOwn(OFFSETS, letter.repeat(run)) ? OFFSETS[letter.repeat(run)] : undefined;
      return source === undefined ? undefined : { part: 'zone', source };
    }
  }
}

/**
 * A reader of dates in a pattern of java.time's DateTimeFormatter, such as `yyyy-MM-dd HH:mm:ss[.SSS]`; undefined when it
 * uses a letter that is not known here (weeks, quarters, names of days), or has no year.
 */
export function javaPattern(pattern: string): ((text: string) => DateParts | undefined) | undefined {
  let source = '';
  let open = 0;
  const names: Part[] = [];
  let twoDigitYear = false;
  let halfDays = false;
  for (let i = 0; i < pattern.length;) {
    const letter = pattern[i] ?? '';
    if (letter === "'") {
      // '' is a quote, inside quoted text as well
      const quoted = /^'((?:[^']|'')*)'(?!')/.exec(pattern.slice(i));
      if (quoted === null) return undefined;
      source += escape(quoted[1] === '' ? "'" : (quoted[1] ?? '').replaceAll("''", "'"));
      i += quoted[0].length;
      continue;
    }
    if (letter === '[' || letter === ']') {
      open += letter === '[' ? 1 : -1;
      if (open < 0) return undefined;
      source += letter === '[' ? '(?:' : ')?';
      i++;
      continue;
    }
    let run = 1;
    while (pattern[i + run] === letter) run++;
    i += run;
    if (!/[A-Za-z]/.test(letter)) {
      if (/[{}#]/.test(letter)) return undefined;
      source += escape(letter.repeat(run));
      continue;
    }
    const found = piece(letter, run);
    if (found === undefined) return undefined;
    if (found.part === 'year' && run === 2) twoDigitYear = true;
    if (letter === 'h') halfDays = true;
    names.push(found.part);
    source += found.source;
  }
  if (open !== 0 || !names.includes('year') || halfDays !== names.includes('half')) return undefined;
  const compiled = new RegExp(`^${source}$`);
  return (text) => {
    const match = compiled.exec(text);
    if (match === null) return undefined;
    const values = new Map<Part, string>();
    names.forEach((name, at) => {
      const value = match[at + 1];
      if (value !== undefined) values.set(name, value);
    });
    const year = values.get('year');
    const month = monthNumber(values.get('month'));
    if (month === null) return undefined;
    const hour = values.get('hour');
    const half = values.get('half')?.toLowerCase();
    if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return undefined;
    const nanos = values.get('nanos')?.padStart(9, '0');
    return dateParts(
      {
        year: year !== undefined && twoDigitYear ? `20${year}` : year,
        month,
        day: values.get('day'),
        hour: half === undefined ? hour : String((Number(hour) % 12) + (half === 'pm' ? 12 : 0)),
        minute: values.get('minute'),
        second: values.get('second'),
        fraction: values.get('fraction') ?? nanos,
      },
      values.get('zone'),
    );
  };
}

/** A month as digits; null for a name that is none. */
function monthNumber(text: string | undefined): string | undefined | null {
  if (text === undefined || /^\d/.test(text)) return text;
  const name = text.toLowerCase();
  const at = name.length === 3 ? MONTHS.indexOf(name) : LONG_MONTHS.indexOf(name);
  return at < 0 ? null : String(at + 1);
}
