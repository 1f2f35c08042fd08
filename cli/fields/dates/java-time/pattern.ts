import type { TemporalField } from './field.ts';
import type { Part } from './grammar.ts';
import type { Sign } from './numbers.ts';
import type { OffsetPattern } from './offsets.ts';

/** A pattern that java.time refuses, or one that cannot be read here. */
export interface PatternFault {
  readonly fault: string;
  /** Java reads it, and only this tool does not. */
  readonly unsupported: boolean;
}

const number = (field: TemporalField, min: number, max: number, sign: Sign): Part => ({
  kind: 'number',
  field,
  min,
  max,
  sign,
});

/** One or more digits, or just two. */
const shortNumber = (field: TemporalField, run: number): Part =>
  run === 1 ? number(field, 1, 19, 'minus') : number(field, 2, 2, 'none');

const year = (field: TemporalField, run: number): Part =>
  run === 2
    ? { kind: 'number', field, min: 2, max: 2, sign: 'none', century: true }
    : number(field, run, 19, run < 4 ? 'minus' : 'exceeds');

const SHORT_NUMBERS: Readonly<Record<string, TemporalField>> = {
  d: 'day_of_month',
  H: 'hour',
  k: 'clock_hour',
  K: 'hour_of_half',
  h: 'clock_hour_of_half',
  m: 'minute',
  s: 'second',
};

const TEXTS: Readonly<Record<string, 'month' | 'day_of_week' | 'quarter'>> = {
  M: 'month',
  L: 'month',
  Q: 'quarter',
  q: 'quarter',
  E: 'day_of_week',
  e: 'day_of_week',
  c: 'day_of_week',
};

const X_OFFSETS: readonly OffsetPattern[] = ['+HHmm', '+HHMM', '+HH:MM', '+HHMMss', '+HH:MM:ss'];

const many = (letters: string): PatternFault => ({
  fault: `${letters} has too many letters, or too few`,
  unsupported: false,
});
const unread = (letters: string, what: string): PatternFault => ({
  fault: `${letters}, ${what}, cannot be read offline`,
  unsupported: true,
});

/** `MMM`, `EEEE`, or a number where there is one letter or two. */
function nameOrNumber(letter: string, run: number): Part | PatternFault {
  const field = TEXTS[letter] ?? 'month';
  const letters = letter.repeat(run);
  if (run > 5 || letters === 'cc') return many(letters);
  if (run === 5) return unread(letters, 'a name of one letter');
  if (letter === 'E' && run < 3) return { kind: 'text', field, style: 'short' };
  if (run < 3) return field === 'day_of_week' ? number('weekday', run, run, 'none') : shortNumber(field, run);
  return { kind: 'text', field, style: run === 3 ? 'short' : 'full' };
}

/** The part that a run of one letter stands for (java: DateTimeFormatterBuilder.appendPattern). */
function letterPart(letter: string, run: number): Part | PatternFault {
  const letters = letter.repeat(run);
  const short = Object.hasOwn(SHORT_NUMBERS, letter) ? SHORT_NUMBERS[letter] : undefined;
  if (short !== undefined) return run > 2 ? many(letters) : shortNumber(short, run);
  if (Object.hasOwn(TEXTS, letter)) return nameOrNumber(letter, run);
  switch (letter) {
    case 'y':
      return year('year_of_era', run);
    case 'u':
      return year('year', run);
    case 'Y':
      return year('week_year', run);
    case 'w':
      return run > 2 ? many(letters) : number('week', run, 2, 'none');
    case 'W':
      return run > 1 ? many(letters) : number('week_of_month', 1, 1, 'none');
    case 'D':
      return run > 3
        ? many(letters)
        : run === 1
          ? number('day_of_year', 1, 19, 'minus')
          : number('day_of_year', run, 3, 'none');
    case 'F':
      return run > 1 ? many(letters) : number('week_of_month_aligned', 1, 19, 'minus');
    case 'g':
      return number('modified_julian_day', run, 19, 'minus');
    case 'S':
      return run > 9 ? many(letters) : { kind: 'fraction', min: run, max: run, point: false };
    case 'A':
      return number('milli_of_day', run, 19, 'none');
    case 'n':
      return number('nano', run, 19, 'none');
    case 'N':
      return number('nano_of_day', run, 19, 'none');
    case 'a':
      return run > 1 ? many(letters) : { kind: 'text', field: 'half_day', style: 'short' };
    case 'G':
      if (run > 5) return many(letters);
      return run === 5
        ? unread(letters, 'a name of one letter')
        : { kind: 'text', field: 'era', style: run === 4 ? 'full' : 'short' };
    case 'B':
      return run === 1 || run > 3 ? unread(letters, 'a period of the day') : many(letters);
    default:
      return zonePart(letter, run);
  }
}

function zonePart(letter: string, run: number): Part | PatternFault {
  const letters = letter.repeat(run);
  const shape = X_OFFSETS[run - 1];
  switch (letter) {
    case 'V':
      return run === 2 ? { kind: 'zone', named: false } : many(letters);
    case 'z':
      if (run > 4) return many(letters);
      return run === 4 ? unread(letters, 'the long name of a time zone') : { kind: 'zone', named: true };
    case 'v':
      return run === 1 || run === 4 ? unread(letters, 'the generic name of a time zone') : many(letters);
    case 'O':
      return run === 1 || run === 4 ? { kind: 'localized-offset', full: run === 4 } : many(letters);
    case 'Z':
      if (run < 4) return { kind: 'offset', pattern: '+HHMM', none: '+0000' };
      if (run === 4) return { kind: 'localized-offset', full: true };
      return run === 5 ? { kind: 'offset', pattern: '+HH:MM:ss', none: 'Z' } : many(letters);
    case 'X':
      return shape === undefined ? many(letters) : { kind: 'offset', pattern: shape, none: 'Z' };
    case 'x':
      if (shape === undefined) return many(letters);
      return { kind: 'offset', pattern: shape, none: run === 1 ? '+00' : run % 2 === 0 ? '+0000' : '+00:00' };
    default:
      return { fault: `${letter} is no letter of a date pattern`, unsupported: false };
  }
}

const isLetter = (char: string | undefined): boolean => char !== undefined && /[A-Za-z]/.test(char);
const runLength = (pattern: string, at: number): number => {
  let end = at + 1;
  while (pattern[end] === pattern[at]) end++;
  return end - at;
};

/** The parts of a pattern of java.time's DateTimeFormatter, such as `yyyy-MM-dd HH:mm:ss[.SSS]`. */
export function readPattern(pattern: string): readonly Part[] | PatternFault {
  const stack: Part[][] = [[]];
  const add = (part: Part): void => void stack.at(-1)?.push(part);
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at] ?? '';
    if (char === "'") {
      const quoted = /^'((?:[^']|'')*)'(?!')/s.exec(pattern.slice(at));
      if (quoted === null) return { fault: "a quote ' has no end", unsupported: false };
      add(quoted[1] === '' ? "'" : (quoted[1] ?? '').replaceAll("''", "'"));
      at += quoted[0].length;
    } else if (char === '[') {
      stack.push([]);
      at++;
    } else if (char === ']') {
      const parts = stack.length > 1 ? stack.pop() : undefined;
      if (parts === undefined) return { fault: '] has no [ before it', unsupported: false };
      add({ kind: 'optional', parts });
      at++;
    } else if (isLetter(char)) {
      const pad = char === 'p' ? runLength(pattern, at) : 0;
      if (pad > 0 && !isLetter(pattern[at + pad])) return { fault: 'p pads nothing', unsupported: false };
      const run = runLength(pattern, at + pad);
      const part = letterPart(pattern[at + pad] ?? '', run);
      if (typeof part === 'object' && 'fault' in part) return part;
      add(pad > 0 ? { kind: 'padded', width: pad, part } : part);
      at += pad + run;
    } else {
      if (/[{}#]/.test(char)) return { fault: `${char} has to stand in quotes`, unsupported: false };
      add(char);
      at++;
    }
  }
  // An optional part needs no end
  while (stack.length > 1) {
    const parts = stack.pop() ?? [];
    stack.at(-1)?.push({ kind: 'optional', parts });
  }
  return stack[0] ?? [];
}
