import { compileStars } from '../../patterns/wildcard.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import type { Kind } from './kind.ts';

/** A name that no field of the index has, and what kind of value a document brings there. */
export interface NewName {
  readonly path: string;
  /** The last part of it. */
  readonly name: string;
  readonly kind: Kind;
}

/** What a dynamic template makes of a name: the body of a field, or of a runtime field. */
export interface Template {
  readonly body: JsonObject;
  readonly runtime: boolean;
}

const texts = (body: JsonObject, key: string): readonly string[] | undefined => {
  const value = own(body, key);
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter((one) => typeof one === 'string');
};

/** Types that `{dynamic_type}` stands for in a field, and in a runtime field. */
const TYPES: Readonly<Record<Kind, readonly [field: string, runtime: string]>> = {
  object: ['object', 'object'],
  string: ['text', 'keyword'],
  long: ['long', 'long'],
  double: ['float', 'double'],
  boolean: ['boolean', 'boolean'],
  date: ['date', 'date'],
};

export const typeOf = (kind: Kind, runtime: boolean): string => TYPES[kind][runtime ? 1 : 0];

/**
 * The first dynamic template that fits a name. Runtime fields are made of values only
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/DynamicTemplate.java match, mappingForName).
 */
export function templateFor(templates: readonly Json[], wanted: NewName): Template | undefined {
  for (const one of templates) {
    const [body] = isJsonObject(one) ? Object.values(one) : [];
    if (!isJsonObject(body) || !fits(body, wanted)) continue;
    const runtime = own(body, 'runtime');
    if (runtime !== undefined && wanted.kind === 'object') continue;
    const written = own(body, runtime === undefined ? 'mapping' : 'runtime');
    const type = typeOf(wanted.kind, runtime !== undefined);
    const made: JsonObject = { type, ...(isJsonObject(written) ? filled(written, wanted.name, type) : {}) };
    return { runtime: runtime !== undefined, body: own(made, 'type') === 'object' ? ofObject(made) : made };
  }
  return undefined;
}

/** A template for every kind of value may have parameters that objects do not know; they are dropped. */
const ofObject = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([key]) => OBJECT_PARAMETERS.has(key)));
const OBJECT_PARAMETERS = new Set(['type', 'properties', 'dynamic', 'enabled', 'subobjects']);

function fits(template: JsonObject, { path, name, kind }: NewName): boolean {
  const kinds = texts(template, 'match_mapping_type');
  if (kinds !== undefined && !kinds.includes('*') && !kinds.includes(kind)) return false;
  if (texts(template, 'unmatch_mapping_type')?.some((one) => one === kind || one === '*') === true) return false;
  const any = (key: string, text: string): boolean | undefined =>
    texts(template, key)?.some((pattern) => compilePattern(template, pattern)(text));
  return (
    any('match', name) !== false &&
    any('unmatch', name) !== true &&
    any('path_match', path) !== false &&
    any('path_unmatch', path) !== true
  );
}

function compilePattern(template: JsonObject, pattern: string): (text: string) => boolean {
  if (own(template, 'match_pattern') === 'regex')
    throw new KnownError(`the regular expression ${pattern} of a dynamic template cannot be run offline`, {
      why: 'what becomes of a name that no field has depends on it',
      help: 'map the fields that the events bring, or write the pattern with stars',
    });
  return compileStars(pattern);
}

/** The body of a template for one name: `{name}` and `{dynamic_type}` stand in keys and texts. */
function filled(body: JsonObject, name: string, type: string): JsonObject {
  const text = (one: string): string => one.replaceAll('{name}', name).replaceAll('{dynamic_type}', type).replaceAll('{dynamicType}', type); // prettier-ignore
  const value = (one: Json): Json =>
    typeof one === 'string'
      ? text(one)
      : Array.isArray(one)
        ? (one as readonly Json[]).map(value)
        : isJsonObject(one)
          ? Object.fromEntries(Object.entries(one).map(([key, inner]) => [text(key), value(inner)]))
          : one;
  return Object.fromEntries(Object.entries(body).map(([key, inner]) => [text(key), value(inner)]));
}
