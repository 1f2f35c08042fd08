import type { CaseResult, SuiteResult } from '../testing/result.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Severity } from '../text/diagnostic.ts';
import { plural, seconds, thousands } from './words.ts';

/** All that a format needs; plain values, nothing is computed while printing. */
export interface Report {
  readonly command: string;
  readonly version: string;
  readonly rules: number;
  /** Files of lists and connectors; absent: none were looked at. */
  readonly lists?: number;
  readonly findings: readonly Finding[];
  /** Absent when no tests ran. */
  readonly suites?: readonly SuiteResult[];
  /** Source of a file, for positions and frames. */
  source(path: string): SourceFile | undefined;
  /** Query text of a rule, for predicates. */
  queryOf?(path: string): string;
  readonly colour: boolean;
  /** True: symbols are written in ASCII. */
  readonly ascii?: boolean;
  /** Columns of a line. */
  readonly width?: number;
  /** True: no summary line for people. */
  readonly quiet?: boolean;
  readonly maxFindings: number;
  /** Seconds; absent where output has to be the same every time. */
  readonly seconds?: number;
  /** All ids that a finding can have, with their summaries and usual severities, for SARIF. */
  readonly checks: readonly { readonly id: string; readonly summary: string; readonly severity?: Severity }[];
  /** Address under which `docs/checks/<id>.md` can be read; absent: none is known. */
  readonly docs?: string;
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly cases: number;
  readonly failed: number;
}

export function counts(report: Report): Counts {
  const cases = (report.suites ?? []).flatMap((suite) => suite.cases);
  return {
    errors: report.findings.filter((one) => one.severity === 'error').length,
    warnings: report.findings.filter((one) => one.severity === 'warning').length,
    cases: cases.length,
    failed: cases.filter((one) => one.status !== 'passed').length,
  };
}

/** A case that did not come out as expected, with its suite. */
export interface Failure {
  readonly suite: SuiteResult;
  readonly one: CaseResult;
}

export const failuresOf = (report: Report): readonly Failure[] =>
  (report.suites ?? []).flatMap((suite) =>
    suite.cases.filter((one) => one.status !== 'passed').map((one) => ({ suite, one })),
  );

/** `expected at least 1 alert, got no alert`, or why nothing was got at all. */
export const verdictText = (one: CaseResult): string =>
  `expected ${one.expected}, ${one.status === 'error' ? 'but' : 'got'} ${one.got}`;

/** What every one-line format says of a failing case. */
export const failureText = ({ suite, one }: Failure): string => `${suite.ruleName}: ${one.name}: ${verdictText(one)}`;

/** What a one-line format says of a failing case, or of all cases of a rule that fail for one reason. */
export interface FailureNote {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** The case, or the first of them. */
  readonly failure: Failure;
  /** Name of the case; empty: all of the suite. */
  readonly name: string;
}

/** A rule that cannot be run fails every case: one note says so, or it would drown the reason. */
export function failureNotes(report: Report): readonly FailureNote[] {
  const shared = new Map<string, number>();
  const reasonOf = ({ suite, one: { problem } }: Failure): string | undefined =>
    problem?.path === suite.path ? `${suite.path}\0${problem.span.start} ${problem.message}` : undefined;
  const failures = failuresOf(report);
  for (const reason of failures.map(reasonOf))
    if (reason !== undefined) shared.set(reason, (shared.get(reason) ?? 0) + 1);
  return failures.flatMap((failure): FailureNote[] => {
    const { suite, one } = failure;
    const reason = reasonOf(failure);
    const count = reason === undefined ? 1 : shared.get(reason);
    if (reason === undefined || one.problem === undefined || count === 1)
      return [{ path: one.path, line: one.line, text: failureText(failure), failure, name: one.name }];
    if (count === undefined) return [];
    shared.delete(reason);
    const { path } = one.problem;
    const text = `${suite.ruleName}: ${plural(count, 'case')}: ${one.got}`;
    return [{ path, line: place(report, one.problem).line, text, failure, name: '' }];
  });
}

/** A report for a machine: without colour, without a limit, without the time, which changes from run to run. */
export function plainReport(report: Report): Report {
  const { seconds: _seconds, ...rest } = report;
  return { ...rest, colour: false, ascii: false, maxFindings: 0 };
}

/** `path:line:column` of a finding. */
export function place(report: Report, finding: Finding): { readonly line: number; readonly column: number } {
  return report.source(finding.path)?.position(finding.span.start) ?? { line: 1, column: 1 };
}

/** `24 rules, 0 errors, 2 warnings, 187 cases, 0 failed in 0.41 s` */
export function summaryLine(report: Report): string {
  const { errors, warnings, cases, failed } = counts(report);
  const tests = report.suites === undefined ? '' : `, ${plural(cases, 'case')}, ${thousands(failed)} failed`;
  const time = report.seconds === undefined ? '' : ` in ${seconds(report.seconds)}`;
  const lists = report.lists === undefined ? '' : `, ${plural(report.lists, 'other file')}`;
  return `${plural(report.rules, 'rule')}${lists}, ${plural(errors, 'error')}, ${plural(warnings, 'warning')}${tests}${time}`;
}
