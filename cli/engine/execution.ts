import type { Event } from '../fields/event.ts';
import type { Mapping } from '../fields/mapping.ts';
import type { Rule, RuleFile } from '../rule/rule.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { KnownError } from '../text/known-error.ts';
import type { Explanation } from '../query/run/explanation.ts';
import type { LeadingValues } from '../query/run/leading-values.ts';
import type { GroupExplanation } from '../query/run/sequence/explanation.ts';
import type { Alert } from './alert.ts';

/** All that a run of a rule depends on. */
export interface ExecutionInput {
  readonly file: RuleFile;
  readonly rule: Rule;
  readonly mapping: Mapping;
  /** The instant of the run, epoch milliseconds. */
  readonly now: number;
  /** True: only events between the rule's `from` and `to`, seen from `now`, are searched. */
  readonly timeWindow?: boolean;
  /** True: events of every index are searched, whatever the rule's index patterns say. */
  readonly anyIndex?: boolean;
  /** True: `max_signals` does not cut the alerts off. */
  readonly allAlerts?: boolean;
  readonly stack?: string;
}

/**
 * A rule made ready once and run over many sets of events. `run` and `explain` throw a KnownError (QueryFailure with a
 * span in the query) when the search itself would fail.
 */
export interface PreparedRule {
  run(events: readonly Event[]): readonly Alert[];
  /** Why one event did or did not match the query; of a sequence or sample, each of its terms. */
  explain(event: Event): Explanation;
  /** Of a sequence or sample: how far the events got, and what broke it off. */
  explainGroup?(events: readonly Event[]): GroupExplanation;
  /** Why the rule never looks at an event at all: its index, its time. Undefined when it does look. */
  outOfReach(event: Event): string | undefined;
  /** Most alerts that one run can give (`max_signals`, and Kibana's own limit); absent: no limit was asked for. */
  readonly limit?: number;
  /**
   * Whether the alerts can depend on an event in reach at all; of a long stream only those are kept. Absent: on any. Throws
   * a KnownError when the search itself would fail.
   */
  concerns?(event: Event): boolean;
  /**
   * Events that are going to be shown, before any of them is: dynamic mapping makes fields of what they bring. Absent: the
   * rule names no field that documents can bring. Whether that changes which events concern the rule, and what `leading` says.
   */
  observe?(events: readonly Event[]): boolean;
  /** Why the search fails over the events so far; absent or undefined: it does not. */
  failure?(): KnownError | undefined;
  /** The mapping of the indices that it searches: no search finds an event that they refuse. */
  readonly mapping?: Mapping;
  /** What `concerns` looks at first in documents of an index: an event that has only other texts there does not concern the rule. */
  leading?(index: string): readonly LeadingValues[];
}

export interface Preparation {
  /** Absent when the rule cannot run; `problems` then holds at least one error. */
  readonly prepared?: PreparedRule;
  /** Spans are offsets in the rule file. */
  readonly problems: readonly Diagnostic[];
  /**
   * What Kibana would apply beside the query and this run cannot: items of exception lists, a saved query, a data view.
   * They do not keep the rule from running, but whoever trusts an alert has to know them.
   */
  readonly caveats?: readonly Diagnostic[];
}

/** One rule type of the detection engine. */
export type Executor = (input: ExecutionInput) => Preparation;
