import { visible, visibleLine } from '../text/display.ts';
import { failureNotes, place, type Report } from './report.ts';
import { plural } from './words.ts';

/** GitHub shows ten annotations of each level for a step and drops the rest without a word, so we stop there ourselves. */
const SHOWN = 10;

const LEVELS = ['error', 'warning', 'notice'] as const;

interface Annotation {
  readonly level: (typeof LEVELS)[number];
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly title: string;
  readonly text: string;
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(visibleLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Failing cases come first: they are what a reviewer has to see. */
function annotations(report: Report): readonly Annotation[] {
  const failures = failureNotes(report).map(({ path, line, text }): Annotation => ({
    level: 'error',
    path,
    line,
    column: 1,
    title: 'test/failed',
    text,
  }));
  const findings = report.findings.map((finding): Annotation => {
    const end = report.source(finding.path)?.position(Math.max(finding.span.start, finding.span.end));
    const start = place(report, finding);
    return {
      level: finding.severity === 'info' ? 'notice' : finding.severity,
      path: finding.path,
      ...start,
      ...(end === undefined ? {} : { endLine: end.line }),
      // GitHub takes an end column only within one line.
      ...(end !== undefined && end.line === start.line && end.column > start.column ? { endColumn: end.column } : {}),
      title: finding.id,
      text: [finding.message, finding.label, finding.why, finding.help].filter((one) => one !== undefined).join('\n'),
    };
  });
  return [...failures, ...findings];
}

function command(one: Annotation): string {
  const properties = [
    `file=${property(one.path)}`,
    `line=${one.line}`,
    ...(one.endLine === undefined ? [] : [`endLine=${one.endLine}`]),
    `col=${one.column}`,
    ...(one.endColumn === undefined ? [] : [`endColumn=${one.endColumn}`]),
    `title=${property(one.title)}`,
  ];
  return `::${one.level} ${properties.join(',')}::${data(visible(one.text))}`;
}

/** Workflow commands, at most ten a level, and a last line that counts the others. */
export function github(report: Report): string {
  const all = annotations(report);
  const lines: string[] = [];
  const left: string[] = [];
  for (const level of LEVELS) {
    const mine = all.filter((one) => one.level === level);
    lines.push(...mine.slice(0, SHOWN).map(command));
    if (mine.length > SHOWN) left.push(plural(mine.length - SHOWN, `more ${level}`));
  }
  if (left.length > 0) lines.push(`${left.join(', ')}, which GitHub would not show: see the job summary`);
  return lines.map((line) => `${line}\n`).join('');
}
