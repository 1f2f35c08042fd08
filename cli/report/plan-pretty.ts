import { hasChanges, type Entry, type Plan } from '../kibana/plan/plan.ts';
import { entryName, entryVerdict, fieldLines, planHeadline, planSentence, SYMBOLS } from './plan-lines.ts';
import { visibleLine } from '../text/display.ts';
import { styleOf, withoutSymbols, type Drawing, type Style } from './style.ts';
import { withoutCommands } from './workflow-commands.ts';

export interface PlanView extends Drawing {
  /** Epoch milliseconds, for "2 days ago". */
  readonly now: number;
  /** What is said after the totals, such as "Nothing was changed." */
  readonly ending: string;
}

const PAINTS = { create: 'green', change: 'yellow', delete: 'red', conflict: 'magenta', foreign: 'dim' } as const;

/** A plan for a person at a terminal. */
export function planPretty(plan: Plan, view: PlanView): string {
  const style = styleOf(view);
  const lines = [planHeadline(plan), ''];
  if (plan.protected) lines.push(`Environment ${visibleLine(plan.environment)} is protected.`, '');
  const width = Math.min(60, Math.max(0, ...plan.entries.map((one) => entryName(one).length)));
  for (const entry of plan.entries) lines.push(...entryLines(entry, width, view.now, style));
  if (plan.entries.length > 0) lines.push('');
  lines.push(...advice(plan));
  lines.push(
    hasChanges(plan) ? `${planSentence(plan)} ${view.ending}`.trimEnd() : `Nothing to do. ${planSentence(plan)}`,
  );
  const text = lines.map((line) => `${line}\n`).join('');
  return withoutCommands(style.ascii ? withoutSymbols(text) : text);
}

function entryLines(entry: Entry, width: number, now: number, style: Style): readonly string[] {
  const { colour } = style;
  const name = entryName(entry);
  const verdict = entryVerdict(entry, now);
  const head = `${SYMBOLS[entry.action]} ${name.padEnd(verdict === '' ? 0 : width)}`;
  return [
    `${colour[PAINTS[entry.action]](head)}${verdict === '' ? '' : `  ${verdict}`}`,
    ...fieldLines(entry, style).map((line) => `    ${line}`),
  ];
}

/** What to do about conflicts and about what is not ours. */
function advice({ entries }: Plan): readonly string[] {
  const lines: string[] = [];
  const conflicts = entries.filter(({ action }) => action === 'conflict');
  if (conflicts.some(({ kind }) => kind !== 'connector'))
    lines.push(
      '!  apply leaves conflicts alone. dac pull brings what Kibana has into the files; dac adopt takes it as the state that the repository starts from.',
    );
  if (conflicts.some(({ kind }) => kind === 'connector'))
    lines.push(
      '!  apply leaves conflicts alone. No pull writes connectors: take the change into the file, or dac adopt, and the file sets it again.',
    );
  if (entries.some(({ kind, action, path }) => action === 'foreign' && kind !== 'connector' && path !== undefined))
    lines.push('?  dac adopt puts our mark on what the repository also has.');
  return lines.length === 0 ? [] : [...lines, ''];
}
