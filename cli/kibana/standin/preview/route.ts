import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';
import { ok, PlatformError, type Handler, type Route } from '../route.ts';
import { durationOf } from '../rules/framework.ts';
import { checkedBody, checkMachineLearning } from '../rules/validate.ts';
import { textOf } from '../values.ts';
import { spaceOf } from '../world.ts';
import { array, boolean, date, faultsOf, number, object, string } from '../zod.ts';
import { dataViewOf, keep, runPreview } from './run.ts';

const MOST_RUNS = 1000;

const shape = object({ invocationCount: number(), timeframeEnd: date });

const refusal = (why: string): JsonObject => ({ errors: [why], warnings: [], duration: 0 });

/**
 * Runs the rule over the events that the stand-in holds, one interval apart, the last run at `timeframeEnd`. What is wrong with
 * the request is told inside `logs`, with 200 (kibana: rule_preview/api/preview_rules/route.ts).
 */
const preview: Handler = (call, world) => {
  const body = checkedBody(call.body);
  const faults = faultsOf(shape, body);
  if (faults !== undefined) throw new PlatformError(400, `[request body]: ${faults}`);
  checkMachineLearning(own(body, 'type'), world);
  const runs = Number(own(body, 'invocationCount'));
  const refused = (why: string): ReturnType<Handler> => ok({ logs: [refusal(why)] });
  if (runs < 1 || runs > MOST_RUNS) return refused('Invalid invocation count');
  if (world.circumstances.missing.has('preview'))
    return refused(
      `Missing "read" privileges for the ".preview.alerts-security.alerts-${call.space}" or ".internal.preview.alerts-security.alerts-${call.space}-*" indices. Without these privileges you cannot use the Rule Preview feature.`,
    );
  const end = Date.parse(textOf(body, 'timeframeEnd'));
  const interval = (durationOf(textOf(body, 'interval') || '5m') ?? 300) * 1000;
  const starts = Array.from({ length: runs }, (_, at) => end - (runs - 1 - at) * interval);
  const previewId = world.uuid();
  if (!starts.every((start) => Math.abs(start) <= 8.64e15)) return refused('Invalid time value');
  const ran = runPreview(body, { starts, interval }, previewId, call.space, world);
  const found = world.alterPreview?.(ran) ?? ran;
  keep(found, call.space, world);
  return ok({ previewId, logs: found.logs, isAborted: found.isAborted });
};

const search = object({
  'query?': object({}),
  'aggs?': object({}),
  'runtime_mappings?': object({}),
  'fields?': array(string()),
  'size?': number({ minimum: 0 }),
  'track_total_hits?': boolean,
});

/** There are never alerts beside those of previews, as no rule runs by itself. */
const searchAlerts: Handler = (call) => {
  if (!isJsonObject(call.body) || Object.keys(call.body).length === 0)
    throw new PlatformError(400, '"value" must have at least 1 children');
  const faults = faultsOf(search, call.body);
  if (faults !== undefined) throw new PlatformError(400, `[request body]: ${faults}`);
  return ok({
    took: 0,
    timed_out: false,
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: { total: { value: 0, relation: 'eq' }, max_score: null, hits: [] },
  });
};

const dataView: Handler = (call, world) => {
  const id = call.parameters['id'] ?? '';
  const found = dataViewOf(spaceOf(world, call.space), id);
  if (found === undefined) throw new PlatformError(404, `Saved object [index-pattern/${id}] not found`);
  return ok(found);
};

export const previewRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/detection_engine/rules/preview', needs: 'rules-read', atOnce: 10, handle: preview },
  { method: 'POST', path: '/api/detection_engine/signals/search', needs: 'rules-read', handle: searchAlerts },
  { method: 'GET', path: '/api/data_views/data_view/{id}', handle: dataView },
];
