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

/**
 * Text on one line in which nothing is Markdown, HTML, a mention, a reference to an issue or the end of a cell. GitHub looks for
 * mentions and references behind the rendering, where an entity is the character again: a space without width parts them.
 */
export const plainText = (text: string): string =>
  visibleLine(text).replace(/[|\\`*_~<>&[\]()@#:!]/g, (one) => `&#${one.charCodeAt(0)};${one === '@' || one === '#' ? '&#8203;' : ''}`); // prettier-ignore

/** The same, cut where it is long, for a cell of a table. */
export const cell = (text: string): string => {
  const line = visibleLine(text);
  return plainText(line.length > CELL ? `${line.slice(0, CELL).replace(/[\ud800-\udbff]$/, '')}…` : line);
};

/** For `<pre>`, in which GitHub looks for nothing; printed to a log, no line of it is a workflow command. */
export const html = (text: string): string =>
  visible(text)
    .replace(/[<>&]/g, (one) => `&#${one.charCodeAt(0)};`)
    .replace(/^([ \t]*):(?=:)/gm, '$1&#58;')
    .replaceAll('##[', '#&#35;[');

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
    `<details><summary>${plainText(`${failure.suite.ruleName}: ${failure.one.name}`)}</summary>`,
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
