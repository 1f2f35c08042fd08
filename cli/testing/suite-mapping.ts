import { mappingFromElasticsearch, typeOf } from '../fields/elasticsearch-mapping.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { suggest } from '../text/suggest.ts';

/** Types that a suite is likely to declare; for suggestions. */
const TYPES = [
  'keyword', 'text', 'match_only_text', 'wildcard', 'constant_keyword', 'long', 'integer', 'short', 'byte', 'unsigned_long',
  'double', 'float', 'half_float', 'scaled_float', 'boolean', 'ip', 'date', 'date_nanos', 'version', 'flattened', 'object', 'nested',
] as const; // prettier-ignore

export interface MappingFault {
  /** Path below `[mapping] fields`. */
  readonly pointer: readonly string[];
  readonly message: string;
  readonly label?: string;
  readonly why?: string;
  readonly help: string;
}

export interface DeclaredFields {
  /** `properties` of an Elasticsearch mapping. */
  readonly properties: JsonObject;
  readonly faults: readonly MappingFault[];
}

/** Fields as a suite declares them: `"a.b" = "keyword"`, `"a.b" = { type = "keyword", … }`, and both as sub-tables. */
export function declaredFields(written: JsonObject): DeclaredFields {
  const properties: [string, Json][] = [];
  const faults: MappingFault[] = [];
  const walk = (value: JsonObject, pointer: readonly string[]): void => {
    for (const [key, inner] of Object.entries(value)) {
      const here = [...pointer, key];
      const name = here.join('.');
      const type = isJsonObject(inner) ? own(inner, 'type') : inner;
      if (isJsonObject(inner) && typeof type !== 'string') walk(inner, here);
      else if (typeof type !== 'string')
        faults.push({
          pointer: here,
          message: `the type of ${name} has to be text`,
          help: `write "${name}" = "keyword"`,
        });
      else {
        const meant = suggest(type, TYPES);
        if (!isType(type))
          faults.push({
            pointer: here,
            message: `${name} cannot be of type ${type}`,
            ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
            help: `the types are ${TYPES.join(', ')}`,
          });
        const body = isJsonObject(inner) ? inner : { type };
        if (isType(type)) faults.push(...faultsOf({ [name]: body }, here));
        properties.push([name, body]);
      }
    }
  };
  walk(written, []);
  const all = Object.fromEntries(properties);
  // What each field says by itself may still not go together
  if (faults.length === 0) faults.push(...faultsOf(all, []));
  return { properties: all, faults };
}

/** What Elasticsearch would refuse of these fields. */
function faultsOf(properties: JsonObject, pointer: readonly string[]): readonly MappingFault[] {
  try {
    mappingFromElasticsearch({ properties }, undefined, { partial: true });
    return [];
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    const {
      message,
      why = 'Elasticsearch refuses such a mapping',
      help = 'docs/mappings.md lists what each type takes',
    } = error;
    return [{ pointer, message, why, help }];
  }
}

const isType = (type: string): boolean => typeOf(type) !== 'unsupported';
