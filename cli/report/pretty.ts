import { visibleLine } from '../text/display.ts';
import type { Finding, Severity } from '../text/diagnostic.ts';
import { blockedLines } from './case-lines.ts';
import { findingLines } from './finding-lines.ts';
import { counts, failuresOf, failureText, summaryLine, type Failure, type Report } from './report.ts';
import { styleOf, withoutSymbols, type Style } from './style.ts';
import { withoutCommands } from './workflow-commands.ts';
import { plural, thousands } from './words.ts';

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
  lines.push(...failureLines(report, style));
  if (!quiet) lines.push(summaryLine(report));
  const text = lines.map((line) => `${line}\n`).join('');
  return withoutCommands(style.ascii ? withoutSymbols(text) : text);
}

/** Failing cases of one suite that are told in full; one fault of a rule can fail all of them. */
const EXPLAINED = 3;

function failureLines(report: Report, style: Style): readonly string[] {
  const lines: string[] = [];
  const told = new Map<string, number>();
  const short: string[] = [];
  for (const failures of grouped(failuresOf(report))) {
    const [first] = failures;
    const path = first?.suite.path ?? '';
    const count = (told.get(path) ?? 0) + 1;
    told.set(path, count);
    if (first !== undefined && count > EXPLAINED && report.maxFindings !== 0)
      short.push(`${style.colour.red(style.colour.bold('FAIL'))}  ${visibleLine(failureText(first))}`);
    else {
      if (short.length > 0) lines.push(...short.splice(0), '');
      lines.push(...blockedLines(report, failures, style), '');
    }
  }
  if (short.length > 0) lines.push(...short, '');
  const left = [...told.values()].reduce((sum, count) => sum + Math.max(0, count - EXPLAINED), 0);
  if (left > 0 && report.maxFindings !== 0)
    lines.push(`… the predicates of ${plural(left, 'more case')}, use --max-findings 0`, '');
  return lines;
}

/** What was checked, in two lines, before any detail. */
function overview(report: Report): readonly string[] {
  const { errors, warnings, cases, failed } = counts(report);
  const suites = (report.suites ?? []).filter((suite) => suite.cases.length > 0).length;
  const outcome = cases === 0 ? 'nothing was run' : failed === 0 ? 'all as expected' : `${thousands(failed)} failed`;
  return [
    `rules   ${plural(report.rules, 'rule')}${report.lists === undefined ? '' : `, ${plural(report.lists, 'other file')}`}, ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`,
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
