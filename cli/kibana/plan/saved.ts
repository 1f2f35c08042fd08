import { parseJson } from '../../text/parse-json.ts';
import { isJsonObject, own, type Json } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import type { Plan } from './plan.ts';

/** A plan as the text of its file. */
export const planText = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`;

const KINDS: readonly string[] = ['valueList', 'exceptionList', 'exceptionItem', 'connector', 'rule'];
const ACTIONS: readonly string[] = ['create', 'change', 'delete', 'conflict', 'foreign'];

const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isOptionalText = (value: Json | undefined): boolean => value === undefined || isText(value);

function isEntry(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const [kind, action, seen, document, secrets] = ['kind', 'action', 'seen', 'document', 'secrets'].map((key) => own(value, key)); // prettier-ignore
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
    (secrets === undefined || (Array.isArray(secrets) && (secrets as readonly Json[]).every(isText))) &&
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
