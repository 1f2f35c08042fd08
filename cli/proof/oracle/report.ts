import { visibleLine } from '../../text/display.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { spelledJson } from '../../text/spelled-json.ts';
import type { Difference, Side } from './difference.ts';

/** One file of vectors, or one language of generated pairs. */
export interface SuiteLine {
  readonly name: string;
  readonly vectors: number;
  readonly pairs: number;
  readonly differences: number;
  /** What could not be asked, counted by reason. */
  readonly notRun: Readonly<Record<string, number>>;
}

export interface Report {
  readonly suites: readonly SuiteLine[];
  readonly differences: readonly Difference[];
  /** Why nothing, or not everything, was asked. */
  readonly notRun?: string;
}

const pairsOf = ({ suites }: Report): number => suites.reduce((sum, { pairs }) => sum + pairs, 0);

/** Numbers of documents, mappings and queries stand as they were written. */
export function jsonReport(report: Report): string {
  const suites = report.suites.map(({ name, vectors, pairs, differences, notRun }): JsonObject => ({
    name,
    vectors,
    pairs,
    differences,
    not_run: notRun,
  }));
  return `${spelledJson({
    suites,
    pairs: pairsOf(report),
    differences: report.differences as unknown as Json,
    ...(report.notRun === undefined ? {} : { not_run: report.notRun }),
  })}\n`;
}

export function textReport(report: Report): string {
  const lines = report.differences.flatMap(differenceLines);
  for (const { name, vectors, pairs, differences, notRun } of report.suites) {
    lines.push(
      `${name}: ${vectors} asked, ${pairs} pairs, ${differences} ${differences === 1 ? 'difference' : 'differences'}`,
    );
    for (const [reason, count] of Object.entries(notRun).sort()) lines.push(`  not run: ${count}, as ${reason}`);
  }
  if (report.suites.length > 0) lines.push(`all: ${pairsOf(report)} pairs, ${report.differences.length} differences`);
  if (report.notRun !== undefined) lines.push(`not run: ${report.notRun}`);
  return lines.map((line) => `${visibleLine(line)}\n`).join('');
}

function differenceLines(one: Difference): readonly string[] {
  const shown = (value: Json): string => spelledJson(value).slice(0, 2000);
  return [
    `${one.suite} ${one.id}: ${one.kind}`,
    `  mapping   ${shown(one.mapping)}`,
    ...(one.settings === undefined ? [] : [`  settings  ${shown(one.settings)}`]),
    ...(one.document === null ? [] : [`  document  ${shown(one.document)}`]),
    ...(one.query === null ? [] : [`  query     ${shown(one.query)}`]),
    `  server    ${side(one.server)}`,
    `  ours      ${side(one.ours)}`,
    ...(one.expected === undefined ? [] : [`  vector    ${side(one.expected)}`]),
  ];
}

function side(value: Side): string {
  if (typeof value === 'object') return `refuses: ${value.refused.slice(0, 500)}`;
  return typeof value === 'string' ? value : value ? 'yes' : 'no';
}
