import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import type { IndexOptions } from '../mapping.ts';
import { dynamicOf } from './dynamic.ts';
import { flag, list, number, present } from './values.ts';

const texts = (value: Json | undefined): readonly string[] | undefined => {
  const found = list(value).filter((one) => typeof one === 'string');
  return found.length === 0 ? undefined : found;
};

/** What the root of a mapping and the settings of its index say of documents and queries. */
export function readIndexOptions(root: JsonObject, flat: ReadonlyMap<string, Json>): IndexOptions {
  const mode = flat.get('index.mode');
  const stamped = own(root, '_data_stream_timestamp');
  const templates = list(own(root, 'dynamic_templates'));
  return present({
    dynamic: dynamicOf(own(root, 'dynamic')),
    dynamicTemplates: templates.length === 0 ? undefined : templates,
    dateDetection: flag(own(root, 'date_detection')),
    numericDetection: flag(own(root, 'numeric_detection')),
    dynamicDateFormats: texts(own(root, 'dynamic_date_formats') ?? own(root, 'date_formats')),
    subobjects: flag(own(root, 'subobjects')),
    defaultField: texts(flat.get('index.query.default_field')),
    queryStringLenient: flag(flat.get('index.query_string.lenient')),
    maxRegexLength: number(flat.get('index.max_regex_length')),
    maxTermsCount: number(flat.get('index.max_terms_count')),
    totalFieldsLimit: number(flat.get('index.mapping.total_fields.limit')),
    ignoreDynamicBeyondLimit:
      flag(flat.get('index.mapping.total_fields.ignore_dynamic_beyond_limit')) ??
      (mode === 'logsdb' ? true : undefined),
    depthLimit: number(flat.get('index.mapping.depth.limit')),
    fieldNameLengthLimit: number(flat.get('index.mapping.field_name_length.limit')),
    timestampRequired:
      mode === 'logsdb' || mode === 'time_series' || (isJsonObject(stamped) && flag(own(stamped, 'enabled')) === true)
        ? true
        : undefined,
    nestedObjectsLimit: number(flat.get('index.mapping.nested_objects.limit')),
  });
}
