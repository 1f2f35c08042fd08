import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import type { Rule } from './rule.ts';

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(own(value, key) ?? null)]),
  );
};

/** `${osquery_0}` and `${investigate_0}` in the guide become the blocks that Kibana renders. */
function renderTransform(note: string, transform: JsonObject | undefined): string {
  return note.replace(/\$\{(osquery|investigate)_(\d+)\}/g, (placeholder, kind: string, at: string) => {
    const list = transform === undefined ? undefined : own(transform, kind);
    const entry: Json | undefined = Array.isArray(list) ? (list as readonly Json[])[Number(at)] : undefined;
    return entry === undefined ? placeholder : `!{${kind}${JSON.stringify(sorted(entry))}}`;
  });
}

/**
 * The rule as Kibana's detection engine takes it: without metadata, the guide's blocks rendered, new terms flat, empty
 * optional values left out, the version included. Keys are sorted, so that the same rule gives the same bytes.
 */
export function toApi(rule: Rule): JsonObject {
  const entries: [string, Json][] = [];
  for (const [key, value] of Object.entries(rule.body)) {
    const json = value as Json | undefined;
    if (json === undefined || json === null || key === 'threat_mappings') continue;
    if (json === '' && key !== 'query' && key !== 'threat_query') continue;
    if (key === 'new_terms' && isJsonObject(json)) {
      entries.push(['new_terms_fields', own(json, 'value') ?? []]);
      const history = own(json, 'history_window_start');
      const first: Json | undefined = Array.isArray(history) ? (history as readonly Json[])[0] : undefined;
      if (isJsonObject(first)) entries.push(['history_window_start', own(first, 'value') ?? null]);
    } else if (key === 'note' && typeof json === 'string') entries.push([key, renderTransform(json, rule.transform)]);
    else entries.push([key, json]);
  }
  if (rule.version !== undefined && rule.body.version === undefined) entries.push(['version', rule.version]);
  return sorted(Object.fromEntries(entries)) as JsonObject;
}
