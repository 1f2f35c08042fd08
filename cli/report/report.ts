import type { SuiteResult } from '../testing/result.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { SourceFile } from '../text/source-file.ts';

/** All that a format needs; plain values, nothing is computed while printing. */
export interface Report {
  readonly command: string;
  readonly version: string;
  readonly rules: number;
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
  /** All check ids with their summaries, for SARIF. */
  readonly checks: readonly { readonly id: string; readonly summary: string }[];
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

export const plural = (n: number, word: string): string => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

/** `path:line:column` of a finding. */
export function place(report: Report, finding: Finding): { readonly line: number; readonly column: number } {
  return report.source(finding.path)?.position(finding.span.start) ?? { line: 1, column: 1 };
}

/** `24 rules, 0 errors, 2 warnings, 187 cases, 0 failed in 0.41 s` */
export function summaryLine(report: Report): string {
  const { errors, warnings, cases, failed } = counts(report);
  const tests = report.suites === undefined ? '' : `, ${plural(cases, 'case')}, ${failed} failed`;
  const time = report.seconds === undefined ? '' : ` in ${report.seconds.toFixed(2)} s`;
  return `${plural(report.rules, 'rule')}, ${plural(errors, 'error')}, ${plural(warnings, 'warning')}${tests}${time}`;
}
