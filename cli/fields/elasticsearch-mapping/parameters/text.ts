import { followed, noEffect, type Parameters } from '../parameter.ts';
import { COMMON, INDEX, SIMILARITY } from './common.ts';

/**
 * elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/TextFieldMapper.java. `index_phrases` and
 * `index_prefixes` write the same phrases and prefixes a second time, where they are found faster; prefixes with characters beyond
 * the basic plane are counted in two ways then, and refused.
 */
export const TEXT: Parameters = {
  ...COMMON,
  ...INDEX,
  store: followed('flag'),
  analyzer: followed('text'),
  search_analyzer: followed('text'),
  search_quote_analyzer: followed('text'),
  position_increment_gap: followed('whole'),
  index_options: followed(['docs', 'freqs', 'positions', 'offsets']),
  norms: followed('flag'),
  fielddata: followed('flag'),
  fielddata_frequency_filter: noEffect('object'),
  index_phrases: noEffect('flag'),
  index_prefixes: followed('object', { nullable: true }),
  eager_global_ordinals: noEffect('flag'),
  similarity: SIMILARITY,
  term_vector: noEffect([
    'no', 'yes', 'with_positions', 'with_offsets', 'with_positions_offsets', 'with_positions_payloads',
    'with_positions_offsets_payloads',
  ]),
}; // prettier-ignore

/** elasticsearch: modules/mapper-extras/…/MatchOnlyTextFieldMapper.java; its analyzer is the default one of the index. */
export const MATCH_ONLY_TEXT: Parameters = { ...COMMON };
