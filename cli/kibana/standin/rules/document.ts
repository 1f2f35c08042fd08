import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { ecsTypeOf } from '../ecs.ts';
import { defaultsOf } from '../../normalise/defaults.ts';
import { list, objects, text, without } from '../values.ts';
import type { World } from '../world.ts';
import { membersOf } from './shape.ts';

const asList = (value: Json | undefined): Json =>
  (Array.isArray(value) ? value : value === '' ? [] : [value ?? null]) as Json;

/** Members that the server makes; what a request says of them is ignored. */
const COMPUTED = [
  'id',
  'rule_id',
  'immutable',
  'rule_source',
  'revision',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
] as const;

/** A rule-level throttle becomes the frequency of each action that has none (kibana: normalization/rule_actions.ts). */
export function frequency(throttle: Json | undefined): JsonObject {
  if (typeof throttle !== 'string' || throttle === 'no_actions' || throttle === 'rule')
    return { summary: true, notifyWhen: 'onActiveAlert', throttle: null };
  return { summary: true, notifyWhen: 'onThrottleInterval', throttle };
}

/** System actions, such as that of cases, have neither group nor frequency, and come last. */
const isSystem = (action: JsonObject): boolean => text(own(action, 'id')).startsWith('system-connector-');

const actions = (value: Json | undefined, throttle: Json | undefined, world: World): Json => {
  const all = objects(value);
  return [
    ...all
      .filter((action) => !isSystem(action))
      .map((action) => ({
        ...action,
        uuid: own(action, 'uuid') ?? world.uuid(),
        frequency: own(action, 'frequency') ?? frequency(throttle),
      })),
    ...all.filter(isSystem).map((action) => ({
      ...without(action, 'group', 'frequency', 'alerts_filter'),
      uuid: own(action, 'uuid') ?? world.uuid(),
    })),
  ];
};

/** `ecs` is true for a name that ECS has with exactly this type. */
const requiredFields = (value: Json | undefined): Json =>
  list(value).map((one) => {
    const { name, type } = isJsonObject(one) ? one : {};
    return { name: name ?? null, type: type ?? null, ecs: typeof name === 'string' && ecsTypeOf(name) === type };
  });

/** Members as the server stores them. */
function stored(type: string, given: JsonObject, world: World): JsonObject {
  const rule: Record<string, Json> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === null || key === 'throttle' || !membersOf(type).has(key)) continue;
    switch (key) {
      case 'actions':
        rule[key] = actions(value, own(given, 'throttle'), world);
        break;
      case 'required_fields':
        rule[key] = requiredFields(value);
        break;
      case 'machine_learning_job_id':
        rule[key] = asList(value);
        break;
      case 'threshold':
        rule[key] = isJsonObject(value) ? { ...value, field: asList(own(value, 'field')) } : value;
        break;
      case 'alert_suppression':
        if (type !== 'threshold') rule[key] = value;
        else if (isJsonObject(value) && own(value, 'duration') !== undefined)
          rule[key] = { duration: own(value, 'duration') ?? null };
        break;
      default:
        rule[key] = value;
    }
  }
  return rule;
}

const typeOf = (rule: JsonObject): string => {
  const type = own(rule, 'type');
  return typeof type === 'string' ? type : '';
};

const withoutComputed = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !(COMPUTED as readonly string[]).includes(key)));

/** A new rule from the body of a request (kibana: mergers/apply_rule_defaults.ts). */
export function created(body: JsonObject, user: string, world: World): JsonObject {
  const type = typeOf(body);
  const now = world.now();
  const ruleId = own(body, 'rule_id');
  return {
    ...stored(type, { output_index: '', ...defaultsOf(type), ...withoutComputed(body) }, world),
    id: world.uuid(),
    rule_id: typeof ruleId === 'string' ? ruleId : world.uuid(),
    immutable: false,
    rule_source: { type: 'internal' },
    revision: 0,
    created_at: now,
    created_by: user,
    updated_at: now,
    updated_by: user,
  };
}

const kept = (rule: JsonObject): JsonObject => Object.fromEntries(COMPUTED.map((key) => [key, own(rule, key) ?? null]));

/** Members whose change does not count as a new revision. */
const UNTRACKED = new Set<string>([...COMPUTED, 'enabled']);
const tracked = (rule: JsonObject): string =>
  JSON.stringify(
    Object.entries(rule)
      .filter(([key]) => !UNTRACKED.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

function touched(before: JsonObject, after: JsonObject, user: string, world: World): JsonObject {
  const revision = Number(own(before, 'revision') ?? 0);
  return {
    ...after,
    ...kept(before),
    revision: tracked(before) === tracked(after) ? revision : revision + 1,
    updated_at: world.now(),
    updated_by: user,
  };
}

/** The rule after a PUT: defaults, then the body; `enabled` and `version` stay when absent (kibana: apply_rule_update.ts). */
export function replaced(before: JsonObject, body: JsonObject, user: string, world: World): JsonObject {
  const type = typeOf(body);
  const given = {
    output_index: '',
    ...defaultsOf(type),
    enabled: own(before, 'enabled') ?? false,
    version: own(before, 'version') ?? 1,
    ...withoutComputed(body),
  };
  return touched(before, stored(type, given, world), user, world);
}

/** The rule after a PATCH: members that are given replace, `type` never changes (kibana: apply_rule_patch.ts). */
export function patched(before: JsonObject, body: JsonObject, user: string, world: World): JsonObject {
  const type = typeOf(before);
  const given = Object.fromEntries(
    Object.entries(withoutComputed(body)).filter(([key, value]) => value !== null && key !== 'type'),
  );
  return touched(before, stored(type, { ...withoutComputed(before), ...given }, world), user, world);
}

/** A rule with another list of members set, as bulk edits make it. */
export const changed = (before: JsonObject, members: JsonObject, user: string, world: World): JsonObject =>
  touched(before, stored(typeOf(before), { ...withoutComputed(before), ...members }, world), user, world);
