import { isJsonObject, jsonText, own, elements, type Json, type JsonObject } from '../../text/json.ts';
import { emptySpace, type Space, type World } from '../../kibana/standin/index.ts';
import { STATE_LIST } from '../../kibana/state/list.ts';

/** Members that are of the run and not of what it wrote: audit, counters, ids of the server. */
const VOLATILE = new Set([
  '@timestamp', '_version', 'id', 'revision', 'tie_breaker_id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'uuid',
]); // prettier-ignore

function lasting(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(lasting);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !VOLATILE.has(key));
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, lasting(one)]));
}

const sorted = (documents: Iterable<JsonObject>, ...counters: readonly string[]): readonly string[] =>
  [...documents]
    .map((one) =>
      JSON.stringify(lasting(Object.fromEntries(Object.entries(one).filter(([key]) => !counters.includes(key))))),
    ) // prettier-ignore
    .sort();

/** The list of dac's own without who holds the lock: a process that is killed cannot give it back, and nobody has to. */
const withoutLock = (list: JsonObject): JsonObject =>
  own(list, 'list_id') === STATE_LIST ? { ...list, description: '' } : list;

/** Everything that lasts in a space, kind by kind, in an order of its own: equal for two runs that came to the same end. */
export function contentOf(space: Space): Readonly<Record<string, readonly string[]>> {
  return {
    rules: sorted(space.rules.values()),
    lists: sorted([...space.lists.values()].map(withoutLock), 'version'),
    items: sorted(space.items.values()),
    valueLists: sorted(space.valueLists.values(), 'version'),
    values: sorted(space.valueItems.values()),
    connectors: [...space.connectors].map(([id, one]) => `${id} ${JSON.stringify(lasting(one))}`).sort(),
  };
}

/** A space that goes its own way from here on. */
export function copyOf(world: World): World {
  const { now, uuid, ...state } = world;
  const copy = structuredClone(state);
  const spaces = [...copy.spaces].map(([id, space]): [string, Space] => {
    // A clone of a map is a plain map.
    const rules = emptySpace().rules;
    for (const [key, rule] of space.rules) rules.set(key, rule);
    return [id, { ...space, rules }];
  });
  return { ...copy, spaces: new Map(spaces), now, uuid };
}

const textOf = (document: JsonObject, key: string): string => jsonText(own(document, key) ?? '');

/** What exceptions a rule has, as texts: each item of each list with the values that it takes. */
function exceptionsOf(rule: JsonObject, space: Space): ReadonlySet<string> | string {
  const found = new Set<string>();
  for (const link of elements(own(rule, 'exceptions_list')).filter(isJsonObject)) {
    const list = space.lists.get(textOf(link, 'id'));
    if (list === undefined || own(list, 'list_id') !== own(link, 'list_id'))
      return `rule ${textOf(rule, 'rule_id')} refers to list ${textOf(link, 'list_id')}, which is not there`;
    for (const item of space.items.values()) {
      if (own(item, 'list_id') !== own(list, 'list_id')) continue;
      for (const entry of elements(own(item, 'entries')).filter(isJsonObject)) {
        const source = own(entry, 'list');
        if (!isJsonObject(source)) found.add(`${textOf(item, 'item_id')} ${textOf(entry, 'value')}`);
        else for (const value of space.valueItems.values())
          if (own(value, 'list_id') === own(source, 'id')) found.add(`${textOf(item, 'item_id')} ${textOf(value, 'value')}`);
      }
    }
  }
  return found;
} // prettier-ignore

/** What each rule excepts in a space that is whole, by rule_id. */
export const exceptionsByRule = (space: Space): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    [...space.rules.values()].flatMap((rule) => {
      const found = exceptionsOf(rule, space);
      return typeof found === 'string' ? [] : [[textOf(rule, 'rule_id'), found] as const];
    }),
  );

/** What was before a run, and what is to be after it. */
export interface Ends {
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  readonly after: ReadonlyMap<string, ReadonlySet<string>>;
  /** rule_ids that are on before the run. */
  readonly on: ReadonlySet<string>;
}

/**
 * What must hold at every moment of a run; undefined: it does. Nothing is there twice. Whatever a rule refers to is there. A rule
 * that goes on has all exceptions that it is to have; one that was on has those that it has before and after.
 */
export function violation(space: Space, { before, after, on }: Ends): string | undefined {
  for (const [what, documents, ...keys] of [
    ['rule', space.rules, 'rule_id'],
    ['list', space.lists, 'list_id'],
    ['item', space.items, 'item_id'],
    ['value', space.valueItems, 'list_id', 'value'],
    ['connector', space.connectors, 'name'],
  ] as const) {
    const names = [...documents.values()].map((one) => keys.map((key) => textOf(one, key)).join(' '));
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) return `${what} ${twice} is there twice`;
  }
  for (const rule of space.rules.values()) {
    const id = textOf(rule, 'rule_id');
    for (const action of elements(own(rule, 'actions')).filter(isJsonObject))
      if (!space.connectors.has(textOf(action, 'id'))) return `rule ${id} names a connector that is not there`;
    const there = exceptionsOf(rule, space);
    if (typeof there === 'string') return there;
    if (own(rule, 'enabled') !== true) continue;
    const wanted = after.get(id) ?? before.get(id) ?? new Set();
    const needed = on.has(id) ? [...wanted].filter((one) => before.get(id)?.has(one) !== false) : [...wanted];
    const missing = needed.find((one) => !there.has(one));
    if (missing !== undefined) return `rule ${id} is on without its exception ${missing}`;
  }
  return undefined;
}
