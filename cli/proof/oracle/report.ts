import { visibleLine } from '../../text/display.ts';
import type { Json } from '../../text/json.ts';
import { spelledJson } from '../../text/spelled-json.ts';
import type { Difference, Side } from './difference.ts';

/** One file of vectors, or one language of generated pairs. */
export interface SuiteLine {
  readonly name: string;
  /** One query on one document each. */
  readonly pairs: number;
  /** What else is counted, such as `vectors` and `differences`. */
  readonly counts: Readonly<Record<string, number>>;
  /** What could not be asked, counted by reason. */
  readonly notRun?: Readonly<Record<string, number>>;
}

export interface Report {
  readonly suites: readonly SuiteLine[];
  readonly differences: readonly Difference[];
  /** Why nothing, or not everything, was asked. */
  readonly notRun?: string;
}

const pairsOf = ({ suites }: Report): number => suites.reduce((sum, { pairs }) => sum + pairs, 0);

/** `{suites, pairs, differences, not_run}` in one line. Numbers of documents, mappings and queries stand as they were written. */
export function jsonReport(report: Report): string {
  const suites = report.suites.map(({ name, pairs, counts, notRun }) => ({
    name,
    ...counts,
    pairs,
    ...(notRun === undefined ? {} : { not_run: notRun }),
  }));
  return `${spelledJson({
    suites,
    pairs: pairsOf(report),
    differences: report.differences as unknown as Json,
    ...(report.notRun === undefined ? {} : { not_run: report.notRun }),
  })}\n`;
}

/** The differences, then a line for each suite and one for all. */
export function textReport(report: Report): string {
  const lines = report.differences.flatMap(differenceLines);
  for (const { name, pairs, counts, notRun } of report.suites) {
    const others = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
    lines.push(`${name}: ${[`${pairs} pairs`, ...others].join(', ')}`);
    for (const [reason, count] of Object.entries(notRun ?? {}).sort()) lines.push(`  not run: ${count}, as ${reason}`);
  }
  if (report.suites.length > 0) lines.push(`all: ${pairsOf(report)} pairs, differences: ${report.differences.length}`);
  if (report.notRun !== undefined) lines.push(`not run: ${report.notRun}`);
  return lines.map((line) => `${visibleLine(line)}\n`).join('');
}

/** Longest value of a difference that is printed; `--format json` has it whole. */
const SHOWN = 2000;

function differenceLines(one: Difference): readonly string[] {
  const value = (name: string, json: Json | undefined): string[] =>
    json === undefined || json === null ? [] : [`  ${name.padEnd(9)} ${spelledJson(json).slice(0, SHOWN)}`];
  const title = [one.suite, one.id, one.kind].filter((part) => part !== undefined).join(' ');
  return [
    title,
    ...value('mapping', one.mapping),
    ...value('settings', one.settings),
    ...value('document', one.document),
    ...value('query', one.query),
    `  server    ${side(one.server)}`,
    `  ours      ${side(one.ours)}`,
    ...(one.expected === undefined ? [] : [`  vector    ${side(one.expected)}`]),
  ];
}

const side = (value: Side): string =>
  typeof value === 'string' ? value : `refuses: ${value.refused.slice(0, SHOWN / 4)}`;
