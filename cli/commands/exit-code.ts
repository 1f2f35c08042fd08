import type { Finding, Severity } from '../text/diagnostic.ts';

/** 0 nothing to act on, 1 something to act on, 2 the job could not be done, 3 the remote failed, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Whether a severity is at or above another. */
export const reaches = (severity: Severity, level: Severity): boolean => RANK[severity] >= RANK[level];

export interface Outcome {
  readonly findings: readonly Finding[];
  /** Cases that did not come out as expected. */
  readonly failedCases: number;
  /** True: some input could not be read or parsed, so that part of the job was not done. */
  readonly incomplete: boolean;
}

export interface FailurePolicy {
  readonly failOn: Severity;
  /** -1: no limit. */
  readonly maxWarnings: number;
  /** Findings and failing cases give 0; what could not be done still gives 2. */
  readonly exitZero: boolean;
}

export function exitCodeOf(outcome: Outcome, policy: FailurePolicy): ExitCode {
  if (outcome.incomplete) return 2;
  if (policy.exitZero) return 0;
  const warnings = outcome.findings.filter((one) => one.severity === 'warning').length;
  const failed =
    outcome.failedCases > 0 ||
    outcome.findings.some((one) => reaches(one.severity, policy.failOn)) ||
    (policy.maxWarnings >= 0 && warnings > policy.maxWarnings);
  return failed ? 1 : 0;
}
