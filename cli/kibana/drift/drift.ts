import type { Entry, FieldChange, Kind, Plan, Target } from '../plan/plan.ts';

/**
 * - changed: somebody has changed it in Kibana since the last apply, or what was applied last is not known;
 * - deleted: it was applied, and somebody has deleted it in Kibana;
 * - released: it was applied, and somebody has taken our mark off in Kibana, so that no apply changes it any more;
 * - added: an exception item that was added in Kibana to a list of ours.
 */
export type State = 'changed' | 'deleted' | 'released' | 'added';

/** One thing of ours that the space has otherwise than the last apply left it. */
export interface DriftItem {
  readonly state: State;
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly parent?: string;
  readonly path?: string;
  /** What differs by the hand of the space: all but what only the repository has changed. */
  readonly fields: readonly FieldChange[];
  readonly changed?: { readonly by: string; readonly at: string };
}

/** What of a space is not as the last apply left it. A plain JSON value, the same for the same inputs. */
export interface Drift {
  readonly schemaVersion: 1;
  readonly tool: Plan['tool'];
  readonly command: 'drift';
  readonly environment: string;
  readonly target: Target;
  readonly rules: Plan['rules'];
  readonly totals: Readonly<Record<State, number>>;
  /** Changes of the repository that are not applied yet: no drift. */
  readonly pending: number;
  readonly items: readonly DriftItem[];
}

function itemOf(entry: Entry): DriftItem | undefined {
  const { kind, id, name, parent, path, changed } = entry;
  const item = (state: State, fields: readonly FieldChange[]): DriftItem => ({
    state,
    kind,
    id,
    name,
    ...(parent === undefined ? {} : { parent }),
    ...(path === undefined ? {} : { path }),
    fields,
    ...(changed === undefined ? {} : { changed }),
  });
  switch (entry.action) {
    // What was never applied is a change of the repository.
    case 'create':
      return entry.gone === true ? item('deleted', []) : undefined;
    // What has left the repository is a change of the repository.
    case 'delete':
      return undefined;
    case 'change':
    case 'conflict': {
      const fields = entry.fields.filter((one) => one.changedIn !== 'repository');
      return fields.length === 0 && entry.action === 'change' ? undefined : item('changed', fields);
    }
    case 'foreign':
      return entry.released === true ? item('released', entry.fields.filter((one) => one.changedIn !== 'repository')) : undefined; // prettier-ignore
  }
}

/**
 * What a plan says about the space alone: who changed what there, beside what the repository has in store for it. `added`: what
 * somebody put into lists of ours, which no plan touches.
 */
export function driftOf(plan: Plan, added: readonly DriftItem[]): Drift {
  const planned = plan.entries.map(itemOf).filter((one) => one !== undefined);
  const items = [...planned, ...added];
  const count = (state: State): number => items.filter((one) => one.state === state).length;
  const ours = plan.entries.filter((one) => one.action !== 'foreign' || one.released === true).length;
  return {
    schemaVersion: 1,
    tool: plan.tool,
    command: 'drift',
    environment: plan.environment,
    target: plan.target,
    rules: plan.rules,
    totals: {
      changed: count('changed'),
      deleted: count('deleted'),
      released: count('released'),
      added: count('added'),
    },
    pending: ours - planned.length,
    items,
  };
}

export const hasDrift = ({ items }: Drift): boolean => items.length > 0;
