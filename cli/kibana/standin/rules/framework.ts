import { resolveDate } from '../../../fields/dates/index.ts';
import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { connectorOf } from '../platform/connectors.ts';
import { RouteError } from '../route.ts';
import { objects, textOf } from '../values.ts';
import { spaceOf, type World } from '../world.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a duration such as `5m`; undefined if it is none. */
export function durationOf(written: string): number | undefined {
  const [, count, unit = ''] = /^([1-9]\d*)([smhd])$/.exec(written) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 0);
}

const instant = (written: string, now: number): bigint | undefined => {
  try {
    return resolveDate(written, { now, roundUp: false });
  } catch (error) {
    if (error instanceof KnownError) return undefined;
    throw error;
  }
};

/**
 * What the alerting framework refuses of a rule that the schema let through, in its words; undefined if nothing (kibana:
 * alerting/server/rules_client/lib/validate_actions.ts, new_terms/utils.ts validateHistoryWindowStart).
 */
export function frameworkFault(rule: JsonObject, spaceId: string, world: World): string | undefined {
  const written = textOf(rule, 'interval');
  const interval = durationOf(written);
  if (interval === undefined)
    return `Error validating create data - [schedule.interval]: string is not a valid duration: ${written}`;
  if (textOf(rule, 'type') === 'new_terms') {
    const now = Date.parse(world.now());
    const [start, from] = [instant(textOf(rule, 'history_window_start'), now), instant(textOf(rule, 'from'), now)];
    if (start === undefined) return "params invalid: Failed to parse 'historyWindowStart'";
    if (from !== undefined && start >= from)
      return "params invalid: History window size is smaller than rule interval + additional lookback, 'historyWindowStart' must be earlier than 'from'";
  }
  const space = spaceOf(world, spaceId);
  const actions = objects(own(rule, 'actions'));
  const missing = actions
    .map((action) => textOf(action, 'id'))
    .filter((id) => connectorOf(space, world, id) === undefined);
  if (missing.length > 0) return `Saved object [action/${missing[0] ?? ''}] not found`;
  const short = actions.flatMap((action) => {
    const frequency = own(action, 'frequency');
    if (!isJsonObject(frequency) || own(frequency, 'notifyWhen') !== 'onThrottleInterval') return [];
    const throttle = textOf(frequency, 'throttle');
    return (durationOf(throttle) ?? 0) < interval ? [`${textOf(action, 'group') || 'default'} (${throttle})`] : [];
  });
  return short.length === 0
    ? undefined
    : `Failed to validate actions due to the following error: Action frequency cannot be shorter than the schedule interval of ${written}: ${short.join(', ')}`;
}

/** Why a change of this rule fails, if a test says so. */
export const failureOf = (rule: JsonObject, { circumstances }: World): string | undefined =>
  circumstances.failing.get(textOf(rule, 'id')) ?? circumstances.failing.get(textOf(rule, 'rule_id'));

/** The rule, if the framework takes it; throws 400, or 500 for one that is said to fail. */
export function accepted(rule: JsonObject, space: string, world: World): JsonObject {
  const failure = failureOf(rule, world);
  if (failure !== undefined) throw new RouteError(500, failure);
  const fault = frameworkFault(rule, space, world);
  if (fault !== undefined) throw new RouteError(400, fault);
  return rule;
}

/** Fields that each need a privilege of their own. */
const FIELDS = { enabled: 'rules-enable' } as const;

/** Refuses a change of a field that the caller may not change. */
export function checkFields(before: JsonObject, after: JsonObject, world: World): void {
  const refused = Object.entries(FIELDS)
    .filter(
      ([field, privilege]) => own(before, field) !== own(after, field) && world.circumstances.missing.has(privilege),
    )
    .map(([field]) => field);
  if (refused.length > 0)
    throw new RouteError(
      403,
      `The current user does not have the permissions to edit the following fields: ${refused.join(', ')}`,
    );
}
