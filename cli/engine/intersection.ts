import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';

/**
 * What several documents have in common, as Kibana builds the alert of a sequence from those of its events: equal values,
 * lists cut down to what is in all of them (also to nothing), a value beside a list counted as a list of one. Objects that
 * share nothing are left out (kibana: rule_types/eql/build_alert_group_from_sequence.ts, objectPairIntersection).
 */
export function intersection([first = {}, ...others]: readonly JsonObject[]): JsonObject {
  return others.reduce<JsonObject>((common, one) => pair(common, one, 0) ?? {}, first);
}

/** Deeper objects are taken as different; Elasticsearch indexes 20 levels at most. */
const MAX_DEPTH = 100;

function pair(a: JsonObject, b: JsonObject, depth: number): JsonObject | undefined {
  const found: [string, Json][] = [];
  for (const key of Object.keys(a)) {
    const [left, right] = [own(a, key), own(b, key)];
    if (left === undefined || right === undefined) continue;
    const common = inBoth(left, right, depth);
    if (common !== undefined) found.push([key, common]);
  }
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function inBoth(a: Json, b: Json, depth: number): Json | undefined {
  if (isJsonObject(a) && isJsonObject(b)) return depth < MAX_DEPTH ? pair(a, b, depth + 1) : undefined;
  if (a === b) return a;
  if (!Array.isArray(a) && !Array.isArray(b)) return undefined;
  const there = new Set(listOf(b));
  return [...new Set(listOf(a))].filter((value) => there.has(value));
}

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [value]);
