import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { list, object, text } from '../json.ts';

/** Members by which the members of a union are told apart. */
const TAGS = ['type', 'action', 'action_type_id'];

/** The value at a `#/…` pointer of the document. */
export function resolved(document: JsonObject, schema: JsonObject): JsonObject {
  let at = schema;
  for (let hops = 0; hops < 20; hops++) {
    const reference = own(at, '$ref');
    if (typeof reference !== 'string') return at;
    let found: Json | undefined = document;
    for (const step of reference.replace(/^#\//, '').split('/'))
      found = isJsonObject(found) ? own(found, step.replace(/~1/g, '/').replace(/~0/g, '~')) : undefined;
    if (!isJsonObject(found)) throw new Error(`the contract refers to ${reference}, which is not there`);
    at = found;
  }
  throw new Error('the contract refers in a circle');
}

/** The one value that a required member must have in this schema; undefined if it is not one. */
function tagOf(document: JsonObject, written: Json, tag: string, depth = 0): string | undefined {
  if (depth > 8) return undefined;
  const schema = resolved(document, object(written));
  const inParts = list(own(schema, 'allOf'))
    .map((part) => tagOf(document, part, tag, depth + 1))
    .find((one) => one !== undefined);
  if (inParts !== undefined) return inParts;
  const member = own(object(own(schema, 'properties')), tag);
  if (member === undefined || !list(own(schema, 'required')).includes(tag)) return undefined;
  const [value, ...more] = list(own(resolved(document, object(member)), 'enum'));
  return more.length === 0 && typeof value === 'string' ? value : undefined;
}

/**
 * A union whose members are told apart by a tag, as a choice by it: the same values pass, and what is wrong is told for the
 * one member that is meant.
 */
function choice(
  document: JsonObject,
  members: readonly Json[],
  convert: (value: Json) => Json,
): JsonObject | undefined {
  if (members.length < 2) return undefined;
  for (const tag of TAGS) {
    const values = members.map((member) => tagOf(document, member, tag));
    if (values.some((value) => value === undefined) || new Set(values).size < values.length) continue;
    const known = values.map(text);
    return {
      allOf: [
        { type: 'object', required: [tag], properties: { [tag]: { enum: known } } },
        ...members.map((member, at) => ({
          if: { type: 'object', required: [tag], properties: { [tag]: { const: known[at] ?? '' } } },
          then: convert(member),
        })),
      ],
    };
  }
  return undefined;
}

/** The OpenAPI 3.0 document with JSON Schemas in it: `nullable` and tagged unions are choices. */
export function withJsonSchemas(document: JsonObject): JsonObject {
  const convert = (value: Json): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map(convert);
    if (!isJsonObject(value)) return value;
    if (value['nullable'] === true) {
      const { nullable: _, ...rest } = value;
      return { if: { not: { type: 'null' } }, then: convert(rest) };
    }
    for (const kind of ['anyOf', 'oneOf']) {
      const { [kind]: members, discriminator: _, ...rest } = value;
      const chosen = Array.isArray(members) ? choice(document, members as readonly Json[], convert) : undefined;
      if (chosen !== undefined) return { allOf: [convert(rest), chosen] };
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, convert(one)]));
  };
  return object(convert(document));
}
