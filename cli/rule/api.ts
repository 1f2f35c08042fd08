import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { placeholders } from './placeholders.ts';
import type { Rule, Threat, ThreatItem } from './rule.ts';

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(own(value, key) ?? null)]),
  );
};

/** Placeholders in the guide become the blocks that Kibana renders. */
export function renderTransform(note: string, transform: JsonObject | undefined): string {
  let rendered = '';
  let at = 0;
  for (const { kind, index, span } of placeholders(note)) {
    const list = transform === undefined ? undefined : own(transform, kind);
    const entry: Json | undefined = Array.isArray(list) ? (list as readonly Json[])[index] : undefined;
    if (entry === undefined) continue;
    rendered += `${note.slice(at, span.start)}!{${kind}${JSON.stringify(sorted(entry))}}`;
    at = span.end;
  }
  return rendered + note.slice(at);
}

/** Prose that a file wraps at its margin is one line in Kibana. */
export const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');

/** Addresses end in a slash, and every entry has a list of techniques, as Kibana has it for its own rules. */
function threatOf(threat: readonly Threat[]): Json {
  const item = ({ id, name, reference }: ThreatItem): JsonObject => ({
    id,
    name,
    reference: reference.endsWith('/') ? reference : `${reference}/`,
  });
  return threat.map((entry) => ({
    framework: entry.framework,
    tactic: item(entry.tactic),
    technique: (entry.technique ?? []).map((one) => ({
      ...item(one),
      ...(one.subtechnique === undefined ? {} : { subtechnique: one.subtechnique.map(item) }),
    })),
  }));
}

/** The nested form that rule files have, as the flat one of the API. */
function newTermsOf(value: JsonObject): JsonObject {
  const history = own(value, 'history_window_start');
  const first: Json | undefined = Array.isArray(history) ? (history as readonly Json[])[0] : undefined;
  return {
    new_terms_fields: own(value, 'value') ?? [],
    ...(isJsonObject(first) ? { history_window_start: own(first, 'value') ?? null } : {}),
  };
}

/** An action's frequency has to name its throttle, and a file cannot hold the null that means none. */
function actionsOf(value: Json): Json {
  if (!Array.isArray(value)) return value;
  return (value as readonly Json[]).map((action) => {
    const frequency = isJsonObject(action) ? own(action, 'frequency') : undefined;
    return isJsonObject(action) && isJsonObject(frequency)
      ? { ...action, frequency: { throttle: null, ...frequency } }
      : action;
  });
}

/** One key of the rule as it is in the API; none, or more than one, for some. */
function apiOf(key: string, value: Json, rule: Rule): JsonObject {
  switch (key) {
    case 'threat_mappings':
      return {};
    case 'description':
      return { description: typeof value === 'string' ? oneLine(value) : value };
    case 'false_positives':
      return {
        false_positives: (rule.body.false_positives ?? []).map(oneLine),
      };
    case 'note':
      return { note: typeof value === 'string' ? renderTransform(value, rule.transform) : value };
    case 'threat':
      return { threat: threatOf(rule.body.threat ?? []) };
    case 'actions':
      return { actions: actionsOf(value) };
    case 'new_terms':
      return isJsonObject(value) ? newTermsOf(value) : {};
    default:
      return value === '' && key !== 'query' && key !== 'threat_query' ? {} : { [key]: value };
  }
}

/**
 * The rule as Kibana's detection engine takes it: without metadata, wrapped prose on one line, the guide's blocks rendered,
 * new terms flat, empty optional texts left out, the version included. Keys are sorted, so that the same rule gives the
 * same bytes.
 */
export function toApi(rule: Rule): JsonObject {
  const entries = Object.entries(rule.body).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : Object.entries(apiOf(key, value as Json, rule)),
  );
  if (rule.version !== undefined && rule.body.version === undefined) entries.push(['version', rule.version]);
  return sorted(Object.fromEntries(entries)) as JsonObject;
}
