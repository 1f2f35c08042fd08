import type { Field } from './mapping.ts';

/**
 * Fields that every index has beside those of its mapping (elasticsearch: IndicesModule.java initBuiltInMetadataMappers). A query
 * on one that is not run fails and says so.
 */
const METADATA = new Set([
  '_doc_count', '_feature', '_field_names', '_id', '_ignored', '_ignored_source', '_index', '_index_mode', '_nested_path',
  '_data_stream_timestamp', '_routing', '_seq_no', '_source', '_tier', '_ts_routing_hash', '_tsid', '_version',
]); // prettier-ignore

export const isMetadataField = (name: string): boolean => METADATA.has(name);

export function metadataField(name: string): Field | undefined {
  if (!METADATA.has(name)) return undefined;
  return name === '_id' || name === '_index'
    ? { name, type: 'keyword', typeName: name }
    : {
        name,
        type: 'unsupported',
        typeName: 'metadata field',
        refusal: 'Elasticsearch keeps it of each document, and events do not hold it',
      };
}
