import { visible, visibleLine } from '../text/display.ts';
import { caseLines } from './case-lines.ts';
import { counts, failureNotes, place, plainReport, summaryLine, type Failure, type Report } from './report.ts';
import { styleOf } from './style.ts';
import { plural } from './words.ts';

/** A comment on GitHub holds 65,536 characters; the rest is room for what a workflow puts around it. */
export const LENGTH = 58_000;
/** Of these, what the table may take before the details begin. */
const TABLE = 30_000;
const CELL = 300;

/** By this a workflow finds its own comment and replaces it. */
const MARKER = '<!-- dac-report -->';

/** Text in a table cell: nothing in it is Markdown, HTML, a mention or the end of the cell. */
export const cell = (text: string): string => {
  const line = visibleLine(text);
  const kept = line.length > CELL ? `${line.slice(0, CELL).replace(/[\ud800-\udbff]$/, '')}…` : line;
  return kept.replace(/[|\\`*_~<>&[\]()@#:!]/g, (one) => `&#${one.charCodeAt(0)};`);
};

export const html = (text: string): string => visible(text).replace(/[<>&]/g, (one) => `&#${one.charCodeAt(0)};`);

function rows(report: Report): readonly string[] {
  const row = (place: string, what: string, message: string): string => `| ${place} | ${what} | ${message} |`;
  return [
    ...failureNotes(report).map(({ path, line, text }) => row(`${cell(path)}&#58;${line}`, 'test', cell(text))),
    ...report.findings.map((finding) =>
      row(
        `${cell(finding.path)}&#58;${place(report, finding).line}`,
        `${finding.severity} ${cell(finding.id)}`,
        cell(finding.label === undefined ? finding.message : `${finding.message} (${finding.label})`),
      ),
    ),
  ];
}

/** As much of the list as the room allows. */
export function fitting(list: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = list.findIndex((one) => (used += one.length + 1) > room);
  return end < 0 ? list : list.slice(0, end);
}

/** A failing case with each of its predicates, folded. `<pre>` ends only at its own end tag, whatever it holds. */
const details = (report: Report, failure: Failure): string =>
  [
    `<details><summary>${html(`${failure.suite.ruleName}: ${failure.one.name}`)}</summary>`,
    '',
    `<pre>${html(caseLines(report, failure, styleOf(report)).join('\n'))}</pre>`,
    '',
    '</details>',
  ].join('\n');

/** For a comment on a pull request or a job summary: the verdict, a table, and the failing cases folded. */
export function markdown(given: Report): string {
  const report = plainReport(given);
  const { errors, failed } = counts(report);
  const parts = [`**${errors === 0 && failed === 0 ? 'All good' : 'Needs work'}**: ${summaryLine(report)}`, MARKER];
  const all = rows(report);
  const shown = fitting(all, TABLE);
  if (all.length > 0) parts.push('', '| place | what | message |', '| --- | --- | --- |', ...shown);
  if (shown.length < all.length) parts.push('', `${plural(all.length - shown.length, 'more row')} left out.`);
  const failures = failureNotes(report).map(({ failure }) => failure);
  const folded = fitting(
    failures.map((failure) => details(report, failure)),
    LENGTH - parts.join('\n').length - 100,
  );
  for (const one of folded) parts.push('', one);
  if (folded.length < failures.length)
    parts.push('', `The details of ${plural(failures.length - folded.length, 'more failing case')} are left out.`);
  return `${parts.join('\n')}\n`;
}
