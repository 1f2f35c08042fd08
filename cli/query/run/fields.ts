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
 * Whether a clause in `scope` can see a field: nested sub-fields live in hidden documents of their own, unless the mapping
 * copies them outward with include_in_root or include_in_parent.
 */
export function visible(field: Field, scope: Scope): boolean {
  const home = field.nestedPath ?? '';
  if (home === scope.path) return true;
  if (home === '' || field.type === 'nested') return false;
  if (scope.path === '' && field.includeInRoot === true) return true;
  return field.includeInParent === true && home.slice(0, Math.max(0, home.lastIndexOf('.'))).startsWith(scope.path);
}

/** The field that a name stands for, if a clause in `scope` can see it. */
export function searchable(name: string, { mapping }: RunContext, scope: Scope): Field | undefined {
  const field = fieldOf(name, mapping);
  return field !== undefined && visible(field, scope) ? field : undefined;
}

export const prefixOf = (scope: Scope): string => (scope.path === '' ? '' : `${scope.path}.`);
