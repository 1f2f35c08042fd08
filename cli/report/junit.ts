import { visible, visibleLine } from '../text/display.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { CaseResult, SuiteResult } from '../testing/result.ts';
import { caseLines } from './case-lines.ts';
import { findingLines } from './finding-lines.ts';
import { place, plainReport, verdictText, type Report } from './report.ts';
import { styleOf, type Style } from './style.ts';

/** Text as XML 1.0 may hold it, in attributes and between tags. */
const xml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd')
    .replace(/[<>&"'\r\n\t]/g, (one) => `&#${one.charCodeAt(0)};`);

/** On one line, as a name is. */
const name = (text: string): string => xml(visibleLine(text));

/** Between tags line feeds stay. */
const body = (lines: readonly string[]): string => lines.map((line) => xml(visible(line))).join('\n');

interface TestCase {
  readonly outcome: 'passed' | 'failure' | 'error';
  readonly text: string;
}

/** No case is timed by itself: the attribute is there because readers of the format ask for it. */
const TIME = 'time="0"';

function ofCase(report: Report, suite: SuiteResult, one: CaseResult, style: Style): TestCase {
  const open = `<testcase classname="${name(suite.path)}" name="${name(one.name)}" file="${name(one.path)}" line="${one.line}" ${TIME}`;
  if (one.status === 'passed') return { outcome: 'passed', text: `${open}/>` };
  const outcome = one.status === 'error' ? 'error' : 'failure';
  const message = xml(visible(verdictText(one)));
  const text = body(caseLines(report, { suite, one }, style));
  return { outcome, text: `${open}><${outcome} message="${message}">${text}</${outcome}></testcase>` };
}

/** A finding that fails the run is a failing case of its file, or the file of results would be green and the run red. */
function ofFinding(report: Report, finding: Finding, style: Style): TestCase {
  const { line, column } = place(report, finding);
  const open = `<testcase classname="${name(finding.path)}" name="${xml(`${finding.id} at ${line}:${column}`)}" file="${name(finding.path)}" line="${line}" ${TIME}>`;
  const text = body(findingLines(report, finding, style));
  return {
    outcome: 'failure',
    text: `${open}<failure message="${xml(visible(finding.message))}">${text}</failure></testcase>`,
  };
}

const numbers = (cases: readonly TestCase[]): string => {
  const count = (outcome: TestCase['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="0" ${TIME}`;
};

/** JUnit: a suite for each rule file, a case for each case of its suite and each error found in it. */
export function junit(given: Report): string {
  const report = plainReport(given);
  const style = styleOf(report);
  const suites = new Map<string, TestCase[]>();
  const add = (path: string, one: TestCase): void => {
    const there = suites.get(path);
    if (there === undefined) suites.set(path, [one]);
    else there.push(one);
  };
  for (const finding of report.findings)
    if (finding.severity === 'error') add(finding.path, ofFinding(report, finding, style));
  for (const suite of report.suites ?? [])
    for (const one of suite.cases) add(suite.path, ofCase(report, suite, one, style));
  const lines = [...suites]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, cases]) => [
      `  <testsuite name="${name(path)}" ${numbers(cases)}>`,
      ...cases.map((one) => `    ${one.text}`),
      '  </testsuite>',
    ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dac" ${numbers([...suites.values()].flat())}>`,
    ...lines,
    '</testsuites>',
    '',
  ].join('\n');
}
