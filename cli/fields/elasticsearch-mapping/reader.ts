import { isBlank } from '../documents/names.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { didYouMean } from '../../text/suggest.ts';
import type { Analysis } from '../analysis/settings.ts';
import type { Field } from '../mapping.ts';
import { isMetadataField } from '../metadata-fields.ts';
import { malformed } from './faults.ts';
import { makeField, type Above } from './field.ts';
import { REFUSED_RUNTIME_TYPES, RUNTIME_TYPES } from './runtime-types.ts';
import { flag, number, present } from './values.ts';

/** Objects inside each other, at most, where the settings name no limit of their own. */
const MAX_DEPTH = 100;

/** Types that a multi-field cannot have (elasticsearch: TypeParsers.java parseMultiField). */
const NO_MULTI_FIELD = new Set(['object', 'nested', 'passthrough', 'alias']);

const isContainer = ({ type }: Field): boolean => type === 'object' || type === 'nested';
const BOTH = 'is a value and an object at once';

/** What multi-fields of a field hold where it is not the value of the source; undefined: it is. */
function otherValues({ type, docValues, store }: Field): string | undefined {
  if (type === 'geo_point') return 'it holds the geohashes of the points';
  return type === 'binary' && (docValues === true || store === true) ? 'the bytes are read before it' : undefined;
}

export interface ReaderContext {
  readonly analysis: Analysis;
  readonly settings: ReadonlyMap<string, Json>;
  readonly depthLimit?: number | undefined;
  readonly fieldNameLengthLimit?: number | undefined;
  readonly accepted: boolean;
  readonly stack?: string | undefined;
}

/** Reads the body of a mapping. Throws a KnownError that names the field for what Elasticsearch would refuse as well. */
export class Reader {
  readonly fields = new Map<string, Field>();
  readonly #passthrough: { readonly name: string; readonly priority: number }[] = [];
  readonly #context: ReaderContext;
  readonly #make: ReturnType<typeof makeField>;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#make = makeField(context);
  }

  properties(properties: Json | undefined, prefix: string, above: Above, depth = 1): void {
    if (properties === undefined || (Array.isArray(properties) && properties.length === 0)) return;
    const owner = prefix.slice(0, -1);
    if (!isJsonObject(properties)) throw new KnownError(`"properties" of ${owner || 'the mapping'} is not an object`);
    const limit = this.#context.depthLimit ?? MAX_DEPTH;
    if (depth > limit) throw malformed(owner.slice(0, 60), `lies more than ${limit} objects deep`);
    for (const [key, body] of Object.entries(properties)) {
      const name = prefix + key;
      if (!isJsonObject(body)) throw malformed(name, 'is not an object', { help: 'write { "type": "keyword" }' });
      this.#checkName(name, key);
      this.#parents(name, above);
      this.#property(name, body, above, depth);
    }
  }

  #property(name: string, body: JsonObject, above: Above, depth: number): void {
    const field = this.#make(name, body, above);
    const flat = above.subobjects === false;
    if (flat && field.type === 'nested') throw malformed(name, 'is nested below an object without subobjects');
    const before = this.fields.get(name);
    if (before !== undefined && isContainer(before) !== isContainer(field) && !flat) throw malformed(name, BOTH);
    // `subobjects: false` lets a value stand at `a` beside `a.b`
    if (!(field.type === 'object' && before !== undefined)) this.fields.set(name, field);
    if (field.typeName === 'passthrough') {
      const priority = number(own(body, 'priority')) ?? 0;
      const rival = this.#passthrough.find((one) => one.priority === priority && one.name !== name);
      if (rival !== undefined) throw malformed(name, `has the same priority ${priority} as ${rival.name}`);
      this.#passthrough.push({ name, priority });
    }
    if (field.type === 'object' || field.type === 'nested') {
      const below: Above =
        field.type === 'nested'
          ? present({
              nestedPath: name,
              includeInParent: flag(own(body, 'include_in_parent')),
              includeInRoot: flag(own(body, 'include_in_root')),
              disabled: field.disabled,
            })
          : present({ ...above, subobjects: flat ? false : field.subobjects, disabled: field.disabled });
      this.properties(own(body, 'properties'), `${name}.`, below, depth + 1);
    } else if (field.type !== 'constant_keyword') this.#multiFields(name, own(body, 'fields'), above);
  }

  #checkName(name: string, key: string): void {
    const parts = key.replace(/\.+$/, '').split('.');
    if (parts.some((part) => isBlank(part))) throw malformed(name, 'has a name with an empty part');
    const limit = this.#context.fieldNameLengthLimit ?? Infinity;
    const long = parts.find((part) => part.length > limit);
    if (long !== undefined) throw malformed(name, `has a name of more than ${limit} characters`);
    if (isMetadataField(name)) throw malformed(name, 'has the name of a metadata field');
  }

  #multiFields(name: string, fields: Json | undefined, above: Above): void {
    if (fields === undefined || (Array.isArray(fields) && fields.length === 0)) return;
    if (!isJsonObject(fields)) throw malformed(name, 'has "fields" that are not an object');
    for (const [sub, body] of Object.entries(fields)) {
      const full = `${name}.${sub}`;
      if (!isJsonObject(body)) throw malformed(full, 'is not an object');
      const type = own(body, 'type');
      if (sub.includes('.')) throw malformed(full, 'is a multi-field with a dot in its name');
      if (type === undefined) throw malformed(full, 'is a multi-field without a type');
      if (typeof type === 'string' && NO_MULTI_FIELD.has(type))
        throw malformed(full, `is a multi-field of type ${type}`);
      const more = ['fields', 'copy_to'].find((one) => own(body, one) !== undefined);
      if (more !== undefined) throw malformed(full, `is a multi-field with ${more}`);
      const made = this.#make(full, body, above, name);
      const parent = this.fields.get(name);
      const refusal = parent === undefined ? undefined : otherValues(parent);
      this.fields.set(
        full,
        parent === undefined || refusal === undefined
          ? made
          : {
              ...made,
              type: 'unsupported',
              typeName: `${made.typeName} below a ${parent.typeName}`,
              refusal,
              searchedByDefault: true,
            },
      );
    }
  }

  /** A mapping may write `"a.b": {…}`: the objects above exist all the same. */
  #parents(name: string, above: Above): void {
    const { subobjects, ...inherited } = above;
    for (let at = name.indexOf('.'); at > 0; at = name.indexOf('.', at + 1)) {
      const parent = name.slice(0, at);
      const known = this.fields.get(parent);
      if (known !== undefined && !isContainer(known) && subobjects !== false) throw malformed(parent, BOTH);
      if (known === undefined)
        this.fields.set(parent, { name: parent, type: 'object', typeName: 'object', ...inherited });
    }
  }

  /** Runtime fields without a script read the source; those with one cannot be run here. */
  runtime(runtime: Json | undefined): void {
    if (runtime === undefined) return;
    if (!isJsonObject(runtime)) throw new KnownError('"runtime" of the mapping is not an object');
    for (const [name, body] of Object.entries(runtime)) {
      // A runtime field that is null is taken away
      if (body === null) continue;
      if (!isJsonObject(body)) throw malformed(name, 'is not an object');
      const shadowed = this.fields.get(name);
      this.fields.set(name, { ...this.#runtimeField(name, body), runtime: true, ...present({ shadowed }) });
    }
  }

  #runtimeField(name: string, body: JsonObject): Field {
    const type = own(body, 'type');
    if (typeof type !== 'string') throw malformed(name, 'is a runtime field without a type');
    const refusal = Object.hasOwn(REFUSED_RUNTIME_TYPES, type) ? REFUSED_RUNTIME_TYPES[type] : undefined;
    if (refusal !== undefined)
      return { name, type: 'unsupported', typeName: `${type} runtime field`, refusal, searchedByDefault: true };
    const known = Object.hasOwn(RUNTIME_TYPES, type) ? RUNTIME_TYPES[type] : undefined;
    if (known === undefined && !this.#context.accepted) {
      const types = [...Object.keys(RUNTIME_TYPES), ...Object.keys(REFUSED_RUNTIME_TYPES)];
      throw malformed(name, `is a runtime field of the unknown type ${type}${didYouMean(type, types)}`, {
        help: `the types of runtime fields are ${types.join(', ')}`,
      });
    }
    const field = this.#make(name, body, {}, undefined, known ?? { runs: 'unsupported', parameters: {} });
    return field.refusal === undefined ? field : { ...field, typeName: `${type} runtime field with a script` };
  }

  /** What `copy_to` fills indexes the values of other fields as well; a key of a flattened field as a target is refused by name. */
  copies(): void {
    const sources = new Map<string, string[]>();
    for (const { name, copyTo = [] } of this.fields.values())
      for (const target of copyTo) sources.set(target, [...(sources.get(target) ?? []), name]);
    if (sources.size === 0) return;
    for (const field of [...this.fields.values()]) {
      const copiedFrom = sources.get(field.multiFieldOf ?? field.name);
      if (copiedFrom !== undefined && field.runtime !== true) this.fields.set(field.name, { ...field, copiedFrom });
    }
    for (const target of sources.keys())
      for (let at = target.indexOf('.'); at > 0; at = target.indexOf('.', at + 1)) {
        const root = this.fields.get(target.slice(0, at));
        if (root?.type === 'flattened')
          this.fields.set(root.name, {
            ...root,
            type: 'unsupported',
            typeName: `${root.typeName} with a key filled by copy_to`,
            refusal: 'other fields are copied into one of its keys',
            searchedByDefault: true,
          });
      }
  }

  /** Fields below a `passthrough` object go by their bare names as well; the higher priority wins. */
  aliases(): void {
    for (const { name } of this.#passthrough.sort((a, b) => b.priority - a.priority))
      for (const field of [...this.fields.values()]) {
        const bare = field.name.startsWith(`${name}.`) ? field.name.slice(name.length + 1) : '';
        if (bare === '' || this.fields.has(bare) || field.type === 'object' || field.type === 'nested') continue;
        this.fields.set(bare, { name: bare, type: 'alias', typeName: 'alias', aliasOf: field.name });
      }
  }

  /**
   * A value is copied into a field of the same nested object or of one around it (elasticsearch: MappingLookup.java
   * checkFieldLimits, FieldMapper.java validateCopyTo).
   */
  checkCopies(): void {
    for (const { name, copyTo = [], nestedPath = '' } of this.fields.values())
      for (const target of copyTo) {
        const field = this.fields.get(target);
        if (field === undefined) continue;
        if (isContainer(field)) throw malformed(name, `is copied to ${target}, which is an object`);
        if (field.multiFieldOf !== undefined) throw malformed(name, `is copied to ${target}, which is a multi-field`);
        const home = field.nestedPath ?? '';
        if (home !== '' && home !== nestedPath && !nestedPath.startsWith(`${home}.`))
          throw malformed(name, `is copied to ${target}, which belongs to other nested objects`);
      }
  }

  /** An alias stands for a field of the same mapping (elasticsearch: FieldAliasMapper.java validate). */
  checkAliases(): void {
    for (const { name, aliasOf, nestedPath } of this.fields.values()) {
      if (aliasOf === undefined) continue;
      const target = this.fields.get(aliasOf);
      const what =
        target === undefined || isContainer(target)
          ? 'which is no field of it'
          : target.type === 'alias'
            ? 'which is an alias itself'
            : target.nestedPath !== nestedPath
              ? 'which belongs to other nested objects'
              : undefined;
      if (what !== undefined) throw malformed(name, `is an alias of ${aliasOf}, ${what}`);
    }
  }
}
