import { parseJson } from '../../text/parse-json.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { listKey, type Space } from '../space/space.ts';
import type { Entry, Plan } from './plan.ts';
import { seenOf } from './remote.ts';

/** A plan as the text of its file. */
export const planText = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`;

const KINDS: readonly string[] = ['valueList', 'exceptionList', 'exceptionItem', 'rule'];
const ACTIONS: readonly string[] = ['create', 'change', 'delete', 'conflict', 'foreign'];

const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isOptionalText = (value: Json | undefined): boolean => value === undefined || isText(value);

function isEntry(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const [kind, action, seen, document] = ['kind', 'action', 'seen', 'document'].map((key) => own(value, key));
  return (
    isText(kind) &&
    KINDS.includes(kind) &&
    isText(action) &&
    ACTIONS.includes(action) &&
    isText(own(value, 'id')) &&
    isText(own(value, 'name')) &&
    Array.isArray(own(value, 'fields')) &&
    (seen === null || isText(seen)) &&
    (document === undefined || isJsonObject(document)) &&
    ['path', 'parent', 'remoteId', 'namespace'].every((key) => isOptionalText(own(value, key)))
  );
}

const TOTALS = ['create', 'change', 'delete', 'conflict', 'foreign', 'unchanged'];

/** Reads a saved plan. Throws a KnownError for anything that is none of this version of dac. */
export function readPlan(text: string, path: string): Plan {
  const bad = (why: string): KnownError =>
    new KnownError(`${path} is no saved plan: ${why}`, {
      help: 'make it with dac plan --out FILE, and do not edit it',
    });
  let value: Json;
  try {
    value = parseJson(text) as Json;
  } catch {
    throw bad('it is not JSON');
  }
  if (!isJsonObject(value)) throw bad('it is no JSON object');
  if (own(value, 'schemaVersion') !== 1 || own(value, 'command') !== 'plan') throw bad('it says so itself');
  const target = own(value, 'target');
  const entries = own(value, 'entries');
  const totals = own(value, 'totals');
  const counted = isJsonObject(totals) && TOTALS.every((key) => typeof own(totals, key) === 'number');
  if (!isJsonObject(target) || !isText(own(target, 'url')) || !isText(own(target, 'space')))
    throw bad('it has no target');
  if (
    !isText(own(value, 'marker')) ||
    !isText(own(value, 'environment')) ||
    !isText(own(value, 'fingerprint')) ||
    !counted
  )
    throw bad('members are missing');
  if (!Array.isArray(entries) || !(entries as readonly Json[]).every(isEntry)) throw bad('an entry is not whole');
  return value as unknown as Plan;
}

/** Digest of what the space has now for an entry; null: nothing. */
function seenNow(entry: Entry, space: Space): string | null {
  const of = (document: JsonObject | undefined): string | null => (document === undefined ? null : seenOf(document));
  const namespace = entry.namespace ?? 'single';
  switch (entry.kind) {
    case 'rule':
      return of(space.rules.get(entry.id));
    case 'exceptionList':
      return of(space.exceptionLists.get(listKey(namespace, entry.id)));
    case 'exceptionItem':
      return of(space.exceptionItems.get(listKey(namespace, entry.parent ?? ''))?.get(entry.id));
    case 'valueList': {
      const list = space.valueLists.get(entry.id);
      return list === undefined ? null : seenOf({ ...list.document, values: [...list.values].sort() });
    }
  }
}

/** Entries of a plan that no longer speak of what the space has: somebody has changed it since. */
export const staleEntries = (plan: Plan, space: Space): readonly Entry[] =>
  plan.entries.filter((entry) => entry.action !== 'foreign' && seenNow(entry, space) !== entry.seen);
