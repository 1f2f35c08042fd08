import { KnownError } from '../../text/known-error.ts';
import type { Entry, Kind, Plan } from '../plan/plan.ts';
import type { Outcome } from './outcome.ts';
import { stepsOf } from './steps.ts';

/** Which part of a plan is applied. */
export interface Selection {
  /** Only things of these kinds; all if absent. */
  readonly kinds?: readonly Kind[];
  /** Only these rules, with the lists that they need; all if absent. */
  readonly wants?: (rule: Entry) => boolean;
  /** False: nothing is deleted. */
  readonly prune: boolean;
  /** More deletions than this are refused as a whole. */
  readonly pruneLimit: number;
  /** True: what was changed in Kibana since the last apply is written over. */
  readonly overwriteConflicts: boolean;
}

export interface Selected {
  readonly entries: readonly Entry[];
  /** What the plan has and is not applied, with the reason. */
  readonly left: readonly Outcome[];
}

/** The wanted rules, and of everything else what they need. */
function withNeeds(entries: readonly Entry[], wants: (rule: Entry) => boolean): readonly Entry[] {
  const steps = stepsOf(entries);
  const kept = new Set(entries.filter((entry) => entry.kind === 'rule' && wants(entry)));
  // Needs are no deeper than rule, item, list, value list.
  for (let round = 0; round < 3; round++) {
    const needed = new Set(steps.filter(({ entry }) => kept.has(entry)).flatMap(({ needs }) => needs));
    for (const { entry, key } of steps) if (entry.action !== 'delete' && needed.has(key)) kept.add(entry);
  }
  return entries.filter((entry) => kept.has(entry));
}

function reasonToLeave(entry: Entry, selection: Selection): Outcome | undefined {
  if (entry.action === 'foreign' && entry.kind === 'connector')
    return {
      entry,
      result: 'left',
      message: 'the space has another connector of that name; rules use it, and it is left alone',
    };
  if (entry.unapplied === true)
    return {
      entry,
      result: 'left',
      message: 'it has our mark, and was never applied: a copy that somebody made in Kibana, as it looks',
      help: 'dac pull makes a file of a rule; or take the tag off in Kibana, or delete it there',
    };
  if (entry.action === 'foreign')
    return {
      entry,
      result: 'left',
      message: 'it is in the space without our mark',
      help: entry.prebuilt === true ? "it is one of Elastic's own rules" : `dac adopt ${entry.path ?? entry.id}`,
    };
  if (entry.action === 'delete' && !selection.prune)
    return { entry, result: 'left', message: 'it left the repository', help: '--prune deletes it' };
  if (entry.action === 'conflict' && !selection.overwriteConflicts)
    return {
      entry,
      result: 'conflict',
      message: 'it was changed in Kibana since the last apply',
      help:
        entry.kind === 'connector'
          ? 'take the change into its file, or --overwrite-conflicts drops it'
          : 'dac pull takes the change into the repository, --overwrite-conflicts drops it',
    };
  return undefined;
}

/** What of a plan is to be applied. Throws a KnownError when more would be deleted than may be. */
export function select(plan: Plan, selection: Selection): Selected {
  const { kinds, wants } = selection;
  const ofKind = plan.entries.filter((entry) => kinds?.includes(entry.kind) ?? true);
  const chosen = wants === undefined ? ofKind : withNeeds(ofKind, wants);
  const entries: Entry[] = [];
  const left: Outcome[] = [];
  for (const entry of chosen) {
    const reason = reasonToLeave(entry, selection);
    if (reason === undefined) entries.push(entry);
    else left.push(reason);
  }
  const deletions = entries.filter(({ action }) => action === 'delete').length;
  if (deletions > selection.pruneLimit)
    throw new KnownError(
      `the plan deletes ${deletions}, and no more than ${selection.pruneLimit} may be deleted at once`,
      {
        why: 'a wrong folder or branch looks like a repository that lost its rules; nothing was changed',
        help: `look at dac plan; if that is what you want, --prune-limit ${deletions}`,
      },
    );
  return { entries, left };
}
