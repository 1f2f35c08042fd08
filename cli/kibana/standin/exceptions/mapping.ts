import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { RouteError } from '../route.ts';
import { list as elements, objects } from '../values.ts';

/**
 * What Elasticsearch refuses of an exception list or item because of how Kibana maps them
 * (kibana:x-pack/solutions/security/plugins/lists/server/saved_objects/exception_list.ts): all texts are `keyword` without
 * `ignore_above`, and so is `meta`, although the routes ask for an object there. The client of saved objects makes a 400 of it,
 * and the routes (`transformError`) hand that on with the reason of Elasticsearch as their message.
 */

/** Bytes of one term (lucene: IndexWriter.MAX_TERM_LENGTH). */
const TERM = 32_766;

const TEXTS = ['name', 'description', 'list_id', 'item_id', 'tags', 'os_types'] as const;
const CONDITION = ['field', 'value'] as const;

const immense = (value: Json): boolean => typeof value === 'string' && Buffer.byteLength(value) > TERM;

const valuesOf = (object: JsonObject, key: string): readonly Json[] => {
  const value = own(object, key);
  return value === undefined ? [] : Array.isArray(value) ? elements(value) : [value];
};

/** The field with a term that is too long. */
function longField(document: JsonObject): string | undefined {
  const text = TEXTS.find((key) => valuesOf(document, key).some(immense));
  if (text !== undefined) return text;
  if (objects(own(document, 'comments')).some((one) => valuesOf(one, 'comment').some(immense)))
    return 'comments.comment';
  const within = (conditions: readonly JsonObject[], path: string): string | undefined => {
    for (const one of conditions) {
      const key = CONDITION.find((name) => valuesOf(one, name).some(immense));
      if (key !== undefined) return `${path}.${key}`;
      const inner = within(objects(own(one, 'entries')), `${path}.entries`);
      if (inner !== undefined) return inner;
    }
    return undefined;
  };
  return within(objects(own(document, 'entries')), 'entries');
}

/** Why Elasticsearch would not store the document; undefined: it would. */
export function mappingFault(document: JsonObject): string | undefined {
  if (isJsonObject(own(document, 'meta')))
    return "failed to parse field [exception-list.meta] of type [keyword]: Can't get text on a START_OBJECT";
  const field = longField(document);
  if (field === undefined) return undefined;
  return `Document contains at least one immense term in field="exception-list.${field}" (whose UTF8 encoding is longer than the max length ${TERM}), all of which were skipped. Please correct the analyzer to not produce such terms.`;
}

/** Throws what a route answers for a document that cannot be stored. */
export function checkMapping(document: JsonObject): void {
  const fault = mappingFault(document);
  if (fault !== undefined) throw new RouteError(400, fault);
}
