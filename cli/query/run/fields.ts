import type { Field, Mapping } from '../../fields/mapping.ts';
import type { RunContext, Scope } from './context.ts';

/** The field that a clause on a name compares with: an alias is its target; objects, and what is not indexed, count as unmapped. */
export function fieldOf(name: string, mapping: Mapping): Field | undefined {
  let field = mapping.field(name);
  if (field?.type === 'alias' && field.aliasOf !== undefined) field = mapping.field(field.aliasOf);
  return field === undefined || field.type === 'object' || field.type === 'nested' || field.disabled === true
    ? undefined
    : field;
}

/**
 * Whether a clause in `scope` can see a field: nested sub-fields live in hidden documents of their own, unless the mapping copies
 * them outward with include_in_root, or with include_in_parent step by step.
 */
export const visible = (field: Field, scope: Scope, mapping: Mapping): boolean =>
  (field.nestedPath ?? '') === scope.path || (field.type !== 'nested' && copiedTo(scope.path, field, mapping));

/** Whether the nested object around a field is copied to the document of a path; of copies it is copied further. */
function copiedTo(path: string, { nestedPath, includeInRoot, includeInParent }: Field, mapping: Mapping): boolean {
  if (nestedPath === undefined) return false;
  if (path === '' && includeInRoot === true) return true;
  const around = includeInParent === true ? mapping.field(nestedPath) : undefined;
  if (around === undefined) return false;
  return (around.nestedPath ?? '') === path || copiedTo(path, around, mapping);
}

/** The field that a name stands for, if a clause in `scope` can see it. */
export function searchable(name: string, { mapping }: RunContext, scope: Scope): Field | undefined {
  const field = fieldOf(name, mapping);
  return field !== undefined && visible(field, scope, mapping) ? field : undefined;
}

export const prefixOf = (scope: Scope): string => (scope.path === '' ? '' : `${scope.path}.`);
