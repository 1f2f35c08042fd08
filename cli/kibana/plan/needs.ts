import { own, type JsonObject } from '../../text/json.ts';
import type { Desired, DesiredRule } from '../desired/desired.ts';
import type { Space } from '../space/space.ts';
import { connectorsOf, keyOf, listsOf, valueListsOf } from './references.ts';

/** Keys of all that these rules need: exception lists, the value lists that the items of those name, and connectors. */
export function neededBy(rules: readonly DesiredRule[], desired: Desired, space: Space): ReadonlySet<string> {
  const needed = new Set(
    rules.map((rule) => asItWillBe(rule, space)).flatMap((one) => [...listsOf(one), ...connectorsOf(one)]),
  );
  for (const { listId, namespace, items } of desired.exceptionLists ?? []) {
    if (!needed.has(keyOf({ kind: 'exceptionList', id: listId, namespace }))) continue;
    for (const { document } of items)
      for (const id of valueListsOf(document)) needed.add(keyOf({ kind: 'valueList', id }));
  }
  return needed;
}

/** Lists and actions that the repository says nothing of are those of the space. */
function asItWillBe({ ruleId, document }: DesiredRule, space: Space): JsonObject {
  const there = space.rules.get(ruleId) ?? {};
  return Object.fromEntries(
    ['exceptions_list', 'actions'].flatMap((key) => {
      const value = own(document, key) ?? own(there, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
