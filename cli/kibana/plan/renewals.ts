import type { JsonObject } from '../../text/json.ts';
import type { Desired } from '../desired/desired.ts';
import { hasRecord, hasTag, listKey, type Space } from '../space/space.ts';
import { EXISTS, sameRecord, type ApplyRecord } from '../state/record.ts';
import { connectorRecordToKeep } from './plan-connectors.ts';
import { recordToKeep, type Rules } from './plan-rules.ts';
import { keyOf, ruleKey } from './references.ts';

/** Of what the ledger should say something else, though nothing is done to it. */
export interface Renewals {
  readonly ruleIds: readonly string[];
  /** What it should say of a rule as it is now; undefined: what it says. */
  readonly record: (ruleId: string, there: JsonObject) => ApplyRecord | undefined;
  /** Other things that were applied, by `keyOf`. */
  readonly others: ReadonlyMap<string, Renewal>;
}

interface Renewal {
  /** What it should say. */
  readonly record: ApplyRecord;
  /** What it said when that was found: if it says something else meanwhile, another run has been there. */
  readonly known: ApplyRecord | undefined;
}

export const NO_RENEWALS: Renewals = { ruleIds: [], record: () => undefined, others: new Map() };

export const hasRenewals = ({ ruleIds, others }: Renewals): boolean => ruleIds.length + others.size > 0;

/** What of the repository is in the space as ours, and not in the ledger as it is there: after a run that was killed, after a pull. */
export function renewalsOf(desired: Desired, space: Space, rules: Rules): Renewals {
  const byId = new Map(desired.rules.map((rule) => [rule.ruleId, rule]));
  const record: Renewals['record'] = (ruleId, there) => {
    const rule = byId.get(ruleId);
    return rule === undefined ? undefined : recordToKeep(rule, there, space.applied, rules);
  };
  const ruleIds = [...byId.keys()].filter((id) => record(id, space.rules.get(id) ?? {}) !== undefined);
  const lists = listsOf(desired, space, rules.marker).filter((key) => !space.applied.has(key));
  const connectors = (desired.connectors ?? []).flatMap((one): [string, ApplyRecord][] => {
    const found = connectorRecordToKeep(one, space);
    return found === undefined ? [] : [[keyOf({ kind: 'connector', id: one.id }), found]];
  });
  const others = [...lists.map((key): [string, ApplyRecord] => [key, EXISTS]), ...connectors];
  return { ruleIds, record, others: new Map(others.map(([key, one]) => [key, { record: one, known: space.applied.get(key) }])) };
} // prettier-ignore

/** Lists, items and value lists that both sides have, and that are ours. */
function listsOf(desired: Desired, space: Space, marker: string): readonly string[] {
  const { exceptionLists = [], valueLists = [] } = desired;
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
  ];
}

/** What the ledger is to say of them, given the rules and the ledger (`known`) as they are now. */
export function renewed(
  { ruleIds, record, others }: Renewals,
  rules: ReadonlyMap<string, JsonObject>,
  known: (key: string) => ApplyRecord | undefined,
): ReadonlyMap<string, ApplyRecord> {
  const isAsFound = (key: string, then: ApplyRecord | undefined): boolean => {
    const now = known(key);
    return now === undefined || then === undefined ? now === then : sameRecord(now, then);
  };
  return new Map([
    ...ruleIds.flatMap((id): [string, ApplyRecord][] => {
      const rule = rules.get(id);
      const found = rule === undefined ? undefined : record(id, rule);
      return found === undefined ? [] : [[ruleKey(id), found]];
    }),
    ...[...others].flatMap(([key, one]): [string, ApplyRecord][] =>
      isAsFound(key, one.known) ? [[key, one.record]] : [],
    ),
  ]);
}
