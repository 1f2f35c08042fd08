import type { Finding, Severity } from '../text/diagnostic.ts';
import { blockedLines } from './case-lines.ts';
import { findingLines } from './finding-lines.ts';
import { counts, failuresOf, summaryLine, type Failure, type Report } from './report.ts';
import { styleOf, withoutSymbols } from './style.ts';
import { withoutCommands } from './workflow-commands.ts';
import { plural } from './words.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** For people at a terminal: findings with their frames, failing cases with each predicate, and the sum. */
export function pretty(report: Report): string {
  const style = styleOf(report);
  const lines: string[] = [];
  const quiet = report.quiet === true;
  const something = report.findings.length > 0 || failuresOf(report).length > 0;
  if (!quiet && something && report.command === 'check' && report.suites !== undefined)
    lines.push(...overview(report), '');
  const shown = chosen(report);
  for (const finding of shown) lines.push(...findingLines(report, finding, style), '');
  const left = report.findings.length - shown.length;
  if (left > 0) lines.push(`… ${plural(left, 'more finding')}, use --max-findings 0`, '');
  for (const failures of grouped(failuresOf(report))) lines.push(...blockedLines(report, failures, style), '');
  if (!quiet) lines.push(summaryLine(report));
  const text = lines.map((line) => `${line}\n`).join('');
  return withoutCommands(style.ascii ? withoutSymbols(text) : text);
}

/** What was checked, in two lines, before any detail. */
function overview(report: Report): readonly string[] {
  const { errors, warnings, cases, failed } = counts(report);
  const suites = (report.suites ?? []).filter((suite) => suite.cases.length > 0).length;
  const outcome =
    cases === 0 ? 'nothing was run' : failed === 0 ? 'all as expected' : `${failed.toLocaleString('en')} failed`;
  return [
    `rules   ${plural(report.rules, 'rule')}, ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`,
    `tests   ${plural(suites, 'suite')}, ${plural(cases, 'case')}, ${outcome}`,
  ];
}

/** As many findings as are asked for, in their order; if some are left out, then the least grave. */
function chosen({ findings, maxFindings }: Report): readonly Finding[] {
  if (maxFindings === 0 || findings.length <= maxFindings) return findings;
  const graver = findings
    .map((finding, at) => ({ finding, at }))
    .sort((a, b) => RANK[a.finding.severity] - RANK[b.finding.severity] || a.at - b.at)
    .slice(0, maxFindings);
  return graver.sort((a, b) => a.at - b.at).map(({ finding }) => finding);
}

/** Failures one by one, but those of a suite that the same problem blocks together. */
function grouped(failures: readonly Failure[]): readonly (readonly Failure[])[] {
  const groups = new Map<string, Failure[]>();
  failures.forEach((failure, at) => {
    const { suite, one } = failure;
    const { problem } = one;
    const shared = one.status === 'error' && problem?.path === suite.path;
    const key = shared ? `${suite.path} ${problem?.span.start ?? 0} ${problem?.message ?? ''}` : String(at);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [failure]);
    else group.push(failure);
  });
  return [...groups.values()];
}
