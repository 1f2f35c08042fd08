import { hasChanges, type Entry, type Plan } from '../kibana/plan/plan.ts';
import { cell, fitting, html, LENGTH, plainText } from './markdown.ts';
import { entryName, entryVerdict, fieldLines, planHeadline, planSentence, SYMBOLS } from './plan-lines.ts';
import { styleOf } from './style.ts';
import { plural } from './words.ts';

/** Of the comment, what the table may take before the details begin. */
const TABLE = 30_000;
const DETAIL = 8_000;

/** For a comment on a pull request: the verdict, a table of what changes, and the details folded. */
export function planMarkdown(plan: Plan, now: number): string {
  const { totals } = plan;
  const verdict = totals.conflict > 0 ? 'Conflicts' : hasChanges(plan) ? 'Changes' : 'Nothing to do';
  const parts = [
    `**${verdict}** for ${cell(plan.environment)}: ${cell(planSentence(plan))}`,
    // By this a workflow finds its own comment for this environment and replaces it.
    `<!-- dac-plan ${plan.environment.replace(/[^A-Za-z0-9_.]/g, '_')} -->`,
    '',
    cell(planHeadline(plan)),
  ];
  const rows = plan.entries.map(
    (entry) => `| ${cell(SYMBOLS[entry.action])} | ${cell(entryName(entry))} | ${cell(entryVerdict(entry, now))} |`,
  );
  const shown = fitting(rows, TABLE);
  if (rows.length > 0) parts.push('', '| | what | how |', '| --- | --- | --- |', ...shown);
  if (shown.length < rows.length) parts.push('', `${plural(rows.length - shown.length, 'more row')} left out.`);
  const details = plan.entries.flatMap((entry) => detail(entry));
  const folded = fitting(details, LENGTH - parts.join('\n').length - 100);
  for (const one of folded) parts.push('', one);
  if (folded.length < details.length)
    parts.push(
      '',
      `The details of ${plural(details.length - folded.length, 'more entry').replace('entrys', 'entries')} are left out.`,
    );
  return `${parts.join('\n')}\n`;
}

function detail(entry: Entry): readonly string[] {
  const lines = fieldLines(entry, styleOf({ colour: false, ascii: false, width: 100 }));
  if (lines.length === 0) return [];
  const text = lines.join('\n');
  const body = html(text.length > DETAIL ? `${text.slice(0, DETAIL).replace(/[\ud800-\udbff]$/, '')}…` : text);
  const summary = `${SYMBOLS[entry.action]} ${plainText(entryName(entry))}`;
  return [[`<details><summary>${summary}</summary>`, '', `<pre>${body}</pre>`, '', '</details>'].join('\n')];
}
