import type { Field, FieldType, Mapping } from '../../fields/mapping.ts';

/** A field as EQL uses it, or why it cannot. */
export type Resolved =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'unmapped' }
  | { readonly kind: 'unusable'; readonly field: Field; readonly message: string; readonly help?: string };

/** The mapping of constant expressions. */
export const NOTHING_MAPPED: Mapping = {
  field: () => undefined,
  matching: () => [],
  names: () => [],
  multiFields: () => [],
  analyzer: () => undefined,
  describe: () => [],
};

const USABLE = new Set<FieldType>([
  'keyword', 'constant_keyword', 'wildcard', 'text', 'match_only_text', 'long', 'integer', 'short', 'byte', 'unsigned_long',
  'double', 'float', 'half_float', 'scaled_float', 'boolean', 'ip', 'date', 'date_nanos', 'version',
]); // prettier-ignore

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

/** The field of a name, through an alias, if EQL can read it (elasticsearch: x-pack/plugin/ql/.../type/EsField.java). */
export function resolveField(mapping: Mapping, name: string): Resolved {
  let field = mapping.field(name);
  if (field?.type === 'alias' && field.aliasOf !== undefined) field = mapping.field(field.aliasOf);
  if (field === undefined) return { kind: 'unmapped' };
  if (field.type === 'nested')
    return { kind: 'unusable', field, message: `${name} is a nested field, which EQL cannot read` };
  if (field.nestedPath !== undefined)
    return {
      kind: 'unusable',
      field,
      message: `${name} lies inside the nested field ${field.nestedPath}, which EQL cannot read`,
    };
  if (field.type === 'object')
    return {
      kind: 'unusable',
      field,
      message: `${name} is an object, not a field`,
      help: `name one of the fields below it: ${name}.…`,
    };
  if (field.conflictsWith !== undefined)
    return {
      kind: 'unusable',
      field,
      message: `${name} is ${article(field.typeName)} in one index and ${article(field.conflictsWith.join(' or '))} in another`,
      help: 'narrow the index patterns of the rule',
    };
  if (field.refusal !== undefined)
    return {
      kind: 'unusable',
      field,
      message: `${name} is ${article(field.typeName)}, which cannot be run offline yet`,
      help: `do not use it here: ${field.refusal}`,
    };
  if (!USABLE.has(field.type))
    return { kind: 'unusable', field, message: `${name} is ${article(field.typeName)}, a type that EQL cannot use` };
  return { kind: 'field', field };
}

/**
 * The field that holds exact values: itself, or for text its one keyword sub-field. Needed by `==`, `in`, patterns,
 * functions and join keys.
 */
export function exactField(mapping: Mapping, field: Field): Resolved {
  if (field.normalizer !== undefined)
    return {
      kind: 'unusable',
      field,
      message: `${field.name} is a keyword with a normalizer, which EQL does not compare exactly`,
      help: 'use the field it belongs to',
    };
  if (field.type !== 'text' && field.type !== 'match_only_text') return { kind: 'field', field };
  const exact = mapping
    .multiFields(field.name)
    .filter((one) => one.type === 'keyword' || one.type === 'wildcard' || one.type === 'constant_keyword');
  const plain = exact.filter((one) => one.normalizer === undefined);
  const parent = field.multiFieldOf === undefined ? undefined : mapping.field(field.multiFieldOf);
  const [only] = plain;
  if (plain.length === 1 && exact.length === 1 && only !== undefined) return { kind: 'field', field: only };
  if (exact.length > 1)
    return {
      kind: 'unusable',
      field,
      message: `${field.name} is text with more than one keyword sub-field`,
      help: `name one of them: ${exact.map((one) => one.name).join(', ')}`,
    };
  if (only === undefined && exact.length === 1)
    return {
      kind: 'unusable',
      field,
      message: `the only keyword sub-field of ${field.name} has a normalizer, which EQL does not compare exactly`,
    };
  return {
    kind: 'unusable',
    field,
    message: `${field.name} is text without a keyword sub-field, so EQL has nothing exact to compare`,
    help:
      parent?.type === 'keyword' || parent?.type === 'wildcard'
        ? `use ${parent.name}`
        : 'use a keyword field, or search the text in a KQL rule',
  };
}
