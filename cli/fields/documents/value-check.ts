import { analyze, builtInAnalyzer } from '../analysis/index.ts';
import type { Field, FieldType, Mapping } from '../mapping.ts';
import { isNumeric } from '../numbers.ts';
import { countsAsNull, indexValue } from '../values/indexed.ts';
import { isJsonObject, type Json } from '../../text/json.ts';
import { isBase64 } from '../values/types/base64.ts';
import { readGeoPoint } from '../values/types/geo-point.ts';
import { flattenedFault, isImmense, MAX_TERM } from './flattened-value.ts';
import { pointOf, readRange } from '../values/types/range-value.ts';

/** Why a field does not take a value; `fatal`: `ignore_malformed` does not help. */
export interface Fault {
  readonly why: string;
  readonly fatal: boolean;
}

/** Looks at one value of a document, alone or in a list, that is neither a list nor null. Undefined: the field takes it. */
export interface ValueCheck {
  (value: Json, inList: boolean): Fault | undefined;
  /** True: it finds no fault with what `isOrdinary`. */
  takesOrdinary?: boolean;
}

const takingOrdinary = (check: ValueCheck): ValueCheck => Object.assign(check, { takesOrdinary: true });

const NOT: Readonly<Partial<Record<FieldType, string>>> = {
  boolean: 'neither true nor false',
  date: 'not a date',
  date_nanos: 'not a date between 1970 and 2262',
  ip: 'not an address',
};

const fatal = (why: string): Fault => ({ why, fatal: true });
const AN_OBJECT = fatal('an object, not a value');
const NO_OBJECT = fatal('a value, not an object');
const IMMENSE = fatal(`longer than the ${MAX_TERM} bytes of a term`);
const NOT_BASE64 = fatal('not Base64');

/** The check of a field that holds single values; undefined: it takes whatever is written. */
export function valueCheck(field: Field, mapping: Mapping): ValueCheck | undefined {
  const stored = field.indexed !== false || field.docValues !== false || field.store === true;
  if (pointOf(field.type) !== undefined) return rangeCheck(field);
  switch (field.type) {
    case 'flattened':
      return flattenedCheck(field);
    case 'keyword':
      return stored ? keywordCheck(field) : scalars;
    case 'text':
    case 'match_only_text':
      return textCheck(field, mapping);
    case 'binary':
      return binaryCheck(field);
    case 'wildcard':
    case 'version':
      return scalars;
    case 'boolean':
      return stored ? readCheck(field) : unread;
    case 'date':
    case 'date_nanos':
      return dateCheck(field);
    case 'ip':
      return readCheck(field);
    case 'geo_point':
      return geoCheck(field);
    default:
      return isNumeric(field.type) ? readCheck(field) : undefined;
  }
}

const scalars = takingOrdinary((value) => (isJsonObject(value) ? AN_OBJECT : undefined));

/**
 * Of fields that Elasticsearch does not even read, since nothing of them is kept: an object is refused only because the rest of
 * the document then has one brace too many, which it has not inside of a list.
 */
const unread = takingOrdinary((value, inList) => (isJsonObject(value) && !inList ? AN_OBJECT : undefined));

/** Types whose values are read: what cannot be read can be ignored. */
function readCheck(field: Field): ValueCheck {
  const malformed: Fault = { why: NOT[field.type] ?? `no ${field.typeName}`, fatal: false };
  return (value) => {
    if (isJsonObject(value)) return AN_OBJECT;
    if (countsAsNull(field, value) || indexValue(field, value) !== undefined) return undefined;
    return field.type === 'ip' && typeof value === 'string' && refusesZone(field, value) ? ZONED : malformed;
  };
}

/** A time as most documents write it, which the default formats of both types take without a closer look. */
const USUAL_TIME =
  /^(?:19[7-9]\d|2[01]\d\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** A date with `ignore_malformed` passes over an object inside of a list as over any other value that is no date. */
function dateCheck(field: Field): ValueCheck {
  const check = readCheck(field);
  const usual = field.format === undefined;
  const strict = field.differences?.strictDateLists === true;
  return (value, inList) => {
    if (usual && typeof value === 'string' && USUAL_TIME.test(value)) return undefined;
    const fault = check(value, inList);
    return fault === AN_OBJECT && inList && !strict ? { ...fault, fatal: false } : fault;
  };
}

/** A multi-field gets one value of a list after the other, so that a number is no part of a place. */
function geoCheck(field: Field): ValueCheck {
  return (value) => readGeoPoint(value, field.ignoreMalformed === true).faults[0];
}

/** What a field with `ignore_malformed` refuses all the same. */
export function fatalCheck(field: Field): ValueCheck | undefined {
  if (field.type === 'ip')
    return (value) =>
      isJsonObject(value) ? AN_OBJECT : typeof value === 'string' && refusesZone(field, value) ? ZONED : undefined;
  return field.type === 'date' || field.type === 'date_nanos' ? unread : scalars;
}

const ZONED = fatal('an address with a zone');

/**
 * In 9.2 an address with a zone makes Elasticsearch read past the text, so that the document is refused, ignore_malformed or not
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/network/InetAddresses.java).
 */
function refusesZone({ differences }: Field, text: string): boolean {
  if (differences?.zones !== 'none') return false;
  const at = text.indexOf('%');
  return at >= 0 && at < text.length - 1 && text.slice(0, at).includes(':');
}

function keywordCheck(field: Field): ValueCheck {
  const { ignoreAbove = Infinity } = field;
  return takingOrdinary((value) => {
    if (typeof value !== 'string') return isJsonObject(value) ? AN_OBJECT : undefined;
    if (value.length * 3 <= MAX_TERM || value.length > ignoreAbove) return undefined;
    const term = indexValue(field, value);
    return typeof term === 'string' && isImmense(term) ? IMMENSE : undefined;
  });
}

/** Most analyzers cut long words; one that does not can make a term that is too long. */
function textCheck(field: Field, mapping: Mapping): ValueCheck {
  const name = field.analyzer ?? 'standard';
  const analyzer = mapping.analyzer(name) ?? builtInAnalyzer(name);
  const cuts = analyzer?.type !== 'keyword' && analyzer?.type !== 'pattern';
  if (field.indexed === false || cuts || analyzer === undefined) return scalars;
  return (value) =>
    typeof value === 'string' && isImmense(value) && analyze(value, analyzer).some(({ term }) => isImmense(term))
      ? IMMENSE
      : isJsonObject(value)
        ? AN_OBJECT
        : undefined;
}

/** What is neither stored nor in doc values is not even looked at. */
function binaryCheck({ docValues, store, multiFieldOf }: Field): ValueCheck | undefined {
  // Of an object another field has read already, as a multi-field of a range finds it
  if (docValues !== true && store !== true) return multiFieldOf === undefined ? unread : undefined;
  return (value) => (isJsonObject(value) ? AN_OBJECT : typeof value === 'string' && isBase64(value) ? undefined : NOT_BASE64); // prettier-ignore
}

function flattenedCheck(field: Field): ValueCheck | undefined {
  if (field.indexed === false && field.docValues === false) return undefined;
  return (value) => {
    if (!isJsonObject(value)) return NO_OBJECT;
    const why = flattenedFault(field, value);
    return why === undefined ? undefined : fatal(why);
  };
}

function rangeCheck(field: Field): ValueCheck {
  return (value) => {
    const read = readRange(field, value);
    return typeof read === 'string' ? fatal(read) : undefined;
  };
}

/** Types that know `ignore_malformed`; it may also be set for a whole index. */
const IGNORES = new Set<FieldType>(['boolean', 'date', 'date_nanos', 'ip', 'geo_point']);

export const ignoresMalformed = (field: Field): boolean =>
  field.ignoreMalformed === true && (IGNORES.has(field.type) || isNumeric(field.type));
