import { isJsonObject, own, type Json } from '../text/json.ts';
import { ClosedMapping } from './closed-mapping.ts';
import { typeOf } from './elasticsearch-mapping.ts';
import type { Field, Mapping } from './mapping.ts';
import { familyOf } from './merge-mappings.ts';

const CONTAINERS = new Set(['object', 'nested']);

/** Types of a name in an answer of `_field_caps`, without those of metadata fields and of indices that lack it. */
function typesOf(body: Json | undefined): readonly string[] {
  if (!isJsonObject(body)) return [];
  return Object.entries(body).flatMap(([type, one]) =>
    type === 'unmapped' || (isJsonObject(one) && own(one, 'metadata_field') === true) ? [] : [type],
  );
}

/**
 * A mapping with what other searched indices know beside those of `known`, from the `fields` of an answer of `_field_caps`
 * over all of them: names that `known` does not have, and types of another family, in which an index may hold no event and
 * still make a search fail. Field caps say no more of a field than its type; a name that is only there has no normalizer,
 * analyzer or `ignore_above` here.
 */
export function withFieldCaps(known: Mapping, fields: Json): Mapping {
  if (!isJsonObject(fields)) return known;
  const all = new Map<string, Field>();
  for (const name of known.names()) {
    const field = known.field(name);
    if (field !== undefined) all.set(name, field);
  }
  for (const [name, body] of Object.entries(fields)) {
    const types = typesOf(body);
    const there = known.field(name) ?? newField(name, types);
    if (there === undefined) continue;
    // Field caps give an alias the type of its target, and a type that is not run here perhaps that of its family.
    const target = there.aliasOf === undefined ? there : known.field(there.aliasOf);
    if (target === undefined || target.type === 'unsupported') {
      all.set(name, there);
      continue;
    }
    const families = new Set([familyOf(target.type), ...(there.conflictsWith ?? []).map(familyOf)]);
    const others = types.map(typeOf).filter((type) => !families.has(familyOf(type)) && !CONTAINERS.has(type));
    const conflicts = [...(there.conflictsWith ?? []), ...others];
    all.set(
      name,
      conflicts.length === 0 || CONTAINERS.has(there.type) ? there : { ...there, conflictsWith: conflicts },
    );
  }
  for (const name of [...all.keys()])
    for (let at = name.indexOf('.'); at > 0; at = name.indexOf('.', at + 1)) {
      const parent = name.slice(0, at);
      if (all.has(parent)) continue;
      all.set(parent, known.field(parent) ?? { name: parent, type: 'object', typeName: 'object' });
    }
  return new ClosedMapping(all, (name) => known.analyzer(name), known.options);
}

function newField(name: string, types: readonly string[]): Field | undefined {
  const [first] = types;
  return first === undefined ? undefined : { name, type: typeOf(first), typeName: first };
}
