import { elements, isJsonObject, own, type JsonObject } from '../../text/json.ts';
import type { DesiredList } from '../desired/desired.ts';
import type { Entry } from '../plan/plan.ts';
import { hasTag } from '../space/space.ts';
import { draftList, mergeList, type RemoteList } from './pull-exceptions.ts';
import type { FileChange, PullOptions, Skipped } from './pull.ts';

/** An exception list of the repository, and where in its file it stands. */
export interface KnownList extends DesiredList {
  readonly index: number;
}

export interface ListsInput {
  /** Lists of the space that the run is about: those of the repository, and those that pulled rules refer to. */
  readonly remote: readonly RemoteList[];
  readonly known: readonly KnownList[];
  readonly entries: readonly Entry[];
  readonly text: (path: string) => string;
  /** The file at a path as the last commit has it; undefined: it is in no commit. */
  readonly committed: (path: string) => string | undefined;
}

const textOf = (object: JsonObject, key: string): string => {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
};

const namespaceOf = (list: JsonObject): string => (own(list, 'namespace_type') === 'agnostic' ? 'agnostic' : 'single');

/** What has to be done to the files of exception lists so that they say what the space has. */
export function pullLists(
  input: ListsInput,
  options: PullOptions,
): { readonly changes: readonly FileChange[]; readonly skipped: readonly Skipped[] } {
  const changes = new Map<string, FileChange>();
  const skipped: Skipped[] = [];
  for (const remote of input.remote) {
    const listId = textOf(remote.list, 'list_id');
    const known = input.known.find((one) => one.listId === listId && one.namespace === namespaceOf(remote.list));
    if (known === undefined) {
      const change = draftList(remote, options);
      changes.set(change.path, change);
      continue;
    }
    if (options.onlyNew) continue;
    const text = input.text(known.path);
    // What is in no commit, nobody else has: where the last apply is not known, it is not overwritten.
    const inGit = input.committed(known.path) === text;
    const entries = (inGit ? input.entries : input.entries.map(withBoth)).filter((one) => (one.kind === 'exceptionList' && one.id === listId) || (one.kind === 'exceptionItem' && one.parent === listId)); // prettier-ignore
    for (const entry of entries)
      if (entry.fields.some((one) => one.changedIn === 'both'))
        skipped.push({
          kind: 'exceptionList',
          id: listId,
          name: entry.name,
          why: `both sides have changed ${entry.fields.filter((one) => one.changedIn === 'both').map((one) => one.field).join(', ')}`,
          help: `dac plan shows both; make ${known.path} say what is meant, then apply`,
        }); // prettier-ignore
    const earlier = changes.get(known.path);
    const change = mergeList(
      earlier?.text ?? text,
      { path: known.path, listId, index: known.index, itemIds: known.items.map((one) => one.itemId) },
      remote,
      { ...options, take: takes(entries, remote, options.marker) },
    );
    if (change === undefined) continue;
    changes.set(known.path, earlier === undefined ? change : { ...change, ...(earlier.before === undefined ? {} : { before: earlier.before }), taken: [...earlier.taken, ...change.taken] }); // prettier-ignore
  }
  return { changes: [...changes.values()], skipped };
}

const withBoth = (entry: Entry): Entry => ({
  ...entry,
  fields: entry.fields.map((one) => (one.changedIn === 'unknown' ? { ...one, changedIn: 'both' } : one)),
});

/** Whether a member of the list or of an item is to be taken: what the space has changed, and items that somebody added there. */
const takes =
  (entries: readonly Entry[], remote: RemoteList, marker: string) =>
  (field: string, itemId?: string): boolean => {
    const entry = entries.find((one) => (itemId === undefined ? one.kind === 'exceptionList' : one.kind === 'exceptionItem' && one.id === itemId)); // prettier-ignore
    const change = entry?.fields.find((one) => one.field === field);
    if (field !== '') return change !== undefined && (change.changedIn === 'space' || change.changedIn === 'unknown');
    const item = remote.items.find((one) => textOf(one, 'item_id') === itemId);
    return item !== undefined && !hasTag(item, marker);
  };

/** list_ids that rules refer to, with their namespace. Lists of the endpoint belong to it, not to rules. */
export const listsOfRules = (rules: readonly JsonObject[]): readonly { readonly list_id: string; readonly namespace_type: 'single' | 'agnostic' }[] => {
  const found = new Map<string, { list_id: string; namespace_type: 'single' | 'agnostic' }>();
  for (const rule of rules)
    for (const one of elements(own(rule, 'exceptions_list'))) {
      if (!isJsonObject(one)) continue;
      const type = textOf(one, 'type');
      const list_id = textOf(one, 'list_id');
      if (list_id === '' || (type !== 'detection' && type !== 'rule_default')) continue;
      const namespace_type = own(one, 'namespace_type') === 'agnostic' ? 'agnostic' : 'single';
      found.set(`${namespace_type} ${list_id}`, { list_id, namespace_type });
    }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}; // prettier-ignore
