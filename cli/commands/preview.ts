import { Cluster } from '../cluster/client.ts';
import { noIndexFor, type NoIndex } from '../cluster/nearest-indices.ts';
import { previewIndex, readPreviewAlerts, settlePreview, type PreviewAlerts } from '../cluster/preview-alerts.ts';
import { patternsOf } from '../engine/reach.ts';
import { scheduleOf, type Schedule } from '../engine/schedule.ts';
import { reachOf } from '../engine/scheduled-runs.ts';
import { resolveDate } from '../fields/dates/index.ts';
import { described } from '../kibana/client/connection.ts';
import { previewRule, type Preview } from '../kibana/client/preview-api.ts';
import { elasticsearchOf } from '../kibana/client/settings.ts';
import { isAmiss, previewJson, previewPretty, type PreviewReport } from '../report/preview-report.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import { readConfig } from './configuration.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { openRemote, withRemote, type Remote, type RemoteFlags } from './kibana-remote.ts';
import { parseFormat, put } from './outputs.ts';
import {
  isNotCompared,
  noPrediction,
  predict,
  type NotCompared,
  type Predicted,
  type PredictionInput,
} from './preview-prediction.ts';
import { previewSubject, selectNamed, type PreviewSubject } from './preview-subject.ts';
import type { ConfigFlags } from './settings.ts';
import { terminalOf, type TerminalOptions } from './terminal.ts';

export interface PreviewOptions extends RemoteFlags, ConfigFlags, TerminalOptions {
  readonly from?: string;
  readonly to?: string;
  readonly runs?: number;
  /** False: `--no-compare`. */
  readonly compare?: boolean;
  readonly maxEvents?: number;
  readonly format?: readonly string[];
  readonly exitCode?: boolean;
}

const FORMATS = ['pretty', 'json'] as const;
const isPreviewFormat = (name: string): name is 'pretty' | 'json' => (FORMATS as readonly string[]).includes(name);

/** Documents of a preview that are read: ten runs with all the alerts that Kibana lets one make. */
const MOST_ALERTS = 10_000;
const MOST_EVENTS = 100_000;
/** Milliseconds before the end, without --from. */
const RANGE = 3_600_000;
const TO = 'now';

/** An instant of `--from` or `--to`, epoch milliseconds: date math or ISO 8601. */
function instant(flag: string, written: string, now: number): number {
  try {
    return Number(resolveDate(written, { now, roundUp: false }) / 1_000_000n);
  } catch (cause) {
    throw new KnownError(`${flag} ${written} is no instant`, { cause, help: 'write now-1h, now/d, or 2026-01-31T12:00:00Z' });
  }
} // prettier-ignore

function rangeOf(options: PreviewOptions, now: number): { readonly from: number; readonly to: number } {
  if (options.from !== undefined && options.runs !== undefined)
    throw new KnownError('--from and --runs both say where the runs begin', { help: 'give one of them' });
  if (options.runs !== undefined && options.runs < 1)
    throw new KnownError('--runs 0 is no preview', { help: 'give at least 1' });
  const to = instant('--to', options.to ?? TO, now);
  const from = options.from === undefined ? to - RANGE : instant('--from', options.from, now);
  if (to > now)
    throw new KnownError(`--to ${options.to ?? TO} lies in the future`, { help: 'nothing has happened there yet; leave it out for now' });
  return { from, to };
} // prettier-ignore

/**
 * `dac preview RULE`: Kibana runs the rule over a time and the engine here over the same events; what differs is shown. The
 * space gets nothing but the preview itself.
 */
export async function preview(host: Host, written: string, options: PreviewOptions): Promise<ExitCode> {
  const outputs = (options.format ?? ['pretty']).map((one) => parseFormat(one, FORMATS, isPreviewFormat));
  const started = host.clock();
  const now = host.now();
  const range = rangeOf(options, now);
  const config = readConfig(host, options, written);
  const selected = await selectNamed(host, written, config);
  const remote = await openRemote(host, config, options);
  return await withRemote(remote, async () => {
    const cluster = await openCluster(host, remote, options.compare === false);
    try {
      const subject = await previewSubject(host, config, remote, selected);
      const schedule = scheduleOf(subject.rule, range, options.runs);
      const made = await previewRule(remote.transport, {
        rule: subject.document,
        invocationCount: schedule.starts.length,
        timeframeEnd: range.to,
      });
      const alerts = cluster === undefined ? undefined : await alertsOf(cluster, remote, made);
      const result =
        cluster === undefined || alerts === undefined || options.compare === false
          ? undefined
          : await compare(cluster, subject, made, alerts, {
              schedule: ranOf(schedule, made),
              now,
              stack: config.stack,
              most: options.maxEvents ?? MOST_EVENTS,
            });
      const time = (host.clock() - started) / 1000;
      const noIndex =
        cluster === undefined || alerts === undefined || alerts.total > 0 ? undefined : await missing(cluster, subject);
      const report = reportOf(remote, subject, schedule, made, { alerts, result, noIndex, time });
      const terminal = terminalOf(host, options);
      for (const output of outputs) {
        const text =
          output.format === 'json'
            ? previewJson(report)
            : previewPretty(report, { ...terminal, colour: terminal.colour && output.path === undefined });
        put(remote.host, output, remote.mask(text));
      }
      if (result !== undefined && isNotCompared(result) && !result.expected) return 2;
      return options.exitCode === true && isAmiss(report) ? 1 : 0;
    } finally {
      await cluster?.close();
    }
  });
}

const iso = (nanos: bigint): string => new Date(Number(nanos / 1_000_000n)).toISOString().replace('.000Z', 'Z');

/** The Elasticsearch to read from. Without a comparison it is not needed, and its alerts are read only where it is known. */
async function openCluster(host: Host, remote: Remote, optional: boolean): Promise<Cluster | undefined> {
  const { environment, transport } = remote;
  if (optional && environment.elasticsearch === undefined) return undefined;
  const { connection, warnings } = elasticsearchOf(environment, transport.connection);
  for (const warning of warnings) host.err(remote.mask(`warning: ${warning}\n`));
  return await Cluster.open(connection, `dac/${packageVersion()}`);
}

async function alertsOf(cluster: Cluster, remote: Remote, made: Preview): Promise<PreviewAlerts> {
  const { space } = remote.transport.connection;
  if (made.id === undefined) return { alerts: [], total: 0, whole: true, indexed: true };
  await settlePreview(cluster, space, (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  return await readPreviewAlerts(cluster, space, made.id, MOST_ALERTS);
}

/** Starts of runs that failed, which may have made some of their alerts. */
const failedStarts = ({ runs }: Preview): ReadonlySet<string> =>
  new Set(runs.flatMap((run) => (run.errors.length > 0 && run.startedAt !== undefined ? [run.startedAt] : [])));

/** The runs that Kibana has done. */
function ranOf(schedule: Schedule, { runs }: Preview): Schedule {
  const done = new Set(runs.flatMap((run) => (run.errors.length > 0 ? [] : [Date.parse(run.startedAt ?? '')])));
  return { ...schedule, starts: schedule.starts.filter((start) => done.has(start)) };
}

/** What is compared: the runs that Kibana has done, and their alerts. */
async function compare(
  cluster: Cluster,
  subject: PreviewSubject,
  made: Preview,
  { alerts, total, whole }: PreviewAlerts,
  how: Pick<PredictionInput, 'schedule' | 'now' | 'stack' | 'most'>,
): Promise<Predicted | NotCompared> {
  const none = noPrediction(subject);
  if (none !== undefined) return none;
  if (how.schedule.starts.length === 0) return { why: 'nothing is compared: no run succeeded', expected: true };
  if (!whole)
    return {
      why: `nothing is compared: Kibana made ${total} alerts, and ${MOST_ALERTS} are read at most`,
      help: 'look at a shorter time with --from or --runs',
      expected: false,
    };
  const failed = failedStarts(made);
  return await predict(cluster, { ...how, subject, alerts: alerts.filter((one) => !failed.has(one.at)) });
}

/** That no index fits the rule's patterns; rules that search none by pattern have none to fit. */
async function missing(cluster: Cluster, { rule, dataView }: PreviewSubject): Promise<NoIndex | undefined> {
  const patterns = dataView?.patterns ?? patternsOf(rule.body) ?? [];
  return patterns.length === 0 ? undefined : await noIndexFor(cluster, patterns);
}

interface Outcome {
  readonly alerts: PreviewAlerts | undefined;
  readonly result: Predicted | NotCompared | undefined;
  readonly noIndex: NoIndex | undefined;
  readonly time: number;
}

function reportOf(
  { transport, environment }: Remote,
  { file, rule: { body }, rule }: PreviewSubject,
  schedule: Schedule,
  made: Preview,
  { alerts, result, noIndex, time }: Outcome,
): PreviewReport {
  const { from, to } = reachOf(rule, schedule);
  const { connection } = transport;
  return {
    version: packageVersion(),
    rule: { ruleId: body.rule_id, name: body.name, path: file.path, query: body.query ?? '' },
    target:
      environment.name === 'default'
        ? described(connection)
        : `environment ${environment.name}, ${described(connection)}`,
    ...(made.id === undefined ? {} : { previewId: made.id }),
    index: previewIndex(connection.space),
    planned: schedule.starts.length,
    interval: body.interval ?? '5m',
    from: iso(from),
    to: iso(to),
    runs: made.runs,
    aborted: made.aborted,
    ...(alerts === undefined
      ? {}
      : { found: { alerts: alerts.alerts.length, whole: alerts.whole, indexed: alerts.indexed } }),
    ...compared(result),
    ...(noIndex === undefined ? {} : { noIndex }),
    notes: result === undefined || isNotCompared(result) ? [] : result.notes,
    time,
  };
}

function compared(result: Predicted | NotCompared | undefined): Partial<PreviewReport> {
  if (result === undefined) return {};
  if (isNotCompared(result))
    return { notCompared: { why: result.why, ...(result.help === undefined ? {} : { help: result.help }) } };
  const { comparison, explained, survey } = result;
  return { compared: { comparison, explained, events: survey.events, indices: survey.indices.length } };
}
