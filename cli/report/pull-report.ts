import pc from 'picocolors';
import type { FileChange, Skipped } from '../kibana/pull/pull.ts';
import { visibleLine } from '../text/display.ts';
import { plural } from './words.ts';
import { withoutCommands } from './workflow-commands.ts';

/** What a pull has done, or would do. */
export interface Pulled {
  readonly version: string;
  readonly environment: string;
  readonly changes: readonly FileChange[];
  readonly skipped: readonly Skipped[];
  /** False: nothing was written. */
  readonly written: boolean;
}

const SIGN = { create: '+', change: '~', conflict: '!' } as const;

function what({ action, name, taken, kept, conflicts, changed }: FileChange): string {
  const list = (words: string, members: readonly string[]): string[] =>
    members.length === 0 ? [] : [`${words}${members.map(visibleLine).join(', ')}`];
  const by = changed === undefined || changed.by === '' ? '' : `   changed by ${visibleLine(changed.by)} at ${visibleLine(changed.at)}`; // prettier-ignore
  if (action === 'create') return `new, "${visibleLine(name)}"`;
  return [...list('', taken), ...list('conflict in ', conflicts), ...list('kept ', kept)].join('; ') + by;
}

export function pullSummary({ changes, skipped, written }: Pulled): string {
  const count = (action: FileChange['action']): number => changes.filter((one) => one.action === action).length;
  const conflicts = count('conflict');
  const gone = skipped.filter((one) => one.gone === true).length;
  const here = skipped.length - gone;
  const left = `${here === 0 ? '' : `, ${here} left in the space`}${gone === 0 ? '' : `, ${gone} deleted in the space`}`;
  const end = conflicts === 0 ? '' : ` Resolve the markers in ${plural(conflicts, 'file')}, then run dac check.`;
  const head = changes.length === 0 ? 'Nothing to pull' : `${written ? 'Pulled' : 'Would pull'}: ${count('create')} new, ${count('change')} changed, ${plural(conflicts, 'conflict')}`; // prettier-ignore
  return `${head}${left}.${end}`;
}

/** One line a file, then what was left and why. */
export function pullText(pulled: Pulled, style: { readonly colour: boolean }): string {
  const colour = pc.createColors(style.colour);
  const paint = { create: colour.green, change: colour.yellow, conflict: colour.red };
  const width = Math.min(70, Math.max(0, ...pulled.changes.map((one) => one.path.length)));
  const lines = pulled.changes.map(
    (one) => `${paint[one.action](SIGN[one.action])} ${visibleLine(one.path).padEnd(width)}   ${what(one)}`,
  );
  // Elastic's own rules are hundreds; one line stands for those that have the same reason.
  const reasons = new Map<string, Skipped[]>();
  for (const one of pulled.skipped) reasons.set(`${one.why}\0${one.help}`, [...(reasons.get(`${one.why}\0${one.help}`) ?? []), one]); // prettier-ignore
  const left = [...reasons.values()].flatMap((list) => {
    const names = list.slice(0, 3).map((one) => `"${visibleLine(one.name)}"`).join(', '); // prettier-ignore
    const more = list.length > 3 ? ` and ${list.length - 3} more` : '';
    return [`left ${names}${more}: ${visibleLine(list[0]?.why ?? '')}`, ...(list[0]?.help === '' ? [] : [`    help: ${visibleLine(list[0]?.help ?? '')}`])]; // prettier-ignore
  });
  return withoutCommands([...lines, ...left, ...(lines.length + left.length === 0 ? [] : ['']), pullSummary(pulled), ''].join('\n')); // prettier-ignore
}

/** The same for programs, without the texts of the files. */
export function pullJson({ version, environment, changes, skipped, written }: Pulled): string {
  const results = changes.map(({ before: _before, text: _text, ...one }) => one);
  const document = {
    schemaVersion: 1,
    tool: { name: 'kibana-dac', version },
    command: 'pull',
    environment,
    written,
    results,
    skipped,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
