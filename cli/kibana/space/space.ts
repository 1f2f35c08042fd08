import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { exportRules, findRules, getRule, readStatus, type Status } from '../client/api.ts';
import { readConnectors } from '../client/connector-api.ts';
import { findExceptionItems, findExceptionLists, type ListAddress, type Namespace } from '../client/exception-api.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from '../client/transport.ts';
import { findValueLists, hasValueListIndex, readValues } from '../client/value-list-api.ts';
import { NO_LEDGER, readLedger, type Ledger } from '../state/ledger-store.ts';
import type { ApplyRecord } from '../state/record.ts';

export interface SpaceValueList {
  readonly document: JsonObject;
  readonly values: readonly string[];
}

/** What a space has, as far as somebody asked: documents as Kibana gives them. */
export interface Space {
  readonly status: Status;
  /** By rule_id. */
  readonly rules: ReadonlyMap<string, JsonObject>;
  /** By `listKey`. Empty if nobody asked. */
  readonly exceptionLists: ReadonlyMap<string, JsonObject>;
  /** By `listKey` of their list, then by item_id; of lists that somebody asked for or that are ours. */
  readonly exceptionItems: ReadonlyMap<string, ReadonlyMap<string, JsonObject>>;
  /** By id. */
  readonly valueLists: ReadonlyMap<string, SpaceValueList>;
  readonly connectors: readonly JsonObject[];
  /** What the ledger says was applied last, by `keyOf`; empty if there is none, or none that this key may read. */
  readonly applied: ReadonlyMap<string, ApplyRecord>;
  /** Rules that a run which was killed has deleted and not made again, by rule_id. */
  readonly halfway?: ReadonlyMap<string, JsonObject>;
}

/** Lists of different namespaces can have the same list_id. */
export const listKey = (namespace: Namespace, listId: string): string => `${namespace} ${listId}`;

export interface Wanted {
  readonly marker: string;
  /** rule_ids that the repository has. */
  readonly ruleIds: readonly string[];
  /** Absent: exception lists are not read. */
  readonly exceptionLists?: readonly ListAddress[];
  /** Absent: value lists are not read. */
  readonly valueLists?: readonly string[];
  readonly connectors: boolean;
}

const text = (document: JsonObject, key: string): string => {
  const value = own(document, key);
  return typeof value === 'string' ? value : '';
};

export const hasTag = (document: JsonObject, tag: string): boolean => {
  const tags = own(document, 'tags');
  return Array.isArray(tags) && (tags as readonly Json[]).includes(tag);
};

/** Whether a value list is ours: it has no tags, so its record says so. */
export const hasRecord = (document: JsonObject): boolean => {
  const meta = own(document, 'meta');
  return isJsonObject(meta) && isJsonObject(own(meta, 'dac'));
};

/**
 * Reads a space in few requests: status, one export of all rules, the ledger, two pages of exception lists, then the items of
 * the lists that concern us. Throws a RemoteError.
 */
export async function readSpace(transport: Transport, wanted: Wanted): Promise<Space> {
  const [status, rules, lists, valueLists, connectors, ledger] = await Promise.all([
    readStatus(transport),
    readRules(transport, wanted),
    wanted.exceptionLists === undefined ? undefined : readLists(transport, wanted.exceptionLists, wanted.marker),
    wanted.valueLists === undefined ? undefined : readValueLists(transport, wanted.valueLists),
    wanted.connectors ? readConnectors(transport) : [],
    readRemembered(transport),
  ]);
  return {
    status,
    rules,
    exceptionLists: lists?.lists ?? new Map(),
    exceptionItems: lists?.items ?? new Map(),
    valueLists: valueLists ?? new Map(),
    connectors,
    applied: ledger.records,
    halfway: ledger.halfway,
  };
}

/** The ledger. A key that may not read exception lists plans without it, and is told so of every rule that has lost its record. */
async function readRemembered(transport: Transport): Promise<Ledger> {
  try {
    return await readLedger(transport);
  } catch (error) {
    if (error instanceof RemoteError && error.status === 403) return NO_LEDGER;
    throw error;
  }
}

const byRuleId = (rules: readonly JsonObject[]): Map<string, JsonObject> =>
  new Map(rules.map((rule) => [text(rule, 'rule_id'), rule]));

async function readRules(transport: Transport, { marker, ruleIds }: Wanted): Promise<Map<string, JsonObject>> {
  try {
    return byRuleId((await exportRules(transport)).rules);
  } catch (error) {
    // More than 10,000 rules: Kibana exports none then, not even one. Ours are found by their mark, the rest one by one.
    if (!(error instanceof RemoteError) || error.status !== 400) throw error;
    const ours = byRuleId(
      await findRules(transport, `alert.attributes.tags: "${marker.replace(/[\\"]/g, (one) => `\\${one}`)}"`),
    );
    const others = ruleIds.filter((id) => !ours.has(id));
    const found = await Promise.all(others.map((rule_id) => getRule(transport, { rule_id })));
    for (const rule of found) if (rule !== undefined) ours.set(text(rule, 'rule_id'), rule);
    return ours;
  }
}

async function readLists(
  transport: Transport,
  wanted: readonly ListAddress[],
  marker: string,
): Promise<{ readonly lists: Map<string, JsonObject>; readonly items: Map<string, ReadonlyMap<string, JsonObject>> }> {
  const lists = new Map<string, JsonObject>();
  const read: ListAddress[] = [];
  for (const namespace of ['single', 'agnostic'] as const)
    for (const list of await findExceptionLists(transport, namespace)) {
      const list_id = text(list, 'list_id');
      lists.set(listKey(namespace, list_id), list);
      const asked = wanted.some((one) => one.list_id === list_id && one.namespace_type === namespace);
      if (asked || hasTag(list, marker)) read.push({ list_id, namespace_type: namespace });
    }
  const items = new Map<string, ReadonlyMap<string, JsonObject>>();
  await Promise.all(
    read.map(async (address) => {
      const found = await findExceptionItems(transport, address);
      const byId = new Map(found.map((item) => [text(item, 'item_id'), item] as const));
      items.set(listKey(address.namespace_type, address.list_id), byId);
    }),
  );
  return { lists, items };
}

async function readValueLists(transport: Transport, wanted: readonly string[]): Promise<Map<string, SpaceValueList>> {
  if (!(await hasValueListIndex(transport))) return new Map();
  const concerning = (await findValueLists(transport)).filter(
    (list) => wanted.includes(text(list, 'id')) || hasRecord(list),
  );
  const read = concerning.map(async (document): Promise<[string, SpaceValueList]> => {
    const id = text(document, 'id');
    return [id, { document, values: await readValues(transport, id) }];
  });
  return new Map(await Promise.all(read));
}
