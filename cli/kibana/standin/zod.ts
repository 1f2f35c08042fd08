import { isJsonObject, own, type Json } from '../../text/json.ts';

/**
 * Checks a body and speaks of its faults in the words of Zod 3, which Kibana's routes check bodies with: `path: message`, joined by
 * commas, five of them at most.
 */
export type Shape = (value: Json | undefined, path: string) => readonly string[];

const kind = (value: Json | undefined): string =>
  value === undefined ? 'undefined' : value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const at = (path: string, message: string): readonly string[] => [path === '' ? message : `${path}: ${message}`];

const expected = (what: string, value: Json | undefined, path: string): readonly string[] =>
  at(path, value === undefined ? 'Required' : `Expected ${what}, received ${kind(value)}`);

export const anything: Shape = (value, path) => (value === undefined ? at(path, 'Required') : []);

export const string =
  (minimum = 0): Shape =>
  (value, path) => {
    if (typeof value !== 'string') return expected('string', value, path);
    return value.length < minimum ? at(path, `String must contain at least ${minimum} character(s)`) : [];
  };

export const number =
  (limits: { readonly minimum?: number; readonly maximum?: number } = {}): Shape =>
  (value, path) => {
    if (typeof value !== 'number') return expected('number', value, path);
    if (!Number.isInteger(value)) return at(path, 'Expected integer, received float');
    const { minimum, maximum } = limits;
    if (minimum !== undefined && value < minimum) return at(path, `Number must be greater than or equal to ${minimum}`);
    if (maximum !== undefined && value > maximum) return at(path, `Number must be less than or equal to ${maximum}`);
    return [];
  };

export const boolean: Shape = (value, path) => (typeof value === 'boolean' ? [] : expected('boolean', value, path));

export const literal =
  (only: string): Shape =>
  (value, path) =>
    value === only ? [] : at(path, value === undefined ? 'Required' : `Invalid literal value, expected "${only}"`);

export const oneOf =
  (...values: readonly string[]): Shape =>
  (value, path) => {
    if (typeof value === 'string' && values.includes(value)) return [];
    if (value === undefined) return at(path, 'Required');
    const list = values.map((one) => `'${one}'`).join(' | ');
    return typeof value === 'string'
      ? at(path, `Invalid enum value. Expected ${list}, received '${value}'`)
      : at(path, `Expected ${list}, received ${kind(value)}`);
  };

export const array =
  (items: Shape, limits: { readonly minimum?: number; readonly maximum?: number } = {}): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return expected('array', value, path);
    const list = value as readonly Json[];
    const { minimum, maximum } = limits;
    if (minimum !== undefined && list.length < minimum)
      return at(path, `Array must contain at least ${minimum} element(s)`);
    if (maximum !== undefined && list.length > maximum)
      return at(path, `Array must contain at most ${maximum} element(s)`);
    return list.flatMap((one, index) => items(one, path === '' ? String(index) : `${path}.${index}`));
  };

/** Members that are not listed are let through; a member ending in `?` may be left out. */
export const object =
  (members: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (!isJsonObject(value)) return expected('object', value, path);
    return Object.entries(members).flatMap(([written, shape]) => {
      const optional = written.endsWith('?');
      const key = optional ? written.slice(0, -1) : written;
      const member = own(value, key);
      if (optional && member === undefined) return [];
      return shape(member, path === '' ? key : `${path}.${key}`);
    });
  };

/** A body of the platform, whose schemas let no other member in (kibana: @kbn/config-schema). */
export const onlyThese =
  (members: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    const known = new Set(Object.keys(members).map((one) => one.replace(/\?$/, '')));
    const faults = object(members)(value, path);
    if (faults.length > 0 || !isJsonObject(value)) return faults;
    const strange = Object.keys(value).find((key) => !known.has(key));
    return strange === undefined ? [] : at(strange, 'definition for this key is missing');
  };

/** The first shape that fits; if none does, the faults of the last. */
export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value, path) => {
    let faults: readonly string[] = [];
    for (const shape of shapes) {
      faults = shape(value, path);
      if (faults.length === 0) return faults;
    }
    return faults;
  };

const MOST = 5;

/** Faults as Kibana prints them; undefined if there are none. */
export function faultsOf(shape: Shape, value: Json | undefined): string | undefined {
  const faults = shape(value, '');
  if (faults.length === 0) return undefined;
  const rest = faults.length - MOST;
  return faults.slice(0, MOST).join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}

/** A text of Kibana's `NonEmptyString`: something other than blanks. */
export const filled: Shape = (value, path) => {
  if (typeof value !== 'string') return expected('string', value, path);
  return value.trim() === '' ? at(path, 'No empty strings allowed') : [];
};

/** A date that can be read. */
export const date: Shape = (value, path) => {
  if (typeof value !== 'string') return expected('string', value, path);
  return /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)) ? [] : at(path, 'Invalid datetime');
};

/** The shape that the value of a member chooses. */
export const chosenBy =
  (key: string, shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (!isJsonObject(value)) return expected('object', value, path);
    const choice = own(value, key);
    if (typeof choice === 'string' && Object.hasOwn(shapes, choice)) return shapes[choice]?.(value, path) ?? [];
    const known = Object.keys(shapes)
      .map((one) => `'${one}'`)
      .join(' | ');
    return at(path === '' ? key : `${path}.${key}`, `Invalid discriminator value. Expected ${known}`);
  };

/** Any of the shapes; if none fits, the faults of all of them, as Kibana prints a union. */
export const union =
  (...shapes: readonly Shape[]): Shape =>
  (value, path) => {
    const faults: string[] = [];
    for (const shape of shapes) {
      const found = shape(value, path);
      if (found.length === 0) return [];
      faults.push(...found);
    }
    return faults;
  };

/** A text of a form that a function knows. */
export const like =
  (fits: (text: string) => boolean, message = 'Invalid'): Shape =>
  (value, path) =>
    typeof value !== 'string' ? expected('string', value, path) : fits(value) ? [] : at(path, message);
