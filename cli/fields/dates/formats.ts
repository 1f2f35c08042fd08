import { javaTrim } from '../../text/java-trim.ts';
import { EPOCH } from './epoch.ts';
import { NO_DATE, type DateFormat, type FormatPair, type Local } from './format.ts';
import { MAX_DAY, MIN_DAY } from './instant.ts';
import { ISO } from './iso8601.ts';
import { compileGrammar } from './java-time/grammar.ts';
import { NAMED } from './java-time/named.ts';
import { readPattern, type PatternFault } from './java-time/pattern.ts';
import type { Language } from './java-time/texts.ts';

export type { Language } from './java-time/texts.ts';
export type { PatternFault } from './java-time/pattern.ts';

/** A format that cannot be used, and which of its alternatives is to blame. */
export interface FormatFault extends PatternFault {
  readonly pattern: string;
}

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

function compileOne(name: string, language: Language): FormatPair | FormatFault {
  const known = own(ISO, name) ?? own(EPOCH, name);
  if (known !== undefined) return known;
  const named = own(NAMED, name);
  if (named !== undefined) {
    const pairs = named.map((grammar) => compileGrammar(grammar, language));
    return { down: pairs.flatMap(({ down }) => down), up: pairs.flatMap(({ up }) => up) };
  }
  if (name === '') return { pattern: name, fault: 'it has an empty alternative', unsupported: false };
  const parts = readPattern(name);
  return 'fault' in parts ? { ...parts, pattern: name } : compileGrammar({ parts, style: 'strict' }, language);
}

/** A format with all its alternatives: each is tried in turn, until one fits. */
export interface DateReader {
  readonly down: (text: string) => Local | undefined;
  readonly up: (text: string) => Local | undefined;
}

function anyOf(formats: readonly DateFormat[]): (text: string) => Local | undefined {
  return (text) => {
    if (text === '') return undefined;
    for (const read of formats) {
      const found = read(text);
      if (found === NO_DATE) return undefined;
      if (found !== undefined) return found.day < MIN_DAY || found.day > MAX_DAY ? undefined : found;
    }
    return undefined;
  };
}

function compile(format: string, language: Language): DateReader | FormatFault {
  // A leading 8 is how patterns of version 7 and later were marked
  const made = format
    .replace(/^8/, '')
    .split('||')
    // Blanks around an alternative are none of it (elasticsearch: DateFormatters.java forPattern)
    .map((name) => compileOne(javaTrim(name), language));
  const pairs: FormatPair[] = [];
  for (const one of made) {
    if ('fault' in one) return one;
    pairs.push(one);
  }
  return { down: anyOf(pairs.flatMap(({ down }) => down)), up: anyOf(pairs.flatMap(({ up }) => up)) };
}

const compiled: Readonly<Record<Language, Map<string, DateReader | FormatFault>>> = { en: new Map(), root: new Map() };

/** Compiles a format such as `strict_date_optional_time||epoch_millis` once; a fault if one of its alternatives has one. */
export function dateReader(format: string, language: Language): DateReader | FormatFault {
  const known = compiled[language].get(format);
  if (known !== undefined) return known;
  const made = compile(format, language);
  compiled[language].set(format, made);
  return made;
}
