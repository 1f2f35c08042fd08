import { own, type JsonObject } from '../../text/json.ts';
import type { Entry, Kind } from '../plan/plan.ts';
import { connectorsOf, keyOf, listsOf, parentKey, valueListsOf } from '../plan/references.ts';

/**
 * The order in which nothing can storm. What makes a rule quieter is there before the rule; the rule is written with all its
 * links in one request, and goes on when everything is in place; what makes it louder, and what is deleted, comes last.
 */
export const PHASES = [
  'add values',
  'write exception lists',
  'write exception items',
  'write connectors',
  'write rules',
  'enable rules',
  'delete rules',
  'delete connectors',
  'delete exception items',
  'delete exception lists',
  'take values out',
] as const;
export type Phase = (typeof PHASES)[number];

/** One thing to be done in one phase. An entry has one step or more; each can be repeated without harm. */
export interface Step {
  readonly phase: Phase;
  readonly entry: Entry;
  /** `keyOf` the entry. */
  readonly key: string;
  /** Keys of entries without which this must not be done. */
  readonly needs: readonly string[];
}

const isOn = (document: JsonObject | undefined): boolean => own(document ?? {}, 'enabled') === true;

/**
 * True: the rule is written disabled first, and once more as it should be when all else is done. So it is for rules that are
 * made anew and for those that go on; one that goes off, or stays as it is, needs one write.
 */
export function isWrittenTwice(entry: Entry): boolean {
  if (entry.kind !== 'rule' || !isOn(entry.document)) return false;
  return entry.action === 'create' || entry.recreate === true || entry.fields.some(({ field }) => field === 'enabled');
}

function phasesOf(entry: Entry): readonly Phase[] {
  const gone = entry.action === 'delete';
  switch (entry.kind) {
    case 'valueList':
      return gone ? ['take values out'] : ['add values', 'take values out'];
    case 'exceptionList':
      return [gone ? 'delete exception lists' : 'write exception lists'];
    case 'exceptionItem':
      return [gone ? 'delete exception items' : 'write exception items'];
    case 'connector':
      return [gone ? 'delete connectors' : 'write connectors'];
    case 'rule': {
      if (gone) return ['delete rules'];
      return isWrittenTwice(entry) ? ['write rules', 'enable rules'] : ['write rules'];
    }
  }
}

/** What has to be in place before each phase of an entry; only what is part of this apply counts. */
function needsOf(
  entry: Entry,
  itemsByList: ReadonlyMap<string, readonly string[]>,
  here: ReadonlySet<string>,
): string[] {
  const { document = {} } = entry;
  const valueList = (id: string): string => keyOf({ kind: 'valueList', id });
  const wanted =
    entry.kind === 'exceptionItem'
      ? [parentKey(entry), ...valueListsOf(document).map(valueList)]
      : entry.kind === 'rule'
        ? [...listsOf(document).flatMap((list) => [list, ...(itemsByList.get(list) ?? [])]), ...connectorsOf(document)]
        : [];
  return wanted.filter((key) => here.has(key));
}

/** The steps of these entries in order. Conflicts are written like changes: whoever hands them in has decided so. */
export function stepsOf(entries: readonly Entry[]): readonly Step[] {
  const kept = entries.filter(({ action }) => action !== 'delete' && action !== 'foreign');
  const here = new Set(kept.map(keyOf));
  const itemsByList = new Map<string, string[]>();
  for (const entry of kept) {
    if (entry.kind !== 'exceptionItem') continue;
    const list = parentKey(entry);
    itemsByList.set(list, [...(itemsByList.get(list) ?? []), keyOf(entry)]);
  }
  const steps = entries
    .filter(({ action }) => action !== 'foreign')
    .flatMap((entry) => {
      const needs = entry.action === 'delete' ? [] : needsOf(entry, itemsByList, here);
      return phasesOf(entry).map((phase): Step => ({ phase, entry, key: keyOf(entry), needs }));
    });
  const rank = (phase: Phase): number => PHASES.indexOf(phase);
  return steps.sort((a, b) => rank(a.phase) - rank(b.phase));
}

/** Words for a kind, as messages name it. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  valueList: 'value list',
  exceptionList: 'exception list',
  exceptionItem: 'exception item',
  connector: 'connector',
  rule: 'rule',
};
