import { isJsonObject, NumberToken, own, type Json, type JsonObject } from '../../../text/json.ts';
import { isList } from '../collect.ts';
import { parseDouble } from '../../java-numbers/parse-double.ts';
import { isWktPoint } from './wkt-point.ts';

/** A place as it is written; not yet held against the limits of latitude and longitude. */
interface Point {
  readonly lat: number;
  readonly lon: number;
}

export interface GeoFault {
  readonly value: Json;
  readonly why: string;
  /** True: `ignore_malformed` does not help. */
  readonly fatal: boolean;
}

/** What a geo_point makes of the value of a document. */
export interface GeoReading {
  /** How many places it holds. */
  readonly places: number;
  readonly faults: readonly GeoFault[];
}

/** A number of JSON, or a text that Java reads as one. */
const doubleOf = (value: Json | undefined): number | undefined =>
  typeof value === 'string'
    ? parseDouble(value)
    : value instanceof NumberToken
      ? value.value
      : typeof value === 'number'
        ? value
        : undefined;

const GEOHASH = /^[0-9bcdefghjkmnpqrstuvwxyz]+$/;
/** Characters of a geohash that are read. */
const GEOHASH_LENGTH = 12;

/**
 * Reads the value of a geo_point, a list as a whole: two numbers are longitude and latitude, anything else is a list of places.
 * With `ignoreMalformed` a latitude beyond the pole is brought back over it instead of being refused
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/AbstractPointGeometryFieldMapper.java PointParser,
 * GeoPointFieldMapper.java validate, common/geo/GenericPointParser.java).
 */
export function readGeoPoint(raw: Json, ignoreMalformed: boolean): GeoReading {
  let places = 0;
  const faults: GeoFault[] = [];
  const add = (value: Json, read: Point | string, fatal = false): void => {
    const why = typeof read === 'string' ? read : outside(read, ignoreMalformed);
    if (why === undefined) places++;
    else faults.push({ value, why, fatal });
  };
  const first = isList(raw) ? raw[0] : undefined;
  if (!isList(raw)) {
    if (raw !== null) add(raw, pointOf(raw));
  } else if (!isNumber(first)) {
    for (const item of raw) if (item !== null) add(item, pointOf(item));
  } else {
    // Two numbers, or three with a height; what follows is read as places of their own
    const [, lat, height, ...others] = raw;
    const pair = { lon: doubleOf(first) ?? NaN, lat: doubleOf(lat) ?? NaN };
    if (doubleOf(lat) === undefined) add(raw, 'not two numbers, longitude and latitude', true);
    else if (height !== undefined && !isNumber(height)) add(raw, 'no list of two or three numbers', true);
    else {
      add(raw, pair, true);
      for (const item of others) if (item !== null) add(item, pointOf(item));
    }
  }
  return { places, faults };
}

const isNumber = (value: Json | undefined): boolean => typeof value === 'number' || value instanceof NumberToken;

function outside({ lat, lon }: Point, ignoreMalformed: boolean): string | undefined {
  if (Number.isNaN(lat) || Number.isNaN(lon)) return 'without a latitude and a longitude';
  if (ignoreMalformed) return Number.isFinite(lat) && Number.isFinite(lon) ? undefined : 'not a place on the globe';
  if (Math.abs(lat) > 90) return 'of a latitude that is not between -90 and 90';
  return Math.abs(lon) > 180 ? 'of a longitude that is not between -180 and 180' : undefined;
}

/** One place, or why it is none. */
function pointOf(value: Json): Point | string {
  if (typeof value === 'string') return ofText(value);
  if (isList(value)) return ofNumbers(value);
  return isJsonObject(value) ? ofObject(value) : 'no place: write {"lat": 1.5, "lon": 2.5}';
}

function ofText(text: string): Point | string {
  if (text.toLowerCase().includes('point')) {
    // The text is read with its limits, so that no point beyond them comes out
    return isWktPoint(text) ? { lat: 0, lon: 0 } : 'not a POINT';
  }
  if (!text.includes(','))
    return GEOHASH.test(text.slice(0, GEOHASH_LENGTH)) ? { lat: 0, lon: 0 } : 'neither "lat,lon" nor a geohash';
  const parts = text.split(',');
  while (parts.at(-1) === '') parts.pop();
  const [lat = '', lon = '', height = '0', ...others] = parts;
  const numbers = { lat: parseDouble(lat), lon: parseDouble(lon) };
  if (numbers.lat === undefined || numbers.lon === undefined || parseDouble(height) === undefined || others.length > 0)
    return 'not "lat,lon"';
  return { lat: numbers.lat, lon: numbers.lon };
}

/** `[lon, lat]` inside of a list, where texts are no numbers. */
function ofNumbers(list: readonly Json[]): Point | string {
  if (list.length > 3 || !list.every(isNumber)) return 'no list of two or three numbers';
  return { lon: doubleOf(list[0]) ?? NaN, lat: doubleOf(list[1]) ?? NaN };
}

const MEMBERS = new Set(['lat', 'lon', 'z', 'type', 'coordinates']);

function ofObject(object: JsonObject): Point | string {
  const unknown = Object.keys(object).find((key) => !MEMBERS.has(key));
  if (unknown !== undefined) return `an object with ${unknown}, which no place has`;
  const number = (value: Json | undefined): number | undefined => (value === undefined ? undefined : doubleOf(value));
  for (const key of ['lat', 'lon', 'z']) {
    const value = own(object, key);
    if (value !== undefined && number(value) === undefined) return `an object whose ${key} is no number`;
  }
  const coordinates = own(object, 'coordinates');
  const type = own(object, 'type');
  if (coordinates === undefined) {
    const [lat, lon] = [number(own(object, 'lat')), number(own(object, 'lon'))];
    return lat === undefined || lon === undefined ? 'without a latitude and a longitude' : { lat, lon };
  }
  if (typeof type !== 'string' || type.toLowerCase() !== 'point') return 'an object whose type is not "Point"';
  const numbers = isList(coordinates) ? coordinates.map((one) => number(one)) : [];
  const [lon, lat] = numbers;
  if (numbers.includes(undefined) || numbers.length > 3 || lon === undefined || lat === undefined)
    return 'of coordinates that are not two or three numbers';
  return { lat, lon };
}
