import type { DateFormat, FormatPair } from '../format.ts';
import { NO_DATE } from '../format.ts';
import { offsetZone } from '../zones/zone-of.ts';
import { UTC } from '../zones/zone.ts';
import type { TemporalField } from './field.ts';
import { fractionElement, numberElement, type NumberPart } from './numbers.ts';
import { localizedOffsetElement, offsetElement, type OffsetPattern } from './offsets.ts';
import { FAIL, Parsed, STOP, type Element } from './parsed.ts';
import { Unresolved, type Style } from './resolve-date.ts';
import { resolve } from './resolve.ts';
import { insensitive, literalElement, sensitive, textElement, type Language } from './texts.ts';
import { toLocal } from './to-local.ts';
import { LOCAL_WEEKS, type Weeks } from './weeks.ts';
import { zoneElement } from './zone-names.ts';

/** A format of java.time, part by part. Numbers of one list that follow each other directly share their digits. */
export type Part =
  | string
  | (NumberPart & { readonly kind: 'number' })
  | { readonly kind: 'fraction'; readonly min: number; readonly max: number; readonly point: boolean }
  | {
      readonly kind: 'text';
      readonly field: 'month' | 'day_of_week' | 'half_day' | 'era' | 'quarter';
      readonly style: 'short' | 'full';
    }
  | { readonly kind: 'offset'; readonly pattern: OffsetPattern; readonly none: string }
  | { readonly kind: 'localized-offset'; readonly full: boolean }
  | { readonly kind: 'zone'; readonly named: boolean }
  | { readonly kind: 'padded'; readonly width: number; readonly part: Part }
  | { readonly kind: 'optional'; readonly parts: readonly Part[] }
  | { readonly kind: 'group'; readonly parts: readonly Part[] };

export interface Grammar {
  readonly parts: readonly Part[];
  /** How a date is made of what was read, when missing parts are not rounded up; rounding up is always smart. */
  readonly style: Style;
  readonly ignoreCase?: boolean;
  readonly weeks?: Weeks;
  /** A text without a zone is in UTC, whatever zone a query asks for; not when rounding up. */
  readonly inUtc?: boolean;
}

interface Options {
  readonly ignoreCase: boolean;
  readonly language: Language;
}

/** A number of a fixed width without a sign takes digits from the number before it. */
const fixedWidth = (part: Part | undefined): number | undefined => {
  if (typeof part !== 'object') return undefined;
  if (part.kind === 'fraction') return part.min === part.max && !part.point ? part.max : undefined;
  return part.kind === 'number' && part.min === part.max && part.sign === 'none' ? part.max : undefined;
};

/** Digits that the numbers behind `at` need (java: DateTimeFormatterBuilder.appendValue). */
function reserved(parts: readonly Part[], at: number): number {
  let digits = 0;
  for (let next = at + 1; ; next++) {
    const width = fixedWidth(parts[next]);
    if (width === undefined) return digits;
    digits += width;
  }
}

/** Whether the number at `at` is one that others have taken digits for already. */
const isFollower = (parts: readonly Part[], at: number): boolean => {
  const before = parts[at - 1];
  if (fixedWidth(parts[at]) === undefined || typeof before !== 'object') return false;
  return before.kind === 'number' || (before.kind === 'fraction' && !before.point && before.min === before.max);
};

function sequence(parts: readonly Part[], options: Options): Element {
  const elements = parts.map((part, at) => elementOf(part, isFollower(parts, at) ? 0 : reserved(parts, at), options));
  return (text, start, parsed) => {
    let at = start;
    for (const element of elements) {
      at = element(text, at, parsed);
      if (at < 0) return at;
    }
    return at;
  };
}

function optional(inner: Element): Element {
  return (text, at, parsed) => {
    const [mark, zone] = [parsed.mark(), parsed.zone];
    const end = inner(text, at, parsed);
    if (end !== FAIL) return end;
    parsed.rewind(mark, zone);
    return at;
  };
}

/** Blanks before what has to fill a width (java: PadPrinterParserDecorator). */
function padded(width: number, inner: Element): Element {
  return (text, at, parsed) => {
    const end = at + width;
    if (end > text.length) return FAIL;
    let from = at;
    while (from < end && text[from] === ' ') from++;
    const found = inner(text.slice(0, end), from, parsed);
    return found === end || found === STOP ? found : FAIL;
  };
}

function elementOf(part: Part, digits: number, options: Options): Element {
  const startsWith = options.ignoreCase ? insensitive : sensitive;
  if (typeof part === 'string') return literalElement(part, startsWith);
  switch (part.kind) {
    case 'number':
      return numberElement(part, digits);
    case 'fraction':
      return fractionElement(part.min, part.max, part.point);
    case 'text':
      return textElement(part.field, part.style, options.language);
    case 'offset':
      return offsetElement(part.pattern, part.none, startsWith);
    case 'localized-offset':
      return localizedOffsetElement(part.full);
    case 'zone':
      return zoneElement({
        caseSensitive: !options.ignoreCase,
        ...(part.named ? { language: options.language } : {}),
      });
    case 'padded':
      return padded(part.width, elementOf(part.part, 0, options));
    case 'optional':
      return optional(sequence(part.parts, options));
    case 'group':
      return sequence(part.parts, options);
  }
}

/** Names of the fields that a list of parts reads. */
function fieldsOf(parts: readonly Part[]): ReadonlySet<TemporalField> {
  const found = new Set<TemporalField>();
  const visit = (part: Part): void => {
    if (typeof part === 'string') return;
    if (part.kind === 'number' || part.kind === 'text') found.add(part.field);
    else if (part.kind === 'padded') visit(part.part);
    else if (part.kind === 'optional' || part.kind === 'group') part.parts.forEach(visit);
  };
  parts.forEach(visit);
  return found;
}

/**
 * What missing parts are when rounding up: the last hour, minute and so on, but the first month and day; a date of weeks gets
 * none (elasticsearch:server/src/main/java/org/elasticsearch/common/time/JavaDateFormatter.java defaultRoundUp).
 */
function lastOfAll(parts: readonly Part[]): readonly (readonly [TemporalField, number])[] {
  const fields = fieldsOf(parts);
  const date: readonly (readonly [TemporalField, number])[] = fields.has('day_of_year')
    ? [['day_of_year', 1]]
    : fields.has('iso_week') || fields.has('week') || fields.has('week_year')
      ? []
      : [['month', 1], ['day_of_month', 1]]; // prettier-ignore
  const hour: readonly (readonly [TemporalField, number])[] = fields.has('clock_hour_of_half')
    ? [['clock_hour_of_half', 11], ['half_day', 1]]
    : fields.has('hour_of_half')
      ? [['hour_of_half', 11], ['half_day', 1]]
      : [['hour', 23]]; // prettier-ignore
  return [...date, ...hour, ['minute', 59], ['second', 59], ['nano', 999_999_999]];
}

function reader(
  element: Element,
  style: Style,
  weeks: Weeks,
  defaults: readonly (readonly [TemporalField, number])[],
  inUtc = false,
): DateFormat {
  return (text) => {
    const parsed = new Parsed();
    const end = element(text, 0, parsed);
    if (end === STOP) return NO_DATE;
    if (end !== text.length) return undefined;
    const fields = parsed.fields();
    for (const [field, value] of defaults) if (!fields.has(field)) fields.set(field, value);
    try {
      const resolved = resolve(fields, style, weeks);
      const offset = resolved.fields.get('offset');
      if (resolved.day !== undefined && resolved.nano !== undefined && offset !== undefined && !offsetZone(offset))
        return undefined;
      return toLocal(resolved, parsed.zone ?? (inUtc ? UTC : undefined), weeks) ?? NO_DATE;
    } catch (error) {
      if (error instanceof Unresolved) return undefined;
      throw error;
    }
  };
}

/** Compiles one format. */
export function compileGrammar(grammar: Grammar, language: Language): FormatPair {
  const { parts, style, ignoreCase = false, weeks = LOCAL_WEEKS, inUtc } = grammar;
  const element = sequence(parts, { ignoreCase, language });
  return {
    down: [reader(element, style, weeks, [], inUtc)],
    up: [reader(element, 'smart', weeks, lastOfAll(parts))],
  };
}
