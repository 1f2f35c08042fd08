import type { Field } from '../../fields/mapping.ts';
import { compileReader } from '../../fields/values/indexed.ts';
import { compileGetter } from '../../fields/values/getter.ts';
import type { Exists } from '../algebra/query.ts';
import { always, never, type RunContext, type Scope, type Test } from './context.ts';
import { Unsupported } from '../failure.ts';
import { prefixOf, visible } from './leaf/leaf.ts';

/**
 * True when a field has at least one indexed value. A pattern means any field that fits; an object means any field below
 * it; nested objects never exist for the document around them.
 */
export function compileExists({ field: name, span }: Exists, context: RunContext, scope: Scope): Test {
  if (name === '_id' || name === '_index') return always;
  const fields = fieldsOf(name, context).filter((field) => visible(field, scope));
  const tests = fields.map((field) => existsTest(field, scope, span)).filter((test) => test !== never);
  if (tests.length === 0) return never;
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (source, event) => tests.some((test) => test(source, event));
}

function fieldsOf(name: string, context: RunContext): readonly Field[] {
  const { mapping } = context;
  const field = mapping.field(name);
  if (field?.type === 'alias' && field.aliasOf !== undefined) return fieldsOf(field.aliasOf, context);
  if (field !== undefined && field.type !== 'object' && field.type !== 'nested') return [field];
  return name.includes('*') ? mapping.matching(name) : mapping.matching(`${name}.*`);
}

function existsTest(field: Field, scope: Scope, span: Exists['span']): Test {
  if (field.disabled === true) return never;
  // Texts have no doc values: one without an index leaves nothing to be found.
  const isText = field.type === 'text' || field.type === 'match_only_text';
  if (field.indexed === false && (field.docValues === false || isText)) return never;
  if (field.type === 'constant_keyword') return field.constant === undefined ? never : always;
  if (field.refusal !== undefined)
    throw new Unsupported(`whether ${field.name} (${field.typeName}) exists`, { span, why: field.refusal });
  if (field.type === 'flattened' && field.flattenedRoot !== undefined) return flattenedKeyExists(field, scope);
  const read = compileReader(field, prefixOf(scope));
  if (isOpaque(field)) {
    const get = compileGetter(field.name.slice(prefixOf(scope).length));
    const objects = compileGetter(field.name.slice(prefixOf(scope).length), { objects: true });
    return (source) => get(source).some((value) => value !== null) || objects(source).length > 0;
  }
  return (source, event) => read(source, event).length > 0;
}

/** Types whose values are not read as scalars, such as ranges and shapes: whatever is there counts. */
const isOpaque = ({ type }: Field): boolean =>
  type.endsWith('_range') ||
  type.startsWith('geo_') ||
  type === 'histogram' ||
  type === 'binary' ||
  type === 'unsupported';

/** `root.key` exists when the key, or anything below it, has a value. */
function flattenedKeyExists(field: Field, scope: Scope): Test {
  const path = field.name.slice(prefixOf(scope).length);
  const read = compileReader(field, prefixOf(scope));
  const objects = compileGetter(path, { objects: true });
  return (source) =>
    read(source).length > 0 || objects(source).some((object) => object !== null && Object.keys(object).length > 0);
}
