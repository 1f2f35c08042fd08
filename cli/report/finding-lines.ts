import { visibleLine, wrap } from '../text/display.ts';
import type { Finding } from '../text/diagnostic.ts';
import { frame, type FrameLabel } from '../text/frame.ts';
import { place, type Report } from './report.ts';
import type { Style } from './style.ts';

/** A finding as people read it: headline, place, frame, then why, help, and where to read more. */
export function findingLines(report: Report, finding: Finding, style: Style): readonly string[] {
  const { colour } = style;
  const { line, column } = place(report, finding);
  const paint = { error: colour.red, warning: colour.yellow, info: colour.cyan }[finding.severity];
  const head = `${finding.severity}[${finding.id}]`;
  const lines = [
    `${paint(colour.bold(head))}: ${colour.bold(visibleLine(finding.message))}`,
    `  ${visibleLine(finding.path)}:${line}:${column}`,
    ...frames(report, finding, style).map((row) => `  ${row}`),
  ];
  const notes: [string, string | undefined][] = [
    ['why', finding.why],
    ['help', finding.help],
  ];
  for (const [name, text] of notes) if (text !== undefined) lines.push(...note(name, text, style));
  if (finding.fix?.safe === true) lines.push(...note('fix available', 'dac lint --fix', style));
  for (const related of elsewhere(report, finding))
    lines.push(...note(related.message, `${related.path}:${related.line}`, style));
  if (report.checks.some((one) => one.id === finding.id))
    lines.push(...note('docs', `dac explain ${finding.id}`, style));
  return lines;
}

/** The marked place, and related places of the same file in the same frame. */
function frames(report: Report, finding: Finding, style: Style): readonly string[] {
  const source = report.source(finding.path);
  if (source === undefined || source.text === '') return [];
  const labels: FrameLabel[] = [
    { span: finding.span, primary: true, ...(finding.label === undefined ? {} : { message: finding.label }) },
  ];
  for (const related of finding.related ?? [])
    if (related.path === undefined || related.path === finding.path)
      labels.push({ span: related.span, primary: false, message: related.message });
  return frame(source, labels, style.frame(finding.severity));
}

/** Related places in other files. */
const elsewhere = (
  report: Report,
  finding: Finding,
): readonly { readonly message: string; readonly path: string; readonly line: number }[] =>
  (finding.related ?? []).flatMap(({ path, message, span }) =>
    path === undefined || path === finding.path
      ? []
      : [{ message, path, line: report.source(path)?.position(span.start).line ?? 1 }],
  );

const INDENT = '     ';

/** `= help: …`, wrapped under itself. */
function note(name: string, text: string, { width, colour }: Style): readonly string[] {
  const head = `${INDENT}= ${visibleLine(name)}: `;
  return text
    .split('\n')
    .flatMap((line) => wrap(visibleLine(line), Math.max(40, width - head.length)))
    .map((line, at) =>
      at === 0 ? `${INDENT}${colour.dim('=')} ${visibleLine(name)}: ${line}` : `${' '.repeat(head.length)}${line}`,
    );
}
