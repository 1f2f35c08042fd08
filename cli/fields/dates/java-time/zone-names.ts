import { REGION_IDS } from '../zones/region-ids.ts';
import { UTC, type Zone } from '../zones/zone.ts';
import { offsetZone, regionOf } from '../zones/zone-of.ts';
import { ISO_OFFSET, readOffset } from './offsets.ts';
import { FAIL, STOP, type Element, type Parsed } from './parsed.ts';
import { insensitive, sensitive, type Language } from './texts.ts';

/**
 * Short names of time zones with the region that each stands for, as Java 25 reads them; several regions share a name, and
 * which of them is meant is Java's choice.
 */
const ENGLISH_NAMES =
  'ACDT=Australia/Adelaide ACST=Australia/Adelaide ADT=America/Halifax AEDT=Australia/Sydney AEST=Australia/Sydney ' +
  'AKDT=America/Juneau AKST=America/Juneau AST=America/Halifax AWDT=Australia/Perth AWST=Australia/Perth ' +
  'BST=Africa/Abidjan CAT=Africa/Maputo CDT=America/Chicago CEST=Europe/Paris CST=America/Chicago ChST=Pacific/Guam ' +
  'CET=Europe/Paris EAT=Africa/Nairobi EDT=America/New_York EEST=Asia/Famagusta EET=Asia/Famagusta EST=America/New_York HADT=Pacific/Honolulu ' +
  'HAST=Pacific/Honolulu HDT=Pacific/Honolulu HKST=Asia/Hong_Kong HKT=Asia/Hong_Kong HST=Pacific/Honolulu ' +
  'IDT=Asia/Jerusalem IST=Africa/Abidjan JDT=Asia/Tokyo JST=Asia/Tokyo KST=Asia/Seoul MDT=America/Denver ' +
  'MSK=Europe/Kirov MST=America/Denver NDT=America/St_Johns NST=America/St_Johns NZDT=Pacific/Auckland ' +
  'NZST=Pacific/Auckland PDT=America/Los_Angeles PKST=Asia/Karachi PKT=Asia/Karachi PST=America/Los_Angeles ' +
  'SAST=Africa/Johannesburg SST=Pacific/Pago_Pago WAT=Africa/Lagos WEST=Atlantic/Canary WET=Atlantic/Canary WIB=Asia/Jakarta ' +
  'WIT=Asia/Jayapura WITA=Asia/Makassar';
const ROOT_NAMES = 'EDT=America/New_York EEST=Asia/Famagusta EST=America/New_York MSK=Europe/Kirov';

/** Zones by the text that names them. */
type Names = ReadonlyMap<string, string>;

const IDS: Names = new Map([...REGION_IDS].map((id) => [id, id]));

const withShort = (names: string): Names =>
  new Map([
    ...IDS,
    ...names.split(' ').map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']),
  ]);

const lowerCased = (names: Names): Names => new Map([...names].map(([name, id]) => [name.toLowerCase(), id]));

/** The region whose name is the longest that stands at a position, and the position behind it. */
function longest(text: string, at: number, names: Names): { readonly zone: Zone; readonly end: number } | undefined {
  const run = /[A-Za-z0-9/._~+-]+/y;
  run.lastIndex = at;
  const found = run.exec(text)?.[0].slice(0, 40) ?? '';
  for (let length = found.length; length > 1; length--) {
    const id = names.get(found.slice(0, length));
    const zone = id === undefined ? undefined : regionOf(id);
    if (zone !== undefined) return { zone, end: at + length };
  }
  return undefined;
}

/** A prefix such as `UTC` alone or with an offset; without a prefix the offset has to be there. */
function prefixed(text: string, start: number, at: number, parsed: Parsed): number {
  const alone = (): number => {
    parsed.zone = UTC;
    return at;
  };
  const bare = at === start;
  if (!bare && (at >= text.length || /[0Zz]/.test(text[at] ?? ''))) return alone();
  const found = readOffset(text, at, ISO_OFFSET);
  if (found === STOP) return STOP;
  if (found === FAIL) return bare ? FAIL : alone();
  const zone = offsetZone(found.seconds);
  if (zone === undefined) return FAIL;
  parsed.zone = zone;
  return found.end;
}

/** A zone by id or offset, with `language` also by a short name (java: ZoneIdPrinterParser, ZoneTextPrinterParser). */
export function zoneElement({ caseSensitive, language }: { caseSensitive: boolean; language?: Language }): Element {
  const startsWith = caseSensitive ? sensitive : insensitive;
  const exact = language === undefined ? IDS : withShort(language === 'en' ? ENGLISH_NAMES : ROOT_NAMES);
  const names = caseSensitive ? exact : lowerCased(exact);
  return (text, at, parsed) => {
    if (at === text.length) return FAIL;
    if (text[at] === '+' || text[at] === '-') return prefixed(text, at, at, parsed);
    if (startsWith(text, 'GMT0', at)) {
      parsed.zone = UTC;
      return at + 4;
    }
    for (const prefix of ['UTC', 'GMT', 'UT'])
      if (startsWith(text, prefix, at)) return prefixed(text, at, at + prefix.length, parsed);
    const found = longest(caseSensitive ? text : text.toLowerCase(), at, names);
    if (found !== undefined) {
      parsed.zone = found.zone;
      return found.end;
    }
    if (!startsWith(text, 'Z', at)) return FAIL;
    parsed.zone = UTC;
    return at + 1;
  };
}
