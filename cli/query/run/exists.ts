import type { Field } from '../../fields/mapping.ts';
import { fitsIndexName } from '../../fields/patterns/index-pattern.ts';
import { compileGetters } from '../../fields/values/getter.ts';
import { compileReader, sourcePaths } from '../../fields/values/indexed.ts';
import type { Exists } from '../algebra/query.ts';
import { QueryFailure, Unsupported } from '../failure.ts';
import { always, never, type RunContext, type Scope, type Test } from './context.ts';
import { prefixOf, visible } from './fields.ts';

/**
 * Fields that every index has beside those of its mapping, and what asking for them comes to (elasticsearch: existsQuery of the
 * metadata mappers). Patterns meet them too: `*n` fits `_version`.
 */
const METADATA: ReadonlyMap<string, 'every' | 'none' | 'refused' | 'unknown'> = new Map([
  ['_id', 'every'], ['_index', 'every'], ['_index_mode', 'every'], ['_seq_no', 'every'], ['_version', 'every'],
  ['_routing', 'none'], ['_ignored_source', 'none'], ['_ignored', 'unknown'],
  ['_data_stream_timestamp', 'refused'], ['_doc_count', 'refused'], ['_field_names', 'refused'],
  ['_nested_path', 'refused'], ['_source', 'refused'],
]); // prettier-ignore

/** What a name or pattern stands for in an index. */
interface Existing {
  /** Aliases as their targets. */
  readonly fields: readonly Field[];
  readonly metadata: readonly string[];
}

/**
 * The fields that an exists clause asks for: the one of this name, those that fit a pattern, else those below the name (an
 * object) (elasticsearch:server/src/main/java/org/elasticsearch/index/query/ExistsQueryBuilder.java getMappedFields).
 */
export function existing(name: string, { mapping }: RunContext): Existing {
  const target = (field: Field): Field | undefined =>
    field.type === 'alias' ? mapping.field(field.aliasOf ?? '') : field;
  const fitting = (pattern: string): Existing => ({
    fields: mapping.matching(pattern).flatMap((field) => (field.disabled === true ? [] : (target(field) ?? []))),
    metadata: [...METADATA.keys()].filter((one) => fitsIndexName(pattern, one)),
  });
  if (name.includes('*')) {
    const found = fitting(name);
    if (found.fields.length + found.metadata.length > 0) return found;
  } else if (METADATA.has(name)) return { fields: [], metadata: [name] };
  else {
    const field = mapping.field(name);
    const found = field === undefined || field.disabled === true ? undefined : target(field);
    if (found !== undefined && found.type !== 'object' && found.type !== 'nested')
      return { fields: [found], metadata: [] };
  }
  return fitting(`${name}.*`);
}

/** Whether an index has any field that an exists clause could be about. */
export function mayExist(name: string, context: RunContext): boolean {
  const { fields, metadata } = existing(name, context);
  return fields.length + metadata.length > 0;
}

/** True when a field has at least one indexed value; nested objects never exist for the document around them. */
export function compileExists({ field: name, span }: Exists, context: RunContext, scope: Scope): Test {
  const { fields, metadata } = existing(name, context);
  refuseMetadata(metadata, name, span);
  const tests = fields
    .map((field) => [field, existsTest(field, scope, span)] as const)
    .filter(([field, test]) => test !== never && visible(field, scope, context.mapping))
    .map(([, test]) => test);
  if (metadata.some((one) => METADATA.get(one) === 'every')) return always;
  if (metadata.includes('_ignored'))
    throw new Unsupported('whether _ignored exists', {
      span,
      why: 'Elasticsearch keeps it of each document, and events do not hold it',
    });
  const [only] = tests;
  if (only === undefined) return never;
  return tests.length === 1 ? only : (source, event) => tests.some((test) => test(source, event));
}

function refuseMetadata(metadata: readonly string[], name: string, span: Exists['span']): void {
  const refused = metadata.find((one) => METADATA.get(one) === 'refused');
  if (refused === undefined) return;
  throw new QueryFailure(`whether ${refused} exists cannot be asked`, {
    span,
    why: `${refused === name ? '' : `${name} fits it, and `}Elasticsearch refuses the search`,
    help: 'name the fields that are meant',
  });
}

function existsTest(field: Field, scope: Scope, span: Exists['span']): Test {
  if (!leavesTrace(field)) return never;
  if (field.type === 'constant_keyword' && field.constants === undefined)
    return field.constant === undefined ? never : always;
  if (field.refusal !== undefined || field.type === 'unsupported')
    throw new Unsupported(`whether ${field.name} (${field.typeName}) exists`, {
      span,
      why: field.refusal ?? `what a field of type ${field.typeName} keeps of a value is not read here`,
    });
  if (field.type === 'flattened' && field.flattenedRoot === undefined && field.docValues === false)
    return compileObjects(field, prefixOf(scope));
  const read = compileReader(field, prefixOf(scope));
  return (source, event) => read(source, event).length > 0;
}

/**
 * Without doc values the name of a flattened field is noted of each object, empty ones included
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/flattened/FlattenedFieldMapper.java parseCreateField).
 */
function compileObjects(field: Field, prefix: string): Test {
  const objects = compileGetters(sourcePaths(field, prefix), { objects: true });
  return (source) => objects(source).length > 0;
}

/**
 * Whether the index keeps anything of a value: doc values, an index, or the value itself. A field whose mapping has norms is looked
 * for in them, which there are none of without an index. A key of a flattened field is found by
 * its terms alone (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/MappedFieldType.java existsQuery).
 */
function leavesTrace({ type, indexed, docValues, store, norms, flattenedRoot }: Field): boolean {
  if (type === 'binary') return docValues === true || store === true;
  if (indexed !== false) return true;
  const isText = type === 'text' || type === 'match_only_text';
  if (docValues !== false && !isText && flattenedRoot === undefined) return true;
  return store === true && !(norms ?? type === 'text');
}
