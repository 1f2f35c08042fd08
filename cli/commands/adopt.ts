import type { Desired } from '../kibana/desired/desired.ts';
import { adopt as adoptAll, adoptable } from '../kibana/apply/adopt.ts';
import type { Entry } from '../kibana/plan/plan.ts';
import type { Space } from '../kibana/space/space.ts';
import { compileWildcard } from '../fields/patterns/wildcard.ts';
import { ledgerWarning } from '../report/apply-report.ts';
import { entryName, fieldLines } from '../report/plan-lines.ts';
import { styleOf } from '../report/style.ts';
import { plural } from '../report/words.ts';
import { withoutCommands } from '../report/workflow-commands.ts';
import { visibleLine } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import { didYouMean } from '../text/suggest.ts';
import { confirmed } from './confirm.ts';
import { lockOf } from './apply.ts';
import { readConfig } from './configuration.ts';
import type { ExitCode } from './exit-code.ts';
import { shown, type Host } from './host.ts';
import { withRemote } from './kibana-remote.ts';
import { planFor, type PlanningOptions } from './plan.ts';
import { terminalOf } from './terminal.ts';

export interface AdoptOptions extends Pick<PlanningOptions, 'config' | 'env' | 'color' | 'ascii' | 'only'> {
  readonly yes?: boolean;
  readonly breakLock?: boolean;
  /** False: `--no-lock`. */
  readonly lock?: boolean;
}

/** What the repository has, by path, name and id; of connectors those that are ours in the space. */
const namesOf = (
  { rules, exceptionLists = [], valueLists = [], connectors = [] }: Desired,
  space: Space,
): readonly string[] => [
  ...rules.flatMap(({ ruleId, name, path }) => [ruleId, name, path]),
  ...exceptionLists.flatMap(({ listId, path, items }) => [listId, path, ...items.map((one) => one.itemId)]),
  ...valueLists.flatMap(({ id, path }) => [id, path]),
  ...connectors
    .filter(({ id }) => space.connectors.some((one) => one['id'] === id))
    .flatMap(({ id, name, path }) => [id, name, path]),
];

/**
 * The entries that the patterns name, by path, name or id. Throws a KnownError for a pattern that names neither one of them nor
 * anything of the repository, which then is ours already: a run that was interrupted can be repeated.
 */
function chosen(
  host: Host,
  entries: readonly Entry[],
  patterns: readonly string[],
  known: readonly string[],
): readonly Entry[] {
  const named = (entry: Entry): readonly string[] => [entry.id, entry.name, ...(entry.path === undefined ? [] : [entry.path])]; // prettier-ignore
  const found = new Set<Entry>();
  for (const pattern of patterns) {
    const tests = [pattern, shown(host, pattern)].map((one) => compileWildcard(one.toLowerCase()));
    const fitting = entries.filter((entry) =>
      named(entry).some((text) => tests.some((fits) => fits(text.toLowerCase()))),
    );
    if (fitting.length === 0 && !known.some((text) => tests.some((fits) => fits(text.toLowerCase()))))
      throw new KnownError(`nothing that can be adopted is called ${pattern}${didYouMean(pattern, entries.flatMap(named))}`, {
        help: 'dac plan shows with ? what is there without our mark, and with ! what was changed in Kibana',
      }); // prettier-ignore
    for (const entry of fitting) found.add(entry);
  }
  return entries.filter((entry) => found.has(entry));
}

/** `dac adopt RULE…`: makes rules of the space ours that the repository has too. Their content is not touched. */
export async function adopt(host: Host, patterns: readonly string[], options: AdoptOptions): Promise<ExitCode> {
  const config = readConfig(host, options);
  const planned = await planFor(host, config, [], options);
  if (planned === undefined) return 2;
  const { remote, plan, space, desired } = planned;
  const entries = chosen(host, adoptable(plan), patterns, namesOf(desired, space));
  const rules = { marker: plan.marker, keep: remote.environment.keep, version: packageVersion() };
  let done = 0;
  const adoptThem = async (): Promise<void> => {
    const left = await withRemote(remote, () =>
      adoptAll(entries, desired, space, {
        transport: remote.transport,
        rules,
        ...(options.lock === false ? {} : { lock: lockOf(options) }),
        onDone: () => void done++,
      }),
    );
    if (left !== undefined) remote.host.err(ledgerWarning(left));
  };
  if (entries.length === 0) {
    // What an adoption that was killed has not come to remember.
    await adoptThem();
    remote.host.out('Nothing to adopt: it is ours, or not in the space.\n');
    return 0;
  }
  const style = styleOf(terminalOf(host, options));
  const { target } = plan;
  const lines = entries.flatMap((entry) => [
    `? ${entryName(entry)}${entry.prebuilt === true ? ", one of Elastic's own: Kibana will call it customised" : ''}`,
    ...fieldLines({ ...entry, action: 'change' }, style).map((line) => `    ${line}`),
  ]);
  const tagged = entries.filter(({ kind }) => kind !== 'connector').length;
  const text = [
    ...lines,
    '',
    tagged === 0
      ? `Nothing in space "${target.space}" changes; what it has is remembered as applied.`
      : `${plural(tagged, 'thing')} of space "${target.space}" ${tagged === 1 ? 'gets' : 'get'} the tag "${visibleLine(plan.marker)}"; nothing else in them changes.`,
    'What differs, as shown, is what the next dac apply will change.',
  ];
  remote.host.out(withoutCommands(text.map((line) => `${line}\n`).join('')));
  if (!(await confirmed(host, options.yes, `Adopt ${entries.length}?`))) {
    remote.host.out('Nothing was changed.\n');
    return 0;
  }
  try {
    await adoptThem();
  } finally {
    remote.host.out(`Adopted ${done} of ${entries.length}.\n`);
  }
  return 0;
}
