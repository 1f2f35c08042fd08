import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import type { Field } from '../mapping.ts';
import { flag, list, string } from './values.ts';

/** What Elasticsearch keeps of a document beside the index: all of it, as it can be made again, a part, or nothing. */
export type KeptSource = 'stored' | 'synthetic' | 'filtered' | 'disabled';

/** Modes of an index whose source is made again from the index. */
const SYNTHETIC_MODES = new Set<Json | undefined>(['logsdb', 'time_series']);

/** elasticsearch: SourceFieldMapper.java; the mapping wins over the setting, the setting over the mode of the index. */
export function keptSource(root: JsonObject, settings: ReadonlyMap<string, Json>): KeptSource {
  const written = own(root, '_source');
  const source: JsonObject = isJsonObject(written) ? written : {};
  const byMode = SYNTHETIC_MODES.has(settings.get('index.mode')) ? 'synthetic' : 'stored';
  const mode = (
    string(own(source, 'mode')) ??
    string(settings.get('index.mapping.source.mode')) ??
    byMode
  ).toLowerCase();
  if (flag(own(source, 'enabled')) === false || mode === 'disabled') return 'disabled';
  if (mode === 'synthetic') return 'synthetic';
  return list(own(source, 'includes')).length + list(own(source, 'excludes')).length > 0 ? 'filtered' : 'stored';
}

/**
 * Why a field cannot be run under a source that is not kept as it was written; undefined: it reads no source. Runtime fields
 * read their values from it, and `match_only_text` looks there for the order of the words of a phrase.
 */
export function sourceRefusal({ type, runtime }: Field, kept: KeptSource): string | undefined {
  if (kept === 'stored') return undefined;
  if (runtime === true) return `it reads the source of a document, which is ${kept} here`;
  return type === 'match_only_text' && kept !== 'synthetic'
    ? `its phrases are looked for in the source of a document, which is ${kept} here`
    : undefined;
}
