import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';
import { download, PlatformError, RouteError, type Call, type Handler, type Route } from '../route.ts';
import { exportText } from '../rules/export.ts';
import { failureOf } from '../rules/framework.ts';
import { rulesMatching } from '../rules/find.ts';
import { list, objects, text, textOf } from '../values.ts';
import { spaceOf, type World } from '../world.ts';
import { faultsOf } from '../zod.ts';
import { ACTIONS, type Doing } from './actions.ts';
import { isSuppressionEdit } from './edits.ts';
import { bulkReply, failed, type Outcome } from './outcome.ts';
import { bulkShape } from './shape.ts';

const MOST_IDS = 100;
const MOST_MATCHES = 10_000;
const MOST_EDITED = 2_000;
/** How far back a manual run can reach. */
const BACKFILL_DAYS = 90;
const DAY = 86_400_000;

function dryRunOf(call: Call): boolean {
  const written = call.query.get('dry_run');
  if (written !== null && written !== 'true' && written !== 'false')
    throw new PlatformError(
      400,
      `[request query]: dry_run: Invalid enum value. Expected 'true' | 'false', received '${written}'`,
    );
  return written === 'true';
}

/** What the route refuses as a whole, before it looks at any rule. */
function checkWhole(body: JsonObject, dryRun: boolean, world: World): void {
  const ids = own(body, 'ids');
  if (ids !== undefined && own(body, 'query') !== undefined)
    throw new RouteError(400, 'Both query and ids are sent. Define either ids or query in request payload.');
  if (list(ids).length > MOST_IDS) throw new RouteError(400, `More than ${MOST_IDS} ids sent for bulk edit action.`);
  const gaps = ['gaps_range_start', 'gaps_range_end', 'gap_fill_statuses'].filter(
    (key) => own(body, key) !== undefined,
  );
  if (gaps.length === 1 || gaps.length === 2)
    throw new RouteError(400, 'gaps_range_start, gaps_range_end and gap_fill_statuses must be provided together.');
  if (dryRun && own(body, 'action') === 'export')
    throw new RouteError(400, "Export action doesn't support dry_run mode");
  if (!world.circumstances.platinum && objects(own(body, 'edit')).some(isSuppressionEdit))
    throw new RouteError(403, 'Alert suppression is enabled with platinum license or above.');
}

/** A manual run with a bad range is refused whole; a dry run does not look at it. */
function checkRange(body: JsonObject, key: string, now: string): void {
  const range = own(body, key);
  if (!isJsonObject(range)) return;
  const [start, end, today] = [textOf(range, 'start_date'), textOf(range, 'end_date'), now].map((one) =>
    Date.parse(one),
  );
  if (start === undefined || end === undefined || today === undefined) return;
  if (end <= start) throw new RouteError(400, '[0]: Backfill end must be greater than backfill start');
  if (start > today || end > today) throw new RouteError(400, '[0]: Backfill cannot be scheduled for the future');
  if (today - start > BACKFILL_DAYS * DAY)
    throw new RouteError(400, `[0]: Backfill cannot look back more than ${BACKFILL_DAYS} days`);
}

interface Wanted {
  readonly rules: readonly JsonObject[];
  readonly unknown: readonly string[];
}

function wantedRules(call: Call, body: JsonObject, world: World): Wanted {
  const ids = own(body, 'ids');
  if (ids !== undefined) {
    const { rules } = spaceOf(world, call.space);
    const wanted = list(ids).map(text);
    return {
      rules: wanted.flatMap((id): readonly JsonObject[] => {
        const rule = rules.get(id);
        return rule === undefined ? [] : [rule];
      }),
      unknown: wanted.filter((id) => !rules.has(id)),
    };
  }
  const rules = rulesMatching(call, world, textOf(body, 'query'));
  const most = own(body, 'action') === 'edit' ? MOST_EDITED : MOST_MATCHES;
  if (rules.length > most)
    throw new RouteError(400, `More than ${most} rules matched the filter query. Try to narrow it down.`);
  return { rules, unknown: [] };
}

const bulk: Handler = (call, world) => {
  const dryRun = dryRunOf(call);
  const { body } = call;
  const faults = faultsOf(bulkShape, body);
  if (faults !== undefined || !isJsonObject(body)) throw new PlatformError(400, `[request body]: ${faults ?? ''}`);
  const action = textOf(body, 'action');
  if (action !== 'export' && world.circumstances.missing.has('rules-all'))
    throw new PlatformError(403, 'the Kibana privilege [rules-all] is missing');
  checkWhole(body, dryRun, world);
  const { rules, unknown } = wantedRules(call, body, world);
  if (action === 'export') {
    const custom = rules.filter((rule) => own(rule, 'immutable') !== true);
    const missing = rules
      .filter((rule) => own(rule, 'immutable') === true)
      .map((rule) => ({ rule_id: textOf(rule, 'rule_id') }));
    return download('rules_export.ndjson', exportText(custom, missing, call, world, false));
  }
  if (!dryRun) checkRange(body, action, world.now());
  const perform = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (perform === undefined) throw new RouteError(400, `no such action: ${action}`);
  const doing: Doing = { body, space: call.space, user: call.user, dryRun, world };
  const outcomes = rules.map((rule): Outcome => {
    const failure = failureOf(rule, world);
    return failure === undefined ? perform(rule, doing) : failed(rule, failure);
  });
  return bulkReply([...outcomes, ...unknown.map((id) => failed({ id }, 'Rule not found'))], dryRun);
};

export const bulkRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/detection_engine/rules/_bulk_action',
    needs: 'rules-read',
    atOnce: 5,
    handle: bulk,
  },
];
