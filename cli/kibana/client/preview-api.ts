/** The preview of a rule, and the data view that it may search. */
import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { foundOf, objectOf, unexpected } from './answers.ts';
import type { Request, Transport } from './transport.ts';

/** Kibana runs a preview for 60 s at most, and its answer has to come back as well. */
const TIMEOUT = 90_000;

export interface PreviewRequest {
  /** Body of a create; `invocationCount` and `timeframeEnd` are added. */
  readonly rule: JsonObject;
  /** 1 to 1000. */
  readonly invocationCount: number;
  /** Start of the last run, epoch milliseconds. */
  readonly timeframeEnd: number;
}

/** One run of a preview. */
export interface PreviewRun {
  /** ISO 8601, the simulated start; absent where the request itself was refused. */
  readonly startedAt?: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Milliseconds. */
  readonly duration: number;
}

export interface Preview {
  /** `kibana.alert.rule.uuid` of the alerts; absent: nothing was run. */
  readonly id?: string;
  /** In the order of the runs; the first failed one is the last. */
  readonly runs: readonly PreviewRun[];
  /** True: the time of a preview was over before all runs were done. */
  readonly aborted: boolean;
}

const texts = (value: Json | undefined): readonly string[] =>
  elements(value).filter((one): one is string => typeof one === 'string');

function runOf(value: Json): PreviewRun | undefined {
  if (!isJsonObject(value)) return undefined;
  const { errors, warnings, startedAt, duration } = value;
  if (!Array.isArray(errors) || !Array.isArray(warnings)) return undefined;
  return {
    ...(typeof startedAt === 'string' ? { startedAt } : {}),
    errors: texts(errors),
    warnings: texts(warnings),
    duration: typeof duration === 'number' ? duration : 0,
  };
}

/**
 * Runs a rule `invocationCount` times, one interval apart, the last at `timeframeEnd`; each run sees the state of the one
 * before, and the first that fails is the last. What is wrong beyond the schema (a missing privilege, a bad count) comes as a
 * run with errors (kibana: rule_preview/api/preview_rules/route.ts). Not repeatable: each one writes alerts of its own.
 */
export async function previewRule(transport: Transport, preview: PreviewRequest): Promise<Preview> {
  const request: Request = {
    method: 'POST',
    path: '/api/detection_engine/rules/preview',
    json: {
      ...preview.rule,
      invocationCount: preview.invocationCount,
      timeframeEnd: new Date(preview.timeframeEnd).toISOString(),
    },
    timeout: TIMEOUT,
  };
  const body = await objectOf(transport, request);
  const logs = own(body, 'logs');
  const runs = elements(logs).map(runOf);
  if (!Array.isArray(logs) || !runs.every((one) => one !== undefined))
    throw unexpected(transport, request, 'the runs of a preview');
  const id = own(body, 'previewId');
  return {
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
    runs,
    aborted: own(body, 'isAborted') === true,
  };
}

/** What a rule with a data view searches. */
export interface DataView {
  /** Index patterns. */
  readonly patterns: readonly string[];
  /** Runtime fields by name, as an index mapping has them. */
  readonly runtime: JsonObject;
}

/** The data view with this id, or undefined where the space has none. */
export async function readDataView(transport: Transport, id: string): Promise<DataView | undefined> {
  const request: Request = { method: 'GET', path: `/api/data_views/data_view/${encodeURIComponent(id)}` };
  const body = await foundOf(transport, request, isMissing);
  if (body === undefined) return undefined;
  const view = own(body, 'data_view');
  const title = isJsonObject(view) ? own(view, 'title') : undefined;
  if (!isJsonObject(view) || typeof title !== 'string') throw unexpected(transport, request, 'a data view');
  const runtime = own(view, 'runtimeFieldMap');
  return {
    patterns: title.split(',').map((one) => one.trim()).filter((one) => one !== ''), // prettier-ignore
    runtime: isJsonObject(runtime) ? runtime : {},
  };
}

/** The platform's 404 for a saved object, told from that for a route or a space by its text. */
const isMissing = (body: JsonObject): boolean => {
  const message = own(body, 'message');
  return typeof message === 'string' && message.startsWith('Saved object [index-pattern/');
};
