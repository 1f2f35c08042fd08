import type { Alert } from '../engine/alert.ts';
import type { Event } from '../fields/event.ts';
import type { Explanation } from '../query/run/explanation.ts';
import type { GroupExplanation } from '../query/run/sequence/explanation.ts';
import type { Finding } from '../text/diagnostic.ts';

export type CaseStatus = 'passed' | 'failed' | 'error';

/** One case of a suite after its run. */
export interface CaseResult {
  /** `positive/wget_from_tmp`. */
  readonly name: string;
  readonly kind: 'positive' | 'negative';
  readonly status: CaseStatus;
  /** Where the case is written: the fixture file, or the line of suite.toml. */
  readonly path: string;
  readonly line: number;
  /** In the words of the person who reads it: `at least 1 alert`, `no alert`, `exactly 2 alerts`, `kibana.alert.severity = "high"`. */
  readonly expected: string;
  readonly got: string;
  readonly alerts: readonly Alert[];
  readonly events: readonly Event[];
  /** What the case shows, as suite.toml says it. */
  readonly why?: string;
  /** Events that the rule never looks at, each with the reason. */
  readonly outOfReach: readonly { readonly event: Event; readonly reason: string }[];
  /** Failed cases: the event that is nearest to the expectation, and why it did or did not match. */
  readonly explanations: readonly { readonly event: Event; readonly explanation: Explanation }[];
  /** Failed cases of a sequence or sample, instead of explanations: how far the events got. */
  readonly group?: GroupExplanation;
  /** Why the case could not be run at all. */
  readonly problem?: Finding;
}

export interface SuiteResult {
  /** Path of the rule file. */
  readonly path: string;
  readonly ruleId: string;
  readonly ruleName: string;
  /** Folder of the suite. */
  readonly folder: string;
  readonly cases: readonly CaseResult[];
  /** Faults of the suite itself: unknown key, unused file, missing positive, a rule that cannot be run. */
  readonly findings: readonly Finding[];
}

export interface TestResult {
  readonly suites: readonly SuiteResult[];
  readonly passed: number;
  readonly failed: number;
}
