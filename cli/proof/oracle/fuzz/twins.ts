import { isJsonObject, type Json, type JsonObject } from '../../../text/json.ts';
import type { Batch } from './compare.ts';
import type { Judge } from './judge.ts';
import { spelledJson } from '../../../text/spelled-json.ts';

/**
 * Types that the core server lacks, and the type of it that answers alike: a wildcard field runs the automata of a keyword over
 * its values (elasticsearch:x-pack/plugin/wildcard/.../mapper/BinaryDvConfirmedQuery.java), and match_only_text the queries of
 * a text (modules/mapper-extras/.../extras/MatchOnlyTextFieldMapper.java).
 */
const TWINS: Readonly<Record<string, { readonly type: string; readonly parameters: ReadonlySet<string> }>> = {
  keyword: { type: 'wildcard', parameters: new Set(['type', 'ignore_above', 'null_value']) },
  text: { type: 'match_only_text', parameters: new Set(['type']) },
};

/** A mapping in which every field that has a twin is of the twin's type. */
function twinned(mapping: Json): Json {
  if (!isJsonObject(mapping)) return mapping;
  const { type } = mapping;
  const twin = typeof type === 'string' ? TWINS[type] : undefined;
  if (twin !== undefined && Object.keys(mapping).every((key) => twin.parameters.has(key)))
    return { ...mapping, type: twin.type };
  return Object.fromEntries(Object.entries(mapping).map(([key, inner]) => [key, key === 'runtime' ? inner : twinned(inner)])); // prettier-ignore
}

/** A judge that is given the twins of the types of every mapping. */
export const twinJudge = (judge: Judge): Judge => ({
  open: (mapping, settings) => judge.open(twinned(mapping) as JsonObject, settings),
});

/** What a wildcard field answers in its own way: empty texts, patterns of wildcards alone, a backslash at the end. */
const OWN_WAY =
  /"[?*]*"|\\\\"|\(\)|\|\||\(\||\|\)|"match_bool_prefix"|"fuzzy"|"fuzziness"|~|"bool_prefix"|simple_query_string/;
/** A text of a document that is empty: patterns of wildcards alone fit it in a wildcard field. */
const EMPTY = /[[:,]""/;
const BEYOND_ASCII = /[^\x20-\x7e]|\\u/;

/** The part of a batch in which twins have to agree: documents and queries in ASCII, without what is special to the twin. */
export function forTwins(batch: Batch): Batch {
  const nullsAreEmpty = spelledJson(batch.mapping).includes('"null_value":""');
  return {
    ...batch,
    documents: batch.documents.filter((document) => {
      if (nullsAreEmpty) return false;
      const text = spelledJson(document);
      return !EMPTY.test(text) && !BEYOND_ASCII.test(text);
    }),
    queries: batch.queries.filter((query) => {
      const text = spelledJson(query);
      return !OWN_WAY.test(text) && !BEYOND_ASCII.test(text);
    }),
  };
}
