import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { ensureEndpointList } from '../exceptions/endpoint-list.ts';
import { ok, PlatformError, RouteError, type Call, type Handler, type Reply, type Route } from '../route.ts';
import { text, textOf } from '../values.ts';
import { spaceOf, type Space, type World } from '../world.ts';
import { created, patched, replaced } from './document.ts';
import { accepted, checkFields } from './framework.ts';
import { sourced } from './prebuilt.ts';
import { patchFaults, patchTypeFaults } from './shape.ts';
import { checkDefaultList, checkedBody, checkMachineLearning, patchExtraFaults } from './validate.ts';

const PATH = '/api/detection_engine/rules';

/** The rule with this rule_id; one with a quote in it breaks the filter that it is looked for by. */
export const byRuleId = (space: Space, ruleId: string): JsonObject | undefined => {
  if (/["\\]/.test(ruleId)) throw unreadable(ruleId);
  // Every rule has one, so no inherited member is reached; this is the innermost loop of a push of thousands.
  for (const rule of space.rules.values()) if (rule['rule_id'] === ruleId) return rule;
  return undefined;
};

/** What a filter with this text in it comes to. */
export const unreadable = (ruleId: string): RouteError => new RouteError(500, `KQLSyntaxError: ${ruleId}`);

export const store = (space: Space, rule: JsonObject): JsonObject => {
  space.rules.set(textOf(rule, 'id'), rule);
  return rule;
};

/** The rule that `id` or `rule_id` names; throws 404. */
function named(space: Space, id: Json | undefined, ruleId: Json | undefined): JsonObject {
  if (typeof id === 'string') {
    const rule = space.rules.get(id);
    if (rule === undefined) throw new RouteError(404, `id: "${id}" not found`);
    return rule;
  }
  const written = text(ruleId);
  const rule = byRuleId(space, written);
  if (rule === undefined) throw new RouteError(404, `rule_id: "${written}" not found`);
  return rule;
}

const fromQuery = (call: Call, world: World): JsonObject => {
  const [id, ruleId] = [call.query.get('id') ?? undefined, call.query.get('rule_id') ?? undefined];
  checkNames(id, ruleId);
  return named(spaceOf(world, call.space), id, ruleId);
};

/** Elastic's own rules keep author and license. */
function checkPrebuilt(before: JsonObject, body: JsonObject): void {
  if (own(before, 'immutable') !== true) return;
  for (const key of ['author', 'license'])
    if (JSON.stringify(own(body, key)) !== JSON.stringify(own(before, key)))
      throw new RouteError(400, `Cannot update "${key}" field for prebuilt rules`);
}

/** Stores a changed rule, if everything that Kibana checks of it holds. */
function saved(before: JsonObject, after: JsonObject, call: Call, world: World): Reply {
  checkFields(before, after, world);
  return ok(store(spaceOf(world, call.space), sourced(accepted(after, call.space, world), world)));
}

/** One of `id` and `rule_id` names a rule, as the extra validators have it. */
function checkNames(id: Json | undefined, ruleId: Json | undefined): void {
  const given = [id, ruleId].filter((one) => one !== undefined && one !== null).length;
  if (given === 0) throw new RouteError(400, ['either "id" or "rule_id" must be set']);
  if (given === 2) throw new RouteError(400, ['both "id" and "rule_id" cannot exist, choose one or the other']);
}

const create: Handler = (call, world) => {
  const body = checkedBody(call.body);
  checkMachineLearning(own(body, 'type'), world);
  const space = spaceOf(world, call.space);
  const ruleId = own(body, 'rule_id');
  if (typeof ruleId === 'string' && byRuleId(space, ruleId) !== undefined)
    throw new RouteError(409, `rule_id: "${ruleId}" already exists`);
  checkDefaultList(body, space);
  ensureEndpointList(call, world);
  return ok(store(space, accepted(created(body, call.user, world), call.space, world)));
};

const update: Handler = (call, world) => {
  const body = checkedBody(call.body, true);
  checkMachineLearning(own(body, 'type'), world);
  checkNames(own(body, 'id'), own(body, 'rule_id'));
  const space = spaceOf(world, call.space);
  const before = named(space, own(body, 'id'), own(body, 'rule_id'));
  checkPrebuilt(before, body);
  const sent = textOf(body, 'id') || textOf(body, 'rule_id');
  checkDefaultList(body, space, { id: textOf(before, 'id'), sent });
  return saved(before, replaced(before, body, call.user, world), call, world);
};

const patch: Handler = (call, world) => {
  const { body } = call;
  const faults = patchFaults(body);
  if (faults !== undefined || !isJsonObject(body))
    throw new PlatformError(400, `[request body]: ${faults ?? 'Required'}`);
  checkMachineLearning(own(body, 'type'), world);
  checkNames(own(body, 'id'), own(body, 'rule_id'));
  const extra = patchExtraFaults(body);
  if (extra.length > 0) throw new RouteError(400, extra);
  const space = spaceOf(world, call.space);
  const before = named(space, own(body, 'id'), own(body, 'rule_id'));
  const typeFaults = patchTypeFaults(textOf(before, 'type'), body);
  if (typeFaults !== undefined) throw new RouteError(400, typeFaults);
  const sent = textOf(body, 'id') || textOf(body, 'rule_id');
  checkDefaultList(body, space, { id: textOf(before, 'id'), sent });
  return saved(before, patched(before, body, call.user, world), call, world);
};

const remove: Handler = (call, world) => {
  const rule = fromQuery(call, world);
  spaceOf(world, call.space).rules.delete(textOf(rule, 'id'));
  return ok(rule);
};

export const crudRoutes: readonly Route[] = [
  { method: 'POST', path: PATH, needs: 'rules-all', handle: create },
  { method: 'PUT', path: PATH, needs: 'rules-all', handle: update },
  { method: 'PATCH', path: PATH, needs: 'rules-all', handle: patch },
  { method: 'DELETE', path: PATH, needs: 'rules-all', handle: remove },
  { method: 'GET', path: PATH, needs: 'rules-read', handle: (call, world) => ok(fromQuery(call, world)) },
];
