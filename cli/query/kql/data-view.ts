import { familyOf } from '../../fields/merge-mappings.ts';
import type { Field, Mapping } from '../../fields/mapping.ts';
import { isNumeric } from '../../fields/numbers.ts';
import { compileWildcard } from '../../fields/patterns/wildcard.ts';

/** A field as Kibana's data view knows it. */
export interface DataViewField {
  readonly name: string;
  /** Kibana's type: `string`, `number`, `date`, `ip`, `boolean`, … */
  readonly type: string;
  /** Families of Elasticsearch types; two of them when indices disagree. */
  readonly esTypes?: readonly string[];
  readonly nestedPath?: string;
  readonly scripted?: boolean;
}

/** What KQL asks a data view. Undefined stands for "no data view" in the functions that take one. */
export interface DataView {
  readonly id?: string;
  /** The field of this exact name. */
  field(name: string): DataViewField | undefined;
  /** Fields that fit a pattern of literal pieces between stars. */
  matching(parts: readonly string[]): readonly DataViewField[];
}

const pattern = (parts: readonly string[]): string => parts.map((part) => part.replace(/[*?\\]/g, '\\$&')).join('*');

/** A data view from a list of fields. */
export function dataViewOf(fields: readonly DataViewField[], id?: string): DataView {
  return {
    ...(id === undefined ? {} : { id }),
    field: (name) => fields.find((field) => field.name === name),
    matching: (parts) => {
      const fits = compileWildcard(pattern(parts));
      return fields.filter((field) => fits(field.name));
    },
  };
}

const kibanaType = (field: Field): string => {
  const family = familyOf(field.type);
  if (family === 'keyword' || family === 'text') return 'string';
  if (isNumeric(field.type)) return 'number';
  return field.type === 'date_nanos' ? 'date' : family;
};

function toDataView(field: Field): DataViewField {
  return {
    name: field.name,
    type: field.conflictsWith === undefined ? kibanaType(field) : 'conflict',
    esTypes: [familyOf(field.type), ...(field.conflictsWith ?? []).map(familyOf)],
    ...(field.nestedPath === undefined ? {} : { nestedPath: field.nestedPath }),
  };
}

/** Containers and keys of flattened fields have no entry in field caps. */
const listed = (field: Field): boolean =>
  field.type !== 'object' && field.type !== 'nested' && field.flattenedRoot === undefined && field.disabled !== true;

/** The data view of a whole mapping, as Discover has it. */
export function dataViewFromMapping(mapping: Mapping): DataView {
  /** Field caps give an alias the type of its target. */
  const resolved = (field: Field): DataViewField | undefined => {
    const target = field.type === 'alias' ? mapping.field(field.aliasOf ?? '') : field;
    return target !== undefined && listed(target) ? toDataView({ ...target, name: field.name }) : undefined;
  };
  return {
    field(name) {
      const field = mapping.field(name);
      return field === undefined ? undefined : resolved(field);
    },
    matching: (parts) =>
      mapping
        .matching(pattern(parts))
        .map(resolved)
        .filter((field) => field !== undefined),
  };
}

/**
 * The data view that the detection engine converts a rule with: it holds only the fields that fit `names`, which are those of
 * the query text and of `filters[].meta.key`. What it does not hold has no type
 * (kibana: src/platform/plugins/shared/data/common/search/search_source/query_to_fields.ts).
 */
export function dataViewOfRule(mapping: Mapping, names: readonly string[]): DataView {
  const whole = dataViewFromMapping(mapping);
  const exact = new Set(names);
  const patterns = names.filter((name) => name.includes('*')).map((name) => compileWildcard(pattern(name.split('*'))));
  const holds = (name: string): boolean => exact.has(name) || patterns.some((fits) => fits(name));
  return {
    field: (name) => (holds(name) ? whole.field(name) : undefined),
    matching: (parts) => whole.matching(parts).filter((field) => holds(field.name)),
  };
}
