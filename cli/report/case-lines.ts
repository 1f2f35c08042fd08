import type { CaseResult, SuiteResult } from '../testing/result.ts';
import type { Explanation } from '../query/run/explanation.ts';
import type { Event } from '../fields/event.ts';
import { visibleLine, wrap } from '../text/display.ts';
import { explanationLines, oneAway, type CopiedFrom } from './explanation-lines.ts';
import { findingLines } from './finding-lines.ts';
import { groupLines } from './group-lines.ts';
import { place, verdictText, type Failure, type Report } from './report.ts';
import type { Style } from './style.ts';
import { plural, thousands } from './words.ts';

const INDENT = '      ';

/** Events out of reach that are listed for a case; the others are counted. */
const LISTED = 3;

/** A failing case: rule and case, place, expected and got, then the reason. */
export function caseLines(report: Report, { suite, one }: Failure, style: Style): readonly string[] {
  const { colour } = style;
  const indented = (text: string): string[] =>
    wrap(text, style.width - INDENT.length).map((line) => `${INDENT}${line}`);
  return [
    `${colour.red(colour.bold('FAIL'))}  ${colour.bold(visibleLine(suite.ruleName))}  ${visibleLine(one.name)}`,
    `${INDENT}${visibleLine(one.path)}:${one.line}`,
    ...(one.why === undefined ? [] : indented(`shows: ${visibleLine(one.why)}`)),
    ...indented(visibleLine(verdictText(one))),
    ...reasonLines(report, suite, one, style),
  ];
}

/** Cases of one suite that could not be run for the same reason are told together: the reason is what matters. */
export function blockedLines(report: Report, failures: readonly Failure[], style: Style): readonly string[] {
  const [first] = failures;
  if (first === undefined) return [];
  if (failures.length === 1) return caseLines(report, first, style);
  const { colour } = style;
  const names = failures.slice(0, LISTED).map(({ one }) => one.name);
  const more = failures.length - names.length;
  const list = `${names.join(', ')}${more === 0 ? '' : `, … ${more} more`}`;
  return [
    `${colour.red(colour.bold('FAIL'))}  ${colour.bold(visibleLine(first.suite.ruleName))}  ${plural(failures.length, 'case')}: ${first.one.got}`,
    ...wrap(visibleLine(list), style.width - INDENT.length).map((line) => `${INDENT}${line}`),
    ...reasonLines(report, first.suite, first.one, style),
  ];
}

/** What stands below the verdict of a failing case. */
export function reasonLines(report: Report, suite: SuiteResult, one: CaseResult, style: Style): readonly string[] {
  const { colour } = style;
  const source = report.queryOf?.(suite.path) ?? '';
  const lines: string[] = [];
  if (one.problem !== undefined) lines.push(...problemLines(report, one.problem, style));
  const beside = one.outOfReach.length < one.events.length ? one.outOfReach : [];
  if (beside.length > 0) lines.push('');
  for (const { event, reason } of beside.slice(0, LISTED))
    lines.push(`${INDENT}${eventName(event, one)}: ${colour.yellow(visibleLine(reason))}`);
  if (beside.length > LISTED) lines.push(`${INDENT}… ${plural(beside.length - LISTED, 'more event')} out of reach`);
  if (one.group !== undefined) {
    const explain = (explanation: Explanation, indent: string, copiedFrom: CopiedFrom): readonly string[] =>
      explanationLines(explanation, source, indent, style, copiedFrom);
    lines.push('', ...groupLines(one.group, source, { indent: INDENT, colour, explain }));
  }
  const [nearest, ...others] = one.explanations;
  if (nearest !== undefined) {
    lines.push('', ...(one.events.length > 1 ? [`${INDENT}${eventName(nearest.event, one)}`] : []));
    lines.push(...explanationLines(nearest.explanation, source, INDENT, style));
    const away = oneAway(nearest.explanation, source);
    if (away.length > 0) lines.push('', ...awayLines(away));
  }
  if (others.length > 0) lines.push('', ...others.map(({ event }) => `${INDENT}and ${eventName(event, one)}`));
  const raised = one.alerts.length - one.explanations.length;
  if (others.length > 0 && raised > 0) lines.push(`${INDENT}… ${plural(raised, 'more alert')}`);
  return lines;
}

function awayLines(away: readonly string[]): readonly string[] {
  const [only] = away;
  if (away.length === 1) return [`${INDENT}one predicate away: ${only ?? ''}`];
  const more = away.length - LISTED;
  return [
    `${INDENT}one predicate away, any of:`,
    ...away.slice(0, LISTED).map((text) => `${INDENT}    ${text}`),
    ...(more > 0 ? [`${INDENT}    … ${more} more`] : []),
  ];
}

/** `event 3 of 12 (id)`, and its line where its file has one event a line. */
function eventName(event: Event, one: CaseResult): string {
  const line = event.path === undefined || event.line === undefined ? '' : `  ${visibleLine(event.path)}:${event.line}`;
  const many = one.events.length > 1 ? ` of ${thousands(one.events.length)}` : '';
  return `event ${event.ordinal + 1}${many} (${visibleLine(event.id)})${line}`;
}

/** In one line where the finding itself is in the report, as those of rules and fixtures are. */
function problemLines(report: Report, problem: NonNullable<CaseResult['problem']>, style: Style): readonly string[] {
  const told = report.findings.some(
    (one) => one.path === problem.path && one.message === problem.message && one.span.start === problem.span.start,
  );
  if (!told) return findingLines(report, problem, style).map((line) => `${INDENT}${line}`);
  const { line, column } = place(report, problem);
  return [`${INDENT}${visibleLine(problem.path)}:${line}:${column}: ${visibleLine(problem.message)}`];
}
