import { visibleLine } from '../text/display.ts';
import { withoutCommands } from './workflow-commands.ts';
import { failureNotes, place, type Report } from './report.ts';

/** `path:line:column: severity[id] message`, one line each, for grep and for editors. */
export function concise(report: Report): string {
  const findings = report.findings.map((finding) => {
    const { line, column } = place(report, finding);
    return `${finding.path}:${line}:${column}: ${finding.severity}[${finding.id}] ${finding.message}`;
  });
  const failures = failureNotes(report).map(({ path, line, text }) => `${path}:${line}:1: error[test/failed] ${text}`);
  return withoutCommands([...findings, ...failures].map((line) => `${visibleLine(line)}\n`).join(''));
}
