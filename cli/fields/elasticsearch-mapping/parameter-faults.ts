import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { dateReader } from '../dates/formats.ts';
import type { Field } from '../mapping.ts';
import { number } from './values.ts';

const DATES = new Set<Field['type']>(['date', 'date_nanos', 'date_range']);

/** What Elasticsearch refuses of a date format; what is not read here is told where it is used. Undefined: nothing. */
export function formatFault(format: string): string | undefined {
  const reader = dateReader(format, 'en');
  return 'fault' in reader && !reader.unsupported
    ? `has a date format that cannot be read: ${reader.fault}`
    : undefined;
}

/** elasticsearch: TextFieldMapper.java PrefixConfig, parsePrefixConfig */
function prefixesFault(value: Json | undefined): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const unknown = Object.keys(value).find((key) => key !== 'min_chars' && key !== 'max_chars');
  if (unknown !== undefined) return `has an unknown parameter "${unknown}" in index_prefixes`;
  const least = number(own(value, 'min_chars')) ?? 2;
  const most = number(own(value, 'max_chars')) ?? 5;
  if (least < 1 || most < least || most >= 20)
    return `has index_prefixes of ${least} to ${most} characters: they lie between 1 and 19`;
  return undefined;
}

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/TypeParsers.java parseMeta */
function metaFault(value: Json | undefined): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > 5) return 'has more than 5 entries in meta';
  const wrong = entries.find(([key, one]) => key.length > 20 || typeof one !== 'string' || one.length > 50);
  return wrong === undefined ? undefined : `has an entry "${wrong[0].slice(0, 40)}" in meta that is not a text of at most 50 characters under a name of at most 20`; // prettier-ignore
}

/** Similarities that an index has without settings. */
const SIMILARITIES = new Set(['BM25', 'boolean']);

function similarityFault(value: Json | undefined, settings: ReadonlyMap<string, Json>): string | undefined {
  if (typeof value !== 'string' || SIMILARITIES.has(value) || settings.has(`index.similarity.${value}.type`))
    return undefined;
  return `has the unknown similarity ${value}`;
}

/** What is wrong with values that are read for nothing else; undefined: nothing. */
export function parameterFault(
  field: Field,
  body: JsonObject,
  settings: ReadonlyMap<string, Json>,
): string | undefined {
  return (
    (DATES.has(field.type) && field.format !== undefined ? formatFault(field.format) : undefined) ??
    prefixesFault(own(body, 'index_prefixes')) ??
    metaFault(own(body, 'meta')) ??
    similarityFault(own(body, 'similarity'), settings)
  );
}
