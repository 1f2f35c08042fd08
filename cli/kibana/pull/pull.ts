import type { Kind } from '../plan/plan.ts';

/** What a pull does to one file. */
export interface FileChange {
  readonly kind: 'rule' | 'exceptionList' | 'valueList';
  /** conflict: the file holds markers, which somebody has to resolve. */
  readonly action: 'create' | 'change' | 'conflict';
  /** rule_id, list_id, or the id of a value list. */
  readonly id: string;
  readonly name: string;
  /** As a person reads it, with `/`. */
  readonly path: string;
  /** The text before; absent for a new file. */
  readonly before?: string;
  readonly text: string;
  /** Members that got the value of the space, those that keep the repository's, those between markers. */
  readonly taken: readonly string[];
  readonly kept: readonly string[];
  readonly conflicts: readonly string[];
  /** Who changed it in the space last, and when. */
  readonly changed?: { readonly by: string; readonly at: string };
}

/** Something of the space that was left there. */
export interface Skipped {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** True: the repository has it, and the space does not any more. */
  readonly gone?: true;
  readonly why: string;
  readonly help: string;
}

export interface PullOptions {
  /** The tag by which we know what is ours. */
  readonly marker: string;
  /** Folders for new files, as a person reads them. */
  readonly rulesRoot: string;
  readonly exceptionsRoot: string;
  /** Lower-case paths that are there; new ones are added. */
  readonly taken: Set<string>;
  /** Members that belong to the space: they do not go into files. */
  readonly keep: readonly string[];
  /** `YYYY/MM/DD`, for new files of what Kibana gives no day. */
  readonly today: string;
  /** How the space is called in markers. */
  readonly space: string;
  /** Whether the run is about a rule. */
  readonly chosen: (rule: { readonly id: string; readonly name: string; readonly path?: string }) => boolean;
  /** True: somebody named the rules, so that prebuilt ones and those that left the repository are meant. */
  readonly named: boolean;
  /** True: only what has no file yet. */
  readonly onlyNew: boolean;
}
