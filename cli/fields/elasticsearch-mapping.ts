import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { readAnalysis } from './analysis/settings.ts';
import { ClosedMapping } from './closed-mapping.ts';
import { checkParameters } from './elasticsearch-mapping/check.ts';
import { grownBody } from './elasticsearch-mapping/grow.ts';
import { readIndexOptions } from './elasticsearch-mapping/index-options.ts';
import { formatFault } from './elasticsearch-mapping/parameter-faults.ts';
import { Reader } from './elasticsearch-mapping/reader.ts';
import { ENABLED, NONE, ROOT, ROUTING, SOURCE } from './elasticsearch-mapping/root.ts';
import { checkSettings, flatSettings } from './elasticsearch-mapping/settings.ts';
import { keptSource, sourceRefusal } from './elasticsearch-mapping/source.ts';
import { checkTemplate } from './elasticsearch-mapping/templates.ts';
import { flag } from './elasticsearch-mapping/values.ts';
import type { Field, Mapping } from './mapping.ts';

export { typeOf } from './elasticsearch-mapping/types.ts';

/** Where a mapping comes from. */
export interface MappingOrigin {
  /**
   * An Elasticsearch has taken it: what this release does not know is no mistake of writing, and is refused by name where it is
   * used; default false.
   */
  readonly accepted?: boolean;
  /** It adds fields to others, so that an alias may stand for one of those; default false. */
  readonly partial?: boolean;
  /** The version of Elasticsearch that reads documents; default the newest. */
  readonly stack?: string | undefined;
}

const MEMBERS = {
  _source: SOURCE,
  _routing: ROUTING,
  _field_names: NONE,
  _data_stream_timestamp: ENABLED,
  _size: ENABLED,
} as const;

/** Throws a KnownError for a member of the root that Elasticsearch does not know, or that cannot be followed. */
function checkRoot(root: JsonObject, accepted: boolean): void {
  const refused = checkParameters(root, ROOT, { what: 'the mapping', kind: 'a mapping', accepted });
  if (refused !== undefined)
    throw new KnownError(`"${refused.parameter}" of the mapping cannot be followed offline`, { why: refused.why });
  for (const [name, parameters] of Object.entries(MEMBERS)) {
    const body = own(root, name);
    const inner = isJsonObject(body) ? checkParameters(body, parameters, { what: `${name} of the mapping`, kind: name, accepted }) : undefined; // prettier-ignore
    if (inner !== undefined)
      throw new KnownError(`"${inner.parameter}" of ${name} cannot be followed offline`, { why: inner.why });
  }
}

/** Fields that an index of this mode has without naming them (elasticsearch: IndexMode.java getDefaultMapping). */
function addTimestamp(fields: Map<string, Field>, mode: Json | undefined): void {
  if ((mode === 'logsdb' || mode === 'time_series') && !fields.has('@timestamp'))
    fields.set('@timestamp', { name: '@timestamp', type: 'date', typeName: 'date' });
}

/** The mapper-size plugin keeps the length of the source of each document. */
function addSize(fields: Map<string, Field>, size: Json | undefined): void {
  if (!isJsonObject(size) || flag(own(size, 'enabled')) !== true) return;
  const refusal = 'a plugin keeps the length of each document, and events do not hold it';
  fields.set('_size', { name: '_size', type: 'unsupported', typeName: 'size of a document', refusal });
}

/**
 * A mapping from the body of Elasticsearch's mappings API (`{"properties": …}`, also wrapped in `{"mappings": …}`) and the
 * index settings. What is not listed is unmapped. Throws a KnownError that names the field, the parameter or the setting for
 * what Elasticsearch would refuse; what it would take and is not followed here is named where a query depends on it.
 */
export function mappingFromElasticsearch(body: Json, settings?: Json, origin: MappingOrigin = {}): Mapping {
  if (!isJsonObject(body))
    throw new KnownError('the mapping is not an object', { help: 'write { "properties": { … } }' });
  const { accepted = false, partial = false, stack } = origin;
  const wrapped = own(body, 'mappings');
  const root = isJsonObject(wrapped) ? wrapped : body;
  const flat = flatSettings(settings);
  checkSettings(flat, accepted);
  checkRoot(root, accepted);
  const analysis = readAnalysis(settings);
  const options = readIndexOptions(root, flat);
  const { depthLimit, fieldNameLengthLimit } = options;
  const reader = new Reader({ analysis, settings: flat, depthLimit, fieldNameLengthLimit, accepted, stack });
  reader.properties(own(root, 'properties'), '', options.subobjects === false ? { subobjects: false } : {});
  reader.runtime(own(root, 'runtime'));
  addSize(reader.fields, own(root, '_size'));
  addTimestamp(reader.fields, flat.get('index.mode'));
  if (!partial) reader.checkAliases();
  reader.checkCopies();
  for (const format of options.dynamicDateFormats ?? []) {
    const fault = formatFault(format);
    if (fault !== undefined) throw new KnownError(`dynamic_date_formats of the mapping ${fault}`);
  }
  for (const template of options.dynamicTemplates ?? []) checkTemplate(template, accepted, analysis);
  reader.copies();
  reader.aliases();
  const kept = keptSource(root, flat);
  for (const field of reader.fields.values()) {
    const refusal = sourceRefusal(field, kept);
    if (refusal !== undefined)
      reader.fields.set(field.name, { ...field, type: 'unsupported', refusal, searchedByDefault: true });
  }
  return new ClosedMapping(
    reader.fields,
    (name) => analysis.analyzers.get(name),
    options,
    (fields, constants) => mappingFromElasticsearch(grownBody(root, fields, constants), settings, origin),
  );
}
