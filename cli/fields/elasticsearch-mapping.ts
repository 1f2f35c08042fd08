import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { readAnalysis, type Analysis } from './analysis/settings.ts';
import { ClosedMapping } from './closed-mapping.ts';
import type { Field, FieldType, Mapping, TermOptions } from './mapping.ts';
import { dynamicOf } from './elasticsearch-mapping/dynamic.ts';
import { readIndexOptions } from './elasticsearch-mapping/index-options.ts';
import { flag, list, number, present, string } from './elasticsearch-mapping/values.ts';

const RUN = new Set<string>([
  'keyword', 'constant_keyword', 'wildcard', 'text', 'match_only_text', 'long', 'integer', 'short', 'byte', 'unsigned_long',
  'double', 'float', 'half_float', 'scaled_float', 'boolean', 'ip', 'date', 'date_nanos', 'version', 'flattened', 'ip_range',
  'date_range', 'integer_range', 'long_range', 'double_range', 'float_range', 'geo_point', 'geo_shape', 'binary', 'histogram',
  'object', 'nested', 'alias',
]); // prettier-ignore

/** Types of other names that mean the same to a search. */
const SAME: Readonly<Record<string, FieldType>> = {
  counted_keyword: 'keyword',
  annotated_text: 'text',
  passthrough: 'object',
};

/** Objects inside each other, at most: `index.mapping.depth.limit` of Elasticsearch is 20. */
const MAX_DEPTH = 100;

const isRun = (type: string): type is FieldType => RUN.has(type);

/** Any other type is kept by its name: a query that asks for such a field fails and says so. */
export const typeOf = (typeName: string): FieldType =>
  isRun(typeName) ? typeName : Object.hasOwn(SAME, typeName) ? (SAME[typeName] ?? 'unsupported') : 'unsupported';

const malformed = (name: string, what: string, more: { help?: string } = {}): KnownError =>
  new KnownError(`the field ${name} of the mapping ${what}`, more);

interface Above {
  readonly nestedPath?: string;
  readonly includeInParent?: boolean;
  readonly includeInRoot?: boolean;
  readonly disabled?: boolean;
}

const TERM_OPTIONS = new Set<string>(['docs', 'freqs', 'positions', 'offsets']);
const isTermOptions = (text: string | undefined): text is TermOptions => text !== undefined && TERM_OPTIONS.has(text);

/** Types whose text goes through an analyzer. */
const ANALYZED = new Set<FieldType>(['text', 'match_only_text']);

/** Reads the body of a mapping. Throws a KnownError that names the field for what Elasticsearch would refuse as well. */
class Reader {
  readonly fields = new Map<string, Field>();
  readonly #copies = new Set<string>();
  readonly #passthrough: { readonly name: string; readonly priority: number }[] = [];
  readonly #analysis: Analysis;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  properties(properties: Json | undefined, prefix: string, above: Above, depth = 0): void {
    if (properties === undefined) return;
    const owner = prefix.slice(0, -1);
    if (!isJsonObject(properties)) throw new KnownError(`"properties" of ${owner || 'the mapping'} is not an object`);
    if (depth > MAX_DEPTH) throw malformed(owner.slice(0, 60), `lies more than ${MAX_DEPTH} objects deep`);
    for (const [key, body] of Object.entries(properties)) {
      const name = prefix + key;
      if (!isJsonObject(body)) throw malformed(name, 'is not an object', { help: 'write { "type": "keyword" }' });
      this.#parents(name, above);
      const field = this.field(name, body, above);
      // `subobjects: false` lets a value stand at `a` beside `a.b`
      if (!(field.type === 'object' && this.fields.has(name))) this.fields.set(name, field);
      if (field.typeName === 'passthrough')
        this.#passthrough.push({ name, priority: number(own(body, 'priority')) ?? 0 });
      const below: Above =
        field.type === 'nested'
          ? present({
              nestedPath: name,
              includeInParent: flag(own(body, 'include_in_parent')),
              includeInRoot: flag(own(body, 'include_in_root')),
              disabled: field.disabled,
            })
          : present({ ...above, disabled: field.disabled });
      for (const target of field.copyTo ?? []) this.#copies.add(target);
      this.properties(own(body, 'properties'), `${name}.`, below, depth + 1);
      this.#multiFields(name, own(body, 'fields'), above);
    }
  }

  #multiFields(name: string, fields: Json | undefined, above: Above): void {
    if (fields === undefined) return;
    if (!isJsonObject(fields)) throw malformed(name, 'has "fields" that are not an object');
    for (const [sub, body] of Object.entries(fields)) {
      if (!isJsonObject(body)) throw malformed(`${name}.${sub}`, 'is not an object');
      this.fields.set(`${name}.${sub}`, this.field(`${name}.${sub}`, body, above, name));
    }
  }

  /** A mapping may write `"a.b": {…}`: the objects above exist all the same. */
  #parents(name: string, above: Above): void {
    for (let at = name.indexOf('.'); at > 0; at = name.indexOf('.', at + 1)) {
      const parent = name.slice(0, at);
      if (!this.fields.has(parent))
        this.fields.set(parent, { name: parent, type: 'object', typeName: 'object', ...above });
    }
  }

  field(name: string, body: JsonObject, above: Above, multiFieldOf?: string): Field {
    const written = own(body, 'type');
    if (written !== undefined && typeof written !== 'string') throw malformed(name, 'has a "type" that is not text');
    const typeName = written ?? 'object';
    const type = typeOf(typeName);
    const path = string(own(body, 'path'));
    if (type === 'alias' && path === undefined)
      throw malformed(name, 'is an alias without a target', { help: 'name it with "path"' });
    const scalingFactor = number(own(body, 'scaling_factor'));
    if (type === 'scaled_float' && (scalingFactor === undefined || scalingFactor <= 0))
      throw malformed(name, 'is a scaled_float without a scaling_factor', { help: 'write "scaling_factor": 1000' });
    const value = own(body, 'value');
    const normalizer = string(own(body, 'normalizer'));
    const copies = list(own(body, 'copy_to')).filter((target) => typeof target === 'string');
    const indexOptions = string(own(body, 'index_options'));
    const parameters: Partial<Field> = present({
      ignoreAbove: number(own(body, 'ignore_above')),
      ignoreMalformed: flag(own(body, 'ignore_malformed')),
      coerce: flag(own(body, 'coerce')),
      nullValue: own(body, 'null_value'),
      normalizer: normalizer === undefined ? undefined : (this.#analysis.normalizers.get(normalizer) ?? normalizer),
      ...(ANALYZED.has(type) ? this.#analyzers(body) : {}),
      positionIncrementGap: number(own(body, 'position_increment_gap')),
      indexOptions: isTermOptions(indexOptions) ? indexOptions : undefined,
      format: string(own(body, 'format')),
      scalingFactor,
      constant: value === undefined || value === null || typeof value === 'object' ? undefined : String(value),
      aliasOf: type === 'alias' ? path : undefined,
      multiFieldOf,
      nestedPath: above.nestedPath,
      includeInParent: above.includeInParent,
      includeInRoot: above.includeInRoot,
      indexed: flag(own(body, 'index')),
      docValues: flag(own(body, 'doc_values')),
      store: flag(own(body, 'store')),
      norms: flag(own(body, 'norms')),
      fielddata: flag(own(body, 'fielddata')),
      depthLimit: number(own(body, 'depth_limit')),
      copyTo: copies.length === 0 ? undefined : copies,
      dynamic: dynamicOf(own(body, 'dynamic')),
      subobjects: flag(own(body, 'subobjects')),
      splitQueriesOnWhitespace: flag(own(body, 'split_queries_on_whitespace')),
      disabled: above.disabled === true || flag(own(body, 'enabled')) === false ? true : undefined,
    });
    return { name, type, typeName, ...parameters };
  }

  /**
   * Names of the analyzers of a text field. `default`, `default_search` and `default_search_quoted` of the settings stand in for
   * those that the field does not name (elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/TextParams.java).
   */
  #analyzers(body: JsonObject): Partial<Field> {
    const usual = (name: string): string | undefined => (this.#analysis.analyzers.has(name) ? name : undefined);
    const written = string(own(body, 'analyzer'));
    const search = string(own(body, 'search_analyzer'));
    const bare = written === undefined && search === undefined;
    return present({
      analyzer: written ?? usual('default'),
      searchAnalyzer: search ?? (written === undefined ? usual('default_search') : undefined),
      searchQuoteAnalyzer:
        string(own(body, 'search_quote_analyzer')) ?? (bare ? usual('default_search_quoted') : undefined),
    });
  }

  /** Runtime fields without a script read the source; those with one cannot be run here. */
  runtime(runtime: Json | undefined): void {
    if (runtime === undefined) return;
    if (!isJsonObject(runtime)) throw new KnownError('"runtime" of the mapping is not an object');
    for (const [name, body] of Object.entries(runtime)) {
      if (!isJsonObject(body)) throw malformed(name, 'is not an object');
      const scripted = own(body, 'script') !== undefined || own(body, 'type') === 'composite';
      this.fields.set(
        name,
        scripted
          ? { name, type: 'unsupported', typeName: 'script runtime field', runtime: true }
          : { ...this.field(name, body, {}), runtime: true },
      );
    }
  }

  /** What `copy_to` fills has more values than the document shows at its path: it is refused by name. */
  refuseCopies(): void {
    for (const target of this.#copies) {
      const field = this.fields.get(target);
      if (field !== undefined)
        this.fields.set(target, { ...field, type: 'unsupported', typeName: `${field.typeName} filled by copy_to` });
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
}

/**
 * A mapping from the body of Elasticsearch's mappings API (`{"properties": …}`, also wrapped in `{"mappings": …}`) and the
 * index settings, for custom analyzers and normalizers. What is not listed is unmapped: `dynamic` is not followed, since
 * what it would add depends on documents that are not there. Throws a KnownError that names the field for a body that
 * Elasticsearch would refuse.
 */
export function mappingFromElasticsearch(body: Json, settings?: Json): Mapping {
  if (!isJsonObject(body))
    throw new KnownError('the mapping is not an object', { help: 'write { "properties": { … } }' });
  const wrapped = own(body, 'mappings');
  const mappings = isJsonObject(wrapped) ? wrapped : body;
  const analysis = readAnalysis(settings);
  const reader = new Reader(analysis);
  reader.properties(own(mappings, 'properties'), '', {});
  reader.runtime(own(mappings, 'runtime'));
  reader.refuseCopies();
  reader.aliases();
  return new ClosedMapping(reader.fields, (name) => analysis.analyzers.get(name), readIndexOptions(mappings, settings));
}
