import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { byMember, namespaceOf, storeOf } from '../exceptions/documents.ts';
import { importExceptions, isExceptionLine } from '../exceptions/import.ts';
import { writerOf } from '../exceptions/lists.ts';
import { importConnectors, isConnectorLine } from '../platform/import-connectors.ts';
import { connectorOf } from '../platform/connectors.ts';
import { flag, ok, RouteError, type Call, type Handler, type Route } from '../route.ts';
import { objects, textOf } from '../values.ts';
import { spaceOf, type World } from '../world.ts';
import { created, replaced } from './document.ts';
import { MOST_OBJECTS } from './export.ts';
import { failureOf, frameworkFault } from './framework.ts';
import { parseLines } from './lines.ts';
import { fromPackage } from './prebuilt.ts';
import { importFaults } from './shape.ts';
import { extraFaults, machineLearningRefusal } from './validate.ts';

const BYTES = 10_485_760;

const failure = (status: number, message: string, ids: JsonObject = {}): JsonObject => ({
  ...ids,
  error: { status_code: status, message },
});

/** The lines of rules that pass the schema and what else is checked of them; of repeated ids the last. */
function readRules(lines: readonly Json[], overwrite: boolean): { rules: readonly JsonObject[]; errors: JsonObject[] } {
  const rules = new Map<string, JsonObject>();
  const errors: JsonObject[] = [];
  const repeated: JsonObject[] = [];
  for (const line of lines) {
    const faults = importFaults(line);
    const extra = faults === undefined && isJsonObject(line) ? extraFaults(line) : [];
    if (faults !== undefined || !isJsonObject(line)) errors.push(failure(400, faults ?? 'Expected object'));
    else if (extra.length > 0) errors.push(failure(400, extra.join(',')));
    else {
      const id = textOf(line, 'rule_id');
      if (rules.has(id) && !overwrite)
        repeated.push(failure(400, `More than one rule with rule-id: "${id}" found`, { rule_id: id }));
      // The place of the last one counts, as in a map that is built from the end.
      rules.delete(id);
      rules.set(id, line);
    }
  }
  return { rules: [...rules.values()], errors: [...repeated, ...errors] };
}

/** Actions of a rule that name a connector which is nowhere. */
function missingConnectors(rule: JsonObject, call: Call, world: World): readonly string[] {
  const space = spaceOf(world, call.space);
  return objects(own(rule, 'actions'))
    .map((action) => textOf(action, 'id'))
    .filter((id) => connectorOf(space, world, id) === undefined);
}

/** References to lists that exist, with the id that the list has here; the others are reported and go. */
function references(
  rule: JsonObject,
  call: Call,
  world: World,
): { readonly kept: readonly JsonObject[]; readonly errors: readonly JsonObject[] } {
  const kept: JsonObject[] = [];
  const errors: JsonObject[] = [];
  for (const one of objects(own(rule, 'exceptions_list'))) {
    const listId = textOf(one, 'list_id');
    const store = storeOf(world, call.space, namespaceOf(own(one, 'namespace_type')));
    const list = byMember(store.lists, 'list_id', listId);
    if (list !== undefined && own(list, 'type') === own(one, 'type')) kept.push({ ...one, id: textOf(list, 'id') });
    else {
      const ruleId = textOf(rule, 'rule_id');
      errors.push(
        failure(
          400,
          `Rule with rule_id: "${ruleId}" references a non existent exception list of list_id: "${listId}". Reference has been removed.`,
          { rule_id: ruleId },
        ),
      );
    }
  }
  return { kept, errors };
}

interface Stored {
  readonly errors: readonly JsonObject[];
  readonly done: boolean;
}

function importRule(
  line: JsonObject,
  before: JsonObject | undefined,
  overwrite: boolean,
  call: Call,
  world: World,
): Stored {
  const ids = { rule_id: textOf(line, 'rule_id') };
  const fail = (status: number, message: string): Stored => ({ errors: [failure(status, message, ids)], done: false });
  const refusal = machineLearningRefusal(world);
  if (own(line, 'type') === 'machine_learning' && refusal !== undefined) return fail(403, refusal);
  const missing = missingConnectors(line, call, world);
  if (missing.length > 0)
    return fail(404, `Rule actions reference the following missing action IDs: ${[...new Set(missing)].join(',')}`);
  const source = fromPackage(line, world);
  if (typeof source === 'string') return fail(400, source);
  const { kept, errors } = references(line, call, world);
  if (before !== undefined && !overwrite)
    return { errors: [...errors, failure(409, 'Rule with this rule_id already exists', ids)], done: false };
  const body = { ...line, exceptions_list: kept };
  const rule = {
    ...(before === undefined ? created(body, call.user, world) : replaced(before, body, call.user, world)),
    ...source,
  };
  const fault = failureOf(rule, world) ?? frameworkFault(rule, call.space, world);
  if (fault !== undefined) return fail(400, fault);
  spaceOf(world, call.space).rules.set(textOf(rule, 'id'), rule);
  return { errors, done: true };
}

/** Lines in any order, first exceptions, then connectors, then rules (kibana: api/rules/import_rules/route.ts). */
const imported: Handler = (call, world) => {
  if (call.file === undefined) throw new RouteError(500, 'no part "file" in the body');
  if (!call.file.name.endsWith('.ndjson'))
    throw new RouteError(400, `Invalid file extension ${/\.[^.]*$/.exec(call.file.name)?.[0] ?? ''}`);
  const { values, errors: unread } = parseLines(call.file.text);
  if (values.length > MOST_OBJECTS) throw new RouteError(400, `Can't import more than ${MOST_OBJECTS} rules`);
  const overwrite = flag(call, 'overwrite');
  const ofKind = (test: (line: JsonObject) => boolean): JsonObject[] =>
    values.filter((line): line is JsonObject => isJsonObject(line) && test(line));
  const exceptionLines = ofKind(isExceptionLine);
  const connectorLines = ofKind(isConnectorLine);
  const aside = new Set<Json>([...exceptionLines, ...connectorLines]);
  const ruleLines = values.filter((line) => !aside.has(line));

  const exceptions = importExceptions(
    exceptionLines,
    { space: call.space, overwrite: flag(call, 'overwrite_exceptions'), asNewList: false },
    writerOf(call, world),
  );
  const { rules, errors: faulty } = readRules(ruleLines, overwrite);
  const connectors = importConnectors(
    connectorLines,
    flag(call, 'overwrite_action_connectors'),
    spaceOf(world, call.space),
    world,
  );
  const known = new Map([...spaceOf(world, call.space).rules.values()].map((rule) => [textOf(rule, 'rule_id'), rule]));
  const outcomes = rules.map((line) => importRule(line, known.get(textOf(line, 'rule_id')), overwrite, call, world));
  const errors = [...unread, ...faulty, ...outcomes.flatMap((one) => one.errors)];
  return ok({
    success: errors.length === 0,
    success_count: outcomes.filter((one) => one.done).length,
    rules_count: ruleLines.length + unread.length,
    errors,
    exceptions_success: exceptions.errors.length === 0,
    exceptions_success_count: exceptions.lists,
    exceptions_errors: exceptions.errors,
    ...connectors,
  });
};

export const importRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/detection_engine/rules/_import',
    takesForm: true,
    needs: 'rules-all',
    maxBytes: BYTES,
    handle: imported,
  },
];
