import { followed, noEffect, refused, refusedBelow, type Parameter, type Parameters } from './parameter.ts';

const size = followed('size');
const limit = followed('limit');
const any = noEffect('any');
const list = (...names: readonly string[]): Parameters => Object.fromEntries(names.map((name) => [name, any]));

/** Settings that decide what a document holds or what a query means. */
const FOLLOWED: Parameters = {
  'index.mode': followed(['standard', 'logsdb', 'time_series', 'lookup']),
  'index.mapping.coerce': followed('flag'),
  'index.mapping.ignore_above': size,
  'index.mapping.ignore_malformed': followed('flag'),
  'index.mapping.source.mode': followed(['stored', 'synthetic', 'disabled']),
  'index.mapping.depth.limit': limit,
  'index.mapping.field_name_length.limit': limit,
  'index.mapping.nested_objects.limit': size,
  'index.mapping.total_fields.limit': size,
  'index.mapping.total_fields.ignore_dynamic_beyond_limit': followed('flag'),
  'index.max_regex_length': limit,
  'index.max_terms_count': limit,
  'index.query.default_field': followed('texts'),
  'index.query_string.lenient': followed('flag'),
};

const REFUSED: Parameters = {
  'index.blocks.read': refused('flag', 'no search reads the index', false, 'false'),
  'index.frozen': refused('flag', 'a search leaves the index out', false, 'false'),
  'index.search.throttled': refused('flag', 'a search leaves the index out', false, 'false'),
  'index.routing_path': refused('texts', 'a document without any of these fields is refused'),
  'index.time_series.start_time': refused('any', 'a document from before that time is refused'),
  'index.time_series.end_time': refused('any', 'a document from that time on is refused'),
  'index.max_result_window': refusedBelow(10_000, 'a search that asks for more documents fails'),
  'index.mapping.nested_fields.limit': refusedBelow(50, 'a document with more kinds of nested objects is refused'),
  'index.mapping.nested_parents.limit': refusedBelow(50, 'a document with more nested objects around others is refused'),
  'index.mapping.field_name_length.ignore_dynamic_beyond_limit': refused(
    'flag', 'a new field with a longer name is left out', false, 'false',
  ),
  'index.query.parse.allow_unmapped_fields': refused(
    'flag', 'a search that names an unmapped field fails', true, 'true',
  ),
}; // prettier-ignore

/**
 * Settings of Elasticsearch and its modules without effect on a verdict: where an index is kept, how it is written, and what
 * Elasticsearch itself writes into an answer (elasticsearch: server/…/common/settings/IndexScopedSettings.java, 9.2, and
 * `Property.IndexScope` in x-pack).
 */
const NO_EFFECT: Parameters = list(
  // Who the index is
  'index.creation_date', 'index.creation_date_string', 'index.data_path', 'index.format', 'index.hidden', 'index.history.uuid',
  'index.priority', 'index.provided_name', 'index.uuid', 'index.version.compatibility', 'index.version.created',
  'index.version.created_string', 'index.version.upgraded', 'index.version.upgraded_string',
  // Where it is kept
  'index.auto_expand_replicas', 'index.number_of_replicas', 'index.number_of_routing_shards', 'index.number_of_shards',
  'index.routing_partition_size', 'index.shard.check_on_startup', 'index.shard_limit.group',
  'index.unassigned.node_left.delayed_timeout', 'index.verified_before_close', 'index.verified_read_only',
  'index.write.wait_for_active_shards',
  // How it is written: pipelines have run before a document is what it is here
  'index.codec', 'index.compound_format', 'index.default_pipeline', 'index.fast_refresh', 'index.fielddata.cache',
  'index.final_pipeline', 'index.flush_after_merge', 'index.force_memory_term_dictionary', 'index.gc_deletes',
  'index.load_fixed_bitset_filters_eagerly', 'index.max_refresh_listeners', 'index.optimize_auto_generated_id',
  'index.refresh_interval', 'index.warmer.enabled',
  'index.bloom_filter_for_id_field.enabled', 'index.seq_no.index_options',
  'index.recovery.type', 'index.recovery.use_synthetic_source',
  // Blocks of what is no search
  'index.blocks.metadata', 'index.blocks.read_only', 'index.blocks.read_only_allow_delete', 'index.blocks.write',
  // Searches of other kinds than a rule's, and how much one may ask for
  'index.analyze.max_token_count', 'index.max_adjacency_matrix_filters', 'index.max_docvalue_fields_search',
  'index.max_inner_result_window', 'index.max_ngram_diff', 'index.max_rescore_window',
  'index.max_script_fields', 'index.max_shingle_diff', 'index.max_slices_per_scroll', 'index.queries.cache.enabled',
  'index.requests.cache.enable', 'index.search.idle.after',
  // Shape of the source and limits of a mapping that is already there
  'index.mapping.dimension_fields.limit', 'index.mapping.exclude_source_vectors',
  'index.mapping.use_doc_values_skipper', 'index.mapping.use_synthetic_id',
  'index.mapping.semantic_text.use_legacy_format', 'index.mapping.synthetic_source.skip_ignored_source_read',
  'index.mapping.synthetic_source.skip_ignored_source_write', 'index.mapping.synthetic_source_keep',
  'index.mapping.pattern_text.disable_templating', 'index.mapping.patterned_text.disable_templating',
  'index.percolator.map_unmapped_fields_as_text',
  // Time series and data streams
  'index.dimensions', 'index.dimensions_tsid_strategy_enabled', 'index.failure_store.version', 'index.look_ahead_time',
  'index.look_back_time', 'index.time_series.es87tsdb_codec.enabled', 'index.use_legacy_postings_format',
  'index.use_time_series_doc_values_format', 'index.use_time_series_doc_values_format_large_block_size',
); // prettier-ignore

/** Families of settings by what their names begin with; the longest that fits decides. */
const GROUPS: readonly (readonly [string, Parameter])[] = [
  ['index.analysis.', followed('any')],
  ['index.allocation.', any],
  ['index.dense_vector.', any],
  ['index.dlm.', any],
  ['index.downsample.', any],
  ['index.highlight.', any],
  ['index.indexing.slowlog.', any],
  ['index.lifecycle.', any],
  ['index.logsdb.', any],
  ['index.merge.', any],
  ['index.resize.', any],
  ['index.rollup.', any],
  ['index.routing.', any],
  ['index.search.slowlog.', any],
  ['index.shrink.', any],
  ['index.similarity.', any],
  ['index.soft_deletes.', any],
  ['index.sort.', any],
  ['index.split.', any],
  ['index.store.', any],
  ['index.translog.', any],
  ['index.xpack.', any],
];

export const SETTINGS: Parameters = { ...FOLLOWED, ...REFUSED, ...NO_EFFECT };
export const SETTING_GROUPS: Parameters = Object.fromEntries(GROUPS);

/** The class of a setting by its full name; undefined: no such setting. */
export function settingOf(name: string): Parameter | undefined {
  // What a newer version no longer knows is kept under this name, and never read
  if (name.startsWith('index.archived.') || name.startsWith('archived.')) return any;
  if (Object.hasOwn(SETTINGS, name)) return SETTINGS[name];
  return GROUPS.find(([prefix]) => name.startsWith(prefix))?.[1];
}

/** Beginnings of the names of settings that a verdict may depend on, whatever a version adds to them. */
export const VERDICT_SETTINGS: readonly string[] = [
  'index.mapping.', 'index.mapper.', 'index.mode', 'index.query', 'index.analysis.', 'index.blocks.', 'index.max_',
]; // prettier-ignore
