import type { Event } from '../fields/event.ts';
import type { Mapping } from '../fields/mapping.ts';
import type { Explanation } from '../query/run/explanation.ts';
import type { GroupExplanation } from '../query/run/sequence/explanation.ts';
import type { Rule, RuleFile } from '../rule/rule.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Alert } from './alert.ts';
import type { Exceptions } from './exceptions.ts';
import type { PreparedRule } from './execution.ts';
import { prepareRule } from './prepare.ts';
import type { Schedule } from './schedule.ts';
import { suppressionOf } from './suppression/suppression.ts';
import { hasTimeIn, timestampFields, timeWindowOf, whenOf, type TimeWindow } from './time.ts';

export interface RunsInput {
  readonly file: RuleFile;
  readonly rule: Rule;
  readonly mapping: Mapping;
  readonly schedule: Schedule;
  readonly exceptions: Exceptions;
  /**
   * What `now` in the query itself means, epoch milliseconds. Elasticsearch reads it, so that it is the time at which the
   * preview is made and not the start of a run.
   */
  readonly now: number;
  readonly stack?: string;
}

/** An alert and the start of the run that raises it, epoch milliseconds; absent for the groups of a suppressing rule. */
export interface ScheduledAlert extends Alert {
  readonly start?: number;
}

/** What a schedule of runs is expected to raise. */
export interface Prediction {
  readonly alerts: readonly ScheduledAlert[];
  /** True: the alerts are the groups of a suppressing rule over all runs together, not the alerts of single runs. */
  readonly grouped: boolean;
  /** Starts of runs in which `max_signals` cut alerts off. */
  readonly cut: readonly number[];
}

/** A rule made ready for all runs of a schedule. Its functions throw a KnownError where the search itself would fail. */
export interface PreparedRuns {
  /** Whether an alert can depend on the event; of a long stream only those are kept. */
  concerns(event: Event): boolean;
  predict(events: readonly Event[]): Prediction;
  explain(event: Event): Explanation;
  explainGroup?(events: readonly Event[]): GroupExplanation;
  /** Why no run raises an alert on an event whatever the query says: its time, or an exception. */
  keptOut(event: Event): string | undefined;
}

export interface RunsPreparation {
  /** Absent when the rule cannot be run; `problems` then holds at least one error. */
  readonly prepared?: PreparedRuns;
  readonly problems: readonly Diagnostic[];
  /** What Kibana applies and this does not. */
  readonly caveats: readonly Diagnostic[];
}

/** Caveats of a run over fixtures that do not hold here: lists and data views are read from the space. */
const READ_HERE = ['engine/exceptions-not-applied', 'engine/data-view-unknown'];

/** Makes a rule ready to be run on a schedule over events that its indices hold. */
export function prepareRuns(input: RunsInput): RunsPreparation {
  const { file, rule, mapping, now, stack } = input;
  // Elasticsearch has resolved the index patterns; the hits come from backing indices, whose names fit none of them.
  const shared = { file, rule, mapping, now, anyIndex: true, ...(stack === undefined ? {} : { stack }) };
  const { prepared: limited } = prepareRule(shared);
  const { prepared, problems, caveats = [] } = prepareRule({ ...shared, allAlerts: true });
  const known = caveats.filter((one) => !READ_HERE.includes(one.id));
  if (prepared === undefined || limited === undefined) return { problems, caveats: known };
  return { prepared: new Runs(input, prepared, limited), problems, caveats: known };
}

/** The window of a run in which the rule looks at events, and one that it catches up on first. */
export function windowsOf(rule: Rule, start: number, schedule: Schedule): readonly TimeWindow[] {
  const window = timeWindowOf(rule.body, start);
  const gap = BigInt(schedule.interval) * 1_000_000n - (window.to - window.from);
  // A run that looks back less than an interval searches the window of the run before once more
  // (kibana: rule_types/utils/utils.ts getRuleRangeTuples, getCatchupTuples).
  return gap > 0n && start !== schedule.starts[0]
    ? [timeWindowOf(rule.body, start - schedule.interval), window]
    : [window];
}

/** Begin and end of all that a schedule looks at, epoch nanoseconds. */
export function reachOf(rule: Rule, schedule: Schedule): Pick<TimeWindow, 'from' | 'to'> {
  const windows = schedule.starts.map((start) => timeWindowOf(rule.body, start));
  const [first] = windows;
  if (first === undefined) throw new Error('a schedule without a run');
  return windows.reduce(
    (reach, { from, to }) => ({ from: from < reach.from ? from : reach.from, to: to > reach.to ? to : reach.to }),
    { from: first.from, to: first.to },
  );
}

const keyOf = (alert: Alert): string => JSON.stringify(alert.events.map(({ index, id }) => [index, id]));

class Runs implements PreparedRuns {
  readonly #input: RunsInput;
  readonly #whole: PreparedRule;
  readonly #limited: PreparedRule;
  readonly explainGroup?: (events: readonly Event[]) => GroupExplanation;

  constructor(input: RunsInput, whole: PreparedRule, limited: PreparedRule) {
    this.#input = input;
    this.#whole = whole;
    this.#limited = limited;
    if (whole.explainGroup !== undefined) this.explainGroup = (events) => whole.explainGroup?.(events) ?? never();
  }

  concerns(event: Event): boolean {
    return this.#whole.concerns?.(event) ?? true;
  }

  explain(event: Event): Explanation {
    return this.#whole.explain(event);
  }

  keptOut(event: Event): string | undefined {
    const { rule, schedule, exceptions } = this.#input;
    const when = whenOf(event, timestampFields(rule.body));
    if (when === undefined) return `the event has no date in ${timestampFields(rule.body).join(' or ')}`;
    const starts = schedule.starts.filter((start) => hasTimeIn(when.times, timeWindowOf(rule.body, start)));
    if (starts.length === 0) return `${when.field} lies in the window of no run`;
    const items = starts.map((start) => exceptions.excludedBy(event, start));
    return items.every((one) => one !== undefined) ? items[0] : undefined;
  }

  predict(events: readonly Event[]): Prediction {
    const { rule } = this.#input;
    const timed = events.map((event) => ({ event, times: whenOf(event, timestampFields(rule.body))?.times ?? [] }));
    const seen = new Set<string>();
    return suppressionOf(rule.body) === undefined ? this.#single(timed, seen) : this.#grouped(timed);
  }

  /** Run by run: what an earlier run has raised is not raised again, as the alert would have the same id. */
  #single(events: readonly Timed[], seen: Set<string>): Prediction {
    const { rule, schedule } = this.#input;
    const limit = this.#limited.limit ?? Infinity;
    const alerts: ScheduledAlert[] = [];
    const cut: number[] = [];
    for (const start of schedule.starts)
      for (const window of windowsOf(rule, start, schedule)) {
        const found = this.#inRun(events, window, start);
        // EQL asks for max_signals events or sequences, and what is known among them leaves no room for others
        // (kibana: rule_types/eql/eql.ts); a query is read until max_signals new alerts are made.
        const eql = rule.body.type === 'eql';
        const raised = (eql ? this.#limited : this.#whole).run(found);
        const fresh = raised.filter((alert) => !seen.has(keyOf(alert)));
        const made = eql ? fresh : fresh.slice(0, limit);
        if (eql ? raised.length >= limit : fresh.length > limit) cut.push(start);
        for (const alert of made) {
          seen.add(keyOf(alert));
          alerts.push({ ...alert, start });
        }
      }
    return { alerts, grouped: false, cut: [...new Set(cut)] };
  }

  /** Over all runs together: in whichever run an event is counted, it is counted once (kibana: alert_suppression). */
  #grouped(events: readonly Timed[]): Prediction {
    const { rule, schedule } = this.#input;
    const counted = new Set<Event>();
    for (const start of schedule.starts)
      for (const window of windowsOf(rule, start, schedule))
        for (const event of this.#inRun(events, window, start)) counted.add(event);
    const inOrder = events.flatMap(({ event }) => (counted.has(event) ? [event] : []));
    return { alerts: this.#whole.run(inOrder), grouped: true, cut: [] };
  }

  #inRun(events: readonly Timed[], window: TimeWindow, start: number): readonly Event[] {
    const { exceptions } = this.#input;
    return events.flatMap(({ event, times }) =>
      hasTimeIn(times, window) && exceptions.excludedBy(event, start) === undefined ? [event] : [],
    );
  }
}

interface Timed {
  readonly event: Event;
  readonly times: readonly bigint[];
}

const never = (): never => {
  throw new Error('no groups to explain');
};
