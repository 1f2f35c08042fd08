import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import type { Analysis } from '../analysis/settings.ts';
import { checkParameters } from './check.ts';
import { makeField } from './field.ts';
import { followed, type Parameters } from './parameter.ts';

/** What values of a document are, for `match_mapping_type` (elasticsearch: DynamicTemplate.java, enum XContentFieldType). */
const KINDS = ['object', 'string', 'long', 'double', 'boolean', 'date', 'binary', '*'] as const;

/** Members of a dynamic template (elasticsearch: DynamicTemplate.java parse). */
export const TEMPLATE: Parameters = {
  match: followed('texts'),
  unmatch: followed('texts'),
  path_match: followed('texts'),
  path_unmatch: followed('texts'),
  match_mapping_type: followed('texts'),
  unmatch_mapping_type: followed('texts'),
  match_pattern: followed(['simple', 'regex']),
  mapping: followed('object'),
  runtime: followed('object'),
};

const kinds = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];

/** Throws a KnownError for a dynamic template that Elasticsearch refuses. */
export function checkTemplate(template: Json, accepted: boolean, analysis: Analysis): void {
  const [entry, ...others] = isJsonObject(template) ? Object.entries(template) : [];
  if (entry === undefined || others.length > 0 || !isJsonObject(entry[1]))
    throw new KnownError('a dynamic template of the mapping is not an object with one name', {
      help: 'write { "my-template": { "match": "…", "mapping": { … } } }',
    });
  const [name, body] = entry;
  const what = `the dynamic template ${name} of the mapping`;
  checkParameters(body, TEMPLATE, { what, kind: 'a dynamic template', accepted });
  for (const key of ['match_mapping_type', 'unmatch_mapping_type'])
    for (const kind of kinds(own(body, key)))
      if (!KINDS.some((one) => one === kind))
        throw new KnownError(`"${key}" of ${what} is none of ${KINDS.join(', ')}`);
  const mapping = own(body, 'mapping');
  if (mapping === undefined && own(body, 'runtime') === undefined)
    throw new KnownError(`${what} has neither a mapping nor a runtime field`);
  if (isJsonObject(mapping)) checkContent(what, mapping, accepted, analysis);
}

/** Holds the parameters against the type that the template names; `{name}` and `{dynamic_type}` stand for what a document brings. */
function checkContent(what: string, mapping: JsonObject, accepted: boolean, analysis: Analysis): void {
  const type = own(mapping, 'type');
  if (typeof type !== 'string' || type.includes('{')) return;
  const parameters = Object.fromEntries(
    Object.entries(mapping).filter(([key, value]) => key === 'type' || !JSON.stringify(value).includes('{')),
  );
  try {
    makeField({ analysis, settings: new Map(), accepted })('f', parameters, {});
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    throw new KnownError(error.message.replace('the field f of the mapping', what), {
      ...(error.why === undefined ? {} : { why: error.why }),
      ...(error.help === undefined ? {} : { help: error.help }),
    });
  }
}
