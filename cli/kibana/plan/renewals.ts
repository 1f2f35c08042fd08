import type { JsonObject } from '../../text/json.ts';
import type { Desired } from '../desired/desired.ts';
import { hasRecord, hasTag, listKey, type Space } from '../space/space.ts';
import { EXISTS, type ApplyRecord } from '../state/record.ts';
import { recordToKeep, type Rules } from './plan-rules.ts';
import { keyOf, ruleKey } from './references.ts';

/** Of what the ledger should say something else, though nothing is done to it. */
export interface Renewals {
  readonly ruleIds: readonly string[];
  /** What it should say of a rule as it is now; undefined: what it says. */
  readonly record: (ruleId: string, there: JsonObject) => ApplyRecord | undefined;
  /** Other things that were applied, by `keyOf`. */
  readonly others: readonly string[];
}

export const NO_RENEWALS: Renewals = { ruleIds: [], record: () => undefined, others: [] };

export const hasRenewals = ({ ruleIds, others }: Renewals): boolean => ruleIds.length + others.length > 0;

/** What of the repository is in the space as ours, and not in the ledger as it is there: after a run that was killed, after a pull. */
export function renewalsOf(desired: Desired, space: Space, rules: Rules): Renewals {
  const byId = new Map(desired.rules.map((rule) => [rule.ruleId, rule]));
  const record: Renewals['record'] = (ruleId, there) => {
    const rule = byId.get(ruleId);
    return rule === undefined ? undefined : recordToKeep(rule, there, space.applied, rules);
  };
  const ruleIds = [...byId.keys()].filter((id) => record(id, space.rules.get(id) ?? {}) !== undefined);
  const others = othersOf(desired, space, rules.marker).filter((key) => !space.applied.has(key));
  return { ruleIds, record, others };
}

/** Lists, items, value lists and connectors that both sides have, and that are ours. */
function othersOf(desired: Desired, space: Space, marker: string): readonly string[] {
  const { exceptionLists = [], valueLists = [], connectors = [] } = desired;
  const isOurs = (there: JsonObject | undefined): boolean => there !== undefined && hasTag(there, marker);
  return [
    ...exceptionLists.flatMap(({ listId, namespace, items }) => {
      const key = listKey(namespace, listId);
      const there = space.exceptionItems.get(key);
      return [
        ...(isOurs(space.exceptionLists.get(key)) ? [keyOf({ kind: 'exceptionList', id: listId, namespace })] : []),
        ...items
          .filter(({ itemId }) => isOurs(there?.get(itemId)))
          .map(({ itemId }) => keyOf({ kind: 'exceptionItem', id: itemId, namespace })),
      ];
    }),
    ...valueLists
      .filter(({ id }) => hasRecord(space.valueLists.get(id)?.document ?? {}))
      .map(({ id }) => keyOf({ kind: 'valueList', id })),
    ...connectors
      .filter(({ id }) => space.connectors.some((one) => one['id'] === id))
      .map(({ id }) => keyOf({ kind: 'connector', id })),
  ];
}

/** What the ledger is to say of them, given the rules as they are now. */
export const renewed = ({ ruleIds, record, others }: Renewals, rules: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, ApplyRecord> =>
  new Map([
    ...ruleIds.flatMap((id): [string, ApplyRecord][] => {
      const rule = rules.get(id);
      const found = rule === undefined ? undefined : record(id, rule);
      return found === undefined ? [] : [[ruleKey(id), found]];
    }),
    ...others.map((key): [string, ApplyRecord] => [key, EXISTS]),
  ]); // prettier-ignore
