import type { Applied } from '../kibana/apply/apply.ts';
import { isTrouble, type Outcome, type Result, type Tried } from '../kibana/apply/outcome.ts';
import type { Plan } from '../kibana/plan/plan.ts';
import { visibleLine } from '../text/display.ts';
import type { KnownError } from '../text/known-error.ts';
import { own } from '../text/json.ts';
import { escaped } from './json.ts';
import { entryName, SYMBOLS } from './plan-lines.ts';
import { styleOf, type Drawing, type Style } from './style.ts';
import { plural, seconds } from './words.ts';
import { withoutCommands } from './workflow-commands.ts';

export interface ApplyView extends Drawing {
  readonly plan: Plan;
  readonly applied: Applied;
  /** True: nothing was written, and that was the intention. */
  readonly dryRun: boolean;
  /** Seconds that it took. */
  readonly time: number;
}

const DONE = {
  create: 'created',
  change: 'changed',
  delete: 'deleted',
  conflict: 'written over',
  foreign: '',
} as const;
const WOULD = { create: 'would be created', change: 'would be changed', delete: 'would be deleted', conflict: 'would be written over', foreign: '' } as const; // prettier-ignore

const WORDS: Readonly<Record<Result, string>> = {
  done: '',
  already: 'is so already',
  differs: 'NOT AS SENT',
  failed: 'FAILED',
  conflict: 'conflict, not touched',
  blocked: 'NOT DONE',
  left: 'left',
  notDone: 'not done',
};

/** One line: `~ rules/x.toml   changed`. */
export function outcomeLine(outcome: Outcome, dryRun: boolean, style: Style): string {
  const { entry, result } = outcome;
  const on = entry.kind === 'rule' && own(entry.document ?? {}, 'enabled') === true;
  const secrets = (entry.secrets ?? []).length === 0 ? '' : ', secrets sent';
  const done = `${DONE[entry.action]}${entry.action === 'create' && on ? ', enabled' : ''}${secrets}`;
  const word =
    result === 'done'
      ? done
      : dryRun && result === 'notDone'
        ? WOULD[entry.action]
        : outcome.waitsForEnabling === true
          ? 'written, NOT ENABLED yet'
          : WORDS[result];
  const { colour } = style;
  const paint = isTrouble(outcome) && !(dryRun && result === 'notDone') ? colour.red : result === 'left' ? colour.dim : colour.green; // prettier-ignore
  return `${SYMBOLS[entry.action]} ${entryName(entry)}  ${paint(word)}`;
}

function explanation({ message, help }: Outcome): readonly string[] {
  return [
    ...(message === undefined ? [] : [`    ${visibleLine(message)}`]),
    ...(help === undefined || help === '' ? [] : [`    help: ${visibleLine(help)}`]),
  ];
}

/** What was done and what was not, in numbers. */
export function applySentence({ applied, dryRun, time }: Pick<ApplyView, 'applied' | 'dryRun' | 'time'>): string {
  const { outcomes } = applied;
  const count = (fits: (outcome: Outcome) => boolean): number => outcomes.filter(fits).length;
  const of = (action: Outcome['entry']['action']): number =>
    count(({ entry, result }) => entry.action === action && (dryRun ? result === 'notDone' : result === 'done'));
  const parts = [
    `${of('create')} created`,
    `${of('change') + of('conflict')} changed`,
    `${of('delete')} deleted`,
    ...(['already', 'failed', 'differs', 'blocked', 'conflict', 'left', ...(dryRun ? [] : (['notDone'] as const))] as const).flatMap((result) => {
      const n = count((one) => one.result === result);
      return n === 0 ? [] : [`${n} ${SUMMARY[result]}`];
    }),
  ]; // prettier-ignore
  const end = dryRun ? ' Nothing was changed.' : '';
  return `${dryRun ? 'Would apply' : 'Applied'}: ${parts.join(', ')} in ${seconds(time)}.${end}`;
}

const SUMMARY: Readonly<Record<Exclude<Result, 'done'>, string>> = {
  already: 'so already',
  failed: 'failed',
  differs: 'not as sent',
  blocked: 'held back',
  conflict: 'in conflict',
  left: 'left alone',
  notDone: 'not done',
};

/** What a dry run has tried and what it could not try: Kibana has none for writing. */
function triedLines({ outcomes }: Applied): readonly string[] {
  if (!outcomes.some(({ result }) => result === 'notDone' || result === 'failed')) return [];
  const of = (what: Tried): number => outcomes.filter(({ tried }) => tried === what).length;
  const asked = (['delete', 'enable', 'disable'] as const).flatMap((what) => (of(what) === 0 ? [] : [`to ${what} ${plural(of(what), 'rule')}`])); // prettier-ignore
  const untried = outcomes.filter(({ result, tried }) => result === 'notDone' && tried !== 'delete').length;
  return [
    ...(asked.length === 0 ? [] : [`Tried by Kibana's own dry run: ${asked.join(', ')}.`]),
    ...(untried === 0
      ? []
      : [`Not tried, as Kibana has no dry run for it: writing ${plural(untried, 'thing')}. Whether it takes the content, apply will tell.`]), // prettier-ignore
    '',
  ];
}

/** How the run ended, where it did not come to its end. */
function endingLines({ halted, interrupted, lockLeft, ledgerLeft, renewed = 0 }: Applied): readonly string[] {
  const lines: string[] = [];
  if (halted !== undefined) {
    lines.push(`The run ended early: ${visibleLine(halted.message)}`);
    if (halted.why !== undefined) lines.push(`  why: ${visibleLine(halted.why)}`);
    if (halted.help !== undefined) lines.push(`  help: ${visibleLine(halted.help)}`);
  }
  if (interrupted) lines.push('The run was interrupted: what was under way is finished, the rest was not begun.');
  if (halted !== undefined || interrupted)
    lines.push('No rule is on without its exceptions. The same command finishes the job.');
  if (lockLeft !== undefined)
    lines.push(`The lock of the space could not be given back (${visibleLine(lockLeft.message)}); it ends by itself.`);
  if (ledgerLeft !== undefined) lines.push(ledgerWarning(ledgerLeft).trimEnd());
  else if (renewed > 0)
    lines.push(`The ledger of the space has what was applied last to ${plural(renewed, 'thing')} again.`);
  return lines.length === 0 ? [] : [...lines, ''];
}

/** What it means that the ledger does not say what was done. */
export const ledgerWarning = ({ message }: KnownError): string =>
  `The ledger of the space does not have all of it (${visibleLine(message)}). If somebody edits such a rule in Kibana, dac plan cannot tell who changed what; the next dac push puts it right.\n`;

/** The outcome of an apply for a person. */
export function applyPretty(view: ApplyView): string {
  const style = styleOf(view);
  const lines = view.applied.outcomes.flatMap((outcome) => [
    outcomeLine(outcome, view.dryRun, style),
    ...explanation(outcome),
  ]);
  const all = [
    ...lines,
    ...(lines.length === 0 ? [] : ['']),
    ...(view.dryRun ? triedLines(view.applied) : []),
    ...endingLines(view.applied),
    applySentence(view),
  ];
  return withoutCommands(all.map((line) => `${line}\n`).join(''));
}

/** The outcome of an apply for a program. */
export function applyJson({ plan, applied, dryRun }: ApplyView): string {
  const { outcomes, halted, interrupted } = applied;
  const summary: Record<string, number> = {};
  for (const { result } of outcomes) summary[result] = (summary[result] ?? 0) + 1;
  const document = {
    schemaVersion: 1,
    tool: plan.tool,
    command: 'apply',
    environment: plan.environment,
    target: plan.target,
    dryRun,
    interrupted,
    ...(halted === undefined ? {} : { ended: { message: halted.message, why: halted.why, help: halted.help } }),
    summary,
    results: outcomes.map(({ entry, result, message, help, waitsForEnabling, tried }) => ({
      kind: entry.kind,
      action: entry.action,
      id: entry.id,
      name: entry.name,
      ...(entry.path === undefined ? {} : { path: entry.path }),
      result,
      ...(waitsForEnabling === undefined ? {} : { waitsForEnabling }),
      ...(tried === undefined ? {} : { tried }),
      ...(message === undefined ? {} : { message }),
      ...(help === undefined ? {} : { help }),
    })),
  };
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}

/** `12 of 1,324` while it runs. */
export const applyProgress = (done: number, all: number): string => `${done} of ${plural(all, 'change')}`;
