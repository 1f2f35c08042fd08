import type { Json, JsonObject } from '../../text/json.ts';

/** What a plan speaks of. Items belong to the exception list that `parent` names. */
export type Kind = 'valueList' | 'exceptionList' | 'exceptionItem' | 'connector' | 'rule';

/**
 * What `dac apply` would do:
 * - create: the space has nothing of that id;
 * - change: it is ours, and what differs was changed in the repository since the last apply;
 * - delete: it is ours, and the repository has it no more;
 * - conflict: it is ours, differs, and was changed in Kibana since the last apply: somebody's work would be lost;
 * - foreign: the space has that id without our mark; left alone until `dac adopt`.
 */
export type Action = 'create' | 'change' | 'delete' | 'conflict' | 'foreign';

/** Who changed a member since the last apply. Unknown: what was applied last is not known. */
export type ChangedIn = 'repository' | 'space' | 'both' | 'unknown';

/** One top-level member that differs, in its normalised form. `null`: it is not there. */
export interface FieldChange {
  readonly field: string;
  readonly desired: Json;
  readonly space: Json;
  /** The value of the last apply, where it is known. */
  readonly last?: Json;
  readonly changedIn: ChangedIn;
}

/** One thing that is not as the repository wants it. */
export interface Entry {
  readonly kind: Kind;
  readonly action: Action;
  /** rule_id, list_id, item_id, or the id of the value list or connector. */
  readonly id: string;
  readonly name: string;
  /** `list_id` of the list that an exception item is in. */
  readonly parent?: string;
  /** Of exception lists and items: whether they belong to the space or to all spaces. */
  readonly namespace?: 'single' | 'agnostic';
  /** File of the repository; absent for a delete. */
  readonly path?: string;
  /** `id` of the saved object in the space; absent for a create. */
  readonly remoteId?: string;
  /**
   * The whole state that the space is to have: kept members with the values of the space, our mark, and the record of this
   * apply. Absent for delete and foreign. Value lists have their values in `values`.
   */
  readonly document?: JsonObject;
  /** Values of a value list that are to be added and taken out. */
  readonly values?: { readonly add: readonly string[]; readonly remove: readonly string[] };
  /** Names of the secrets that apply sends with a connector; their values are in no plan. */
  readonly secrets?: readonly string[];
  /** What differs; empty for create and delete, and for a change that only puts the record of the last apply back. */
  readonly fields: readonly FieldChange[];
  /** True: the type of the rule changes, which Kibana cannot do in place: delete, then create. */
  readonly recreate?: true;
  /** Of a create: true if it was applied before, so that somebody has deleted it in Kibana. */
  readonly gone?: true;
  /** True: a run that was killed has not made a rule again whole, whose type changes; what belongs to the space is kept. */
  readonly halfway?: true;
  /** Of something foreign: true if it was applied before, so that somebody has taken our mark off. */
  readonly released?: true;
  /** Of something foreign: true if it has our mark and was never applied, as a copy that somebody made in Kibana. */
  readonly unapplied?: true;
  /** Of a foreign rule: true if it is one of Elastic's own. */
  readonly prebuilt?: true;
  /** Who changed it in the space last, and when (ISO 8601); absent for a create. */
  readonly changed?: { readonly by: string; readonly at: string };
  /** Content version in the space and in the repository, for rules that have one. */
  readonly version?: { readonly from?: number; readonly to?: number };
  /** Digest of what the space had when the plan was made; null: nothing. Apply refuses an entry whose digest is another. */
  readonly seen: string | null;
}

export interface Totals {
  readonly create: number;
  readonly change: number;
  readonly delete: number;
  readonly conflict: number;
  readonly foreign: number;
  readonly unchanged: number;
}

/** Where a plan is to be applied. */
export interface Target {
  /** Origin of Kibana, without credentials and path. */
  readonly url: string;
  readonly space: string;
  /** Absent where Kibana does not say it. */
  readonly version?: string;
}

/**
 * The difference between the repository and a space, as a plain JSON value: the same inputs give the same bytes, and no secret
 * is in it. Entries are in the order of kinds (value lists, exception lists, items, connectors, rules), then by action, path and id.
 */
export interface Plan {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'kibana-dac'; readonly version: string };
  readonly command: 'plan';
  /** Name of the environment in dac.toml; `default` for the one of DAC_KIBANA_URL. */
  readonly environment: string;
  readonly target: Target;
  /** The tag by which we know what is ours. */
  readonly marker: string;
  readonly protected: boolean;
  /** Rules of the space: with our mark, and without. */
  readonly rules: { readonly ours: number; readonly notOurs: number };
  /** False: only a part of the repository was looked at, so that nothing is deleted. */
  readonly complete: boolean;
  readonly totals: Totals;
  readonly entries: readonly Entry[];
  /** Digest over target, marker and what was seen: two plans with the same one say the same of the same space. */
  readonly fingerprint: string;
}

/** True: applying it would change the space. Foreign things are left alone, so they are no change. */
export const hasChanges = ({ totals }: Plan): boolean =>
  totals.create + totals.change + totals.delete + totals.conflict > 0;
