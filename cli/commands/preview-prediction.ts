import { compareAlerts, type ComparedAlert, type Comparison } from '../cluster/comparison.ts';
import type { Cluster } from '../cluster/client.ts';
import type { PreviewAlert, SourceRef } from '../cluster/preview-alerts.ts';
import { readEvents, surveyEvents, type SourceRequest, type Survey } from '../cluster/source-events.ts';
import { sourceMapping } from '../cluster/source-mapping.ts';
import { exceptionsOf } from '../engine/exceptions.ts';
import { prepareRule, runsOffline } from '../engine/prepare.ts';
import { patternsOf } from '../engine/reach.ts';
import type { Schedule } from '../engine/schedule.ts';
import { prepareRuns, reachOf, type PreparedRuns } from '../engine/scheduled-runs.ts';
import { timesOf, timestampFields } from '../engine/time.ts';
import type { Event } from '../fields/event.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import type { Explained } from '../report/preview-report.ts';
import { KnownError } from '../text/known-error.ts';
import type { PreviewSubject } from './preview-subject.ts';

/** What the engine expects of a preview, and how that compares with what Kibana found. */
export interface Predicted {
  readonly survey: Survey;
  readonly comparison: Comparison;
  readonly explained: readonly Explained[];
  /** What Kibana applies and the prediction does not, and what else a reader has to know. */
  readonly notes: readonly string[];
}

/** Why nothing is compared. `expected`: nobody could have done otherwise, as for a rule type that the engine does not run. */
export interface NotCompared {
  readonly why: string;
  readonly help?: string;
  readonly expected: boolean;
}

export const isNotCompared = (one: Predicted | NotCompared): one is NotCompared => 'why' in one;

export interface PredictionInput {
  readonly subject: PreviewSubject;
  readonly schedule: Schedule;
  readonly alerts: readonly PreviewAlert[];
  /** Epoch milliseconds of the preview: what `now` in a query meant there. */
  readonly now: number;
  readonly stack: string;
  /** Events that are read, at most. */
  readonly most: number;
}

/** Why a rule gets no prediction whatever its indices hold; undefined: it gets one. */
export function noPrediction({ file, rule, document, dataView }: PreviewSubject): NotCompared | undefined {
  if (!runsOffline(rule.body.type)) {
    const { problems } = prepareRule({ file, rule, mapping: mappingForRule(rule), now: 0 });
    return { why: `there is no prediction: ${problems[0]?.message ?? rule.body.type}`, expected: true };
  }
  const view = document['data_view_id'];
  if (typeof view === 'string' && view !== '' && dataView === undefined)
    return {
      why: `there is no prediction: data view ${view} is not in the space`,
      help: 'make it in Kibana, or write index instead of data_view_id',
      expected: false,
    };
  return undefined;
}

/** Reads the events that the runs looked at, runs the rule over them, and compares. Throws a RemoteError. */
export async function predict(cluster: Cluster, input: PredictionInput): Promise<Predicted | NotCompared> {
  const { subject, schedule, most } = input;
  const { rule, dataView } = subject;
  const request: SourceRequest = {
    patterns: dataView?.patterns ?? patternsOf(rule.body) ?? [],
    ...reachOf(rule, schedule),
    times: timestampFields(rule.body),
  };
  const survey = await surveyEvents(cluster, request);
  if (survey.events > most)
    return {
      why: `nothing is compared: the runs looked at ${survey.events} events, and ${most} are read at most`,
      help: `look at a shorter time with --from or --runs, or raise --max-events`,
      expected: false,
    };
  try {
    return await run(cluster, request, survey, input);
  } catch (error) {
    // Elasticsearch refuses such a search as well; what it did is told in the log of the runs.
    if (error instanceof KnownError && error.kind !== 'remote')
      return { why: `there is no prediction: ${error.message}`, ...(error.help === undefined ? {} : { help: error.help }), expected: false };
    throw error;
  }
} // prettier-ignore

async function run(
  cluster: Cluster,
  request: SourceRequest,
  survey: Survey,
  { subject, schedule, alerts, now, stack }: PredictionInput,
): Promise<Predicted | NotCompared> {
  const { file, rule, items, valueLists, dataView } = subject;
  const mapping = await sourceMapping(cluster, request.patterns, survey.indices, dataView?.runtime);
  const exceptions = exceptionsOf(items, { mapping, now, stack, valueLists });
  const { prepared, problems, caveats } = prepareRuns({ file, rule, mapping, schedule, exceptions, now, stack });
  if (prepared === undefined) {
    const problem = problems.find((one) => one.severity === 'error');
    return {
      why: `there is no prediction: ${problem?.message ?? 'the rule cannot be run'}`,
      ...(problem?.help === undefined ? {} : { help: problem.help }),
      expected: problem?.id === 'query/unsupported',
    };
  }
  const { events, late } =
    survey.events === 0 ? NOTHING : await relevant(cluster, request, prepared, alerts, now);
  const prediction = prepared.predict(events);
  const comparison = compareAlerts(alerts, prediction);
  return {
    survey,
    comparison,
    explained: comparison.alerts.map((alert) => explained(alert, events, prepared)),
    notes: [
      ...caveats.map((one) => (one.why === undefined ? one.message : `${one.message}: ${one.why}`)),
      ...(rule.body.index === undefined && dataView === undefined ? [STOCK_INDICES] : []),
      ...exceptions.left.map((one) => `not applied in the prediction: ${one}`),
      ...(prediction.grouped ? [GROUPED] : []),
      ...(prediction.grouped && alerts.length > 0 && alerts.every((one) => one.terms === undefined) ? [UNLICENSED] : []),
      ...(prediction.cut.length === 0 ? [] : [CUT]),
      ...(late === 0 ? [] : [`${late} of the events came in after the preview had begun, and are left out where Kibana did not see them`]),
    ],
  };
} // prettier-ignore

const GROUPED =
  'the rule suppresses alerts: groups are compared with all their events, not in which run each of them was counted';
const STOCK_INDICES =
  'the rule names no indices: the stock value of securitySolution:defaultIndex is searched here, and the space may have another';
const UNLICENSED =
  'Kibana raised plain alerts: suppression needs a Platinum licence, and without one the engine ignores it';
const CUT =
  'some runs reached max_signals: which alerts were left out depends on what an earlier run had stored and the search could see';

interface Relevant {
  readonly events: readonly Event[];
  /** Events that came in too late to be seen by every run. */
  readonly late: number;
}

const NOTHING: Relevant = { events: [], late: 0 };

/**
 * The events on which an alert depends, or behind one of Kibana's; the others are not kept. What was ingested after the preview
 * had begun may not have been there when a run searched, and is left out unless an alert of Kibana names it.
 */
async function relevant(
  cluster: Cluster,
  request: SourceRequest,
  prepared: PreparedRuns,
  alerts: readonly PreviewAlert[],
  now: number,
): Promise<Relevant> {
  const named = new Set(alerts.flatMap((one) => one.events.map(keyOf)));
  const begun = BigInt(now) * 1_000_000n;
  const kept: Event[] = [];
  let late = 0;
  for await (const page of readEvents(cluster, request))
    for (const event of page) {
      const wanted = named.has(keyOf(event));
      if (!wanted && !prepared.concerns(event)) continue;
      if (!wanted && timesOf(event, 'event.ingested').some((at) => at > begun)) late++;
      else kept.push(event);
    }
  return { events: kept, late };
}

const keyOf = ({ index, id }: SourceRef): string => `${index}\0${id}`;

/** Why only one side has an alert, as far as the engine can say. */
function explained(alert: ComparedAlert, events: readonly Event[], prepared: PreparedRuns): Explained {
  if (alert.outcome !== 'only in Kibana') return { alert };
  const wanted = new Set(alert.events.map(keyOf));
  const found = events.filter((event) => wanted.has(keyOf(event)));
  const [event] = found;
  if (event === undefined) return { alert, reason: 'its event was not among those that the indices hold in the time' };
  const out = found.map((one) => prepared.keptOut(one)).find((one) => one !== undefined);
  if (out !== undefined) return { alert, reason: out };
  if (prepared.explainGroup !== undefined) return { alert, group: prepared.explainGroup(found) };
  return { alert, explanation: prepared.explain(event) };
}
