import { isJsonObject, own, type JsonObject } from '../../text/json.ts';
import type { KnownError } from '../../text/known-error.ts';
import { patchRule } from '../client/api.ts';
import { replaceExceptionItem, replaceExceptionList } from '../client/exception-api.ts';
import type { Transport } from '../client/transport.ts';
import { replaceValueList } from '../client/value-list-api.ts';
import type { Desired } from '../desired/desired.ts';
import { listKey, type Space } from '../space/space.ts';
import { LedgerKeeper, type Intent } from '../state/keep-ledger.ts';
import { takeLock, type LockOptions } from '../state/lock.ts';
import { EXISTS, readRuleRecord, recordMeta, recordOf, recordTag, type ApplyRecord } from '../state/record.ts';
import { keyOf } from '../plan/references.ts';
import { connectorThere } from '../plan/compare-connectors.ts';
import { connectorDocument } from '../plan/plan-connectors.ts';
import { comparedItem, comparedList, identified, ownTags } from '../plan/plan-lists.ts';
import { comparedRule, type Rules } from '../plan/plan-rules.ts';
import type { Entry, Plan } from '../plan/plan.ts';
import { textOf } from '../plan/remote.ts';
import { hasRenewals, renewalsOf, renewed } from '../plan/renewals.ts';
import { rulesById } from './verify.ts';

/**
 * What can be adopted: what is there without our mark, and what differs from the last apply. Adopting takes the state of the
 * space as the last applied one, so that the repository's differences become plain changes.
 */
export const adoptable = (plan: Plan): readonly Entry[] =>
  plan.entries.filter(
    // A connector is ours by its id, which nobody can change: one that is not ours cannot become so.
    ({ kind, action, path }) =>
      path !== undefined && (action === 'conflict' || (action === 'foreign' && kind !== 'connector')),
  );

/** One thing of the space that is to get our mark and record; nothing else in it is changed. */
interface Adoption extends Intent {
  readonly after: ApplyRecord;
  /** Throws a RemoteError. */
  readonly send: (transport: Transport) => Promise<unknown>;
}

const pick = (document: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([key]) => keys.includes(key)));

/** `meta` with a record in it. */
function metaWith(there: JsonObject, record: ApplyRecord, { version }: Rules): JsonObject {
  const meta = own(there, 'meta');
  return { ...(isJsonObject(meta) ? meta : {}), dac: recordMeta(record, version) };
}

const LIST = ['list_id', 'namespace_type', 'name', 'description', 'type', 'os_types', '_version'];
const ITEM = ['item_id', 'namespace_type', 'name', 'description', 'type', 'entries', 'os_types', 'expire_time', '_version']; // prettier-ignore
const VALUE_LIST = ['id', 'name', 'description', '_version'];

function adoptionOf(entry: Entry, desired: Desired, space: Space, rules: Rules): Adoption | undefined {
  const namespace = entry.namespace ?? 'single';
  const key = keyOf(entry);
  const { marker } = rules;
  const tagged = (there: JsonObject, fields: JsonObject): JsonObject => ({
    tags: [...ownTags(there, marker), marker, recordTag(recordOf(fields))],
  });
  const exists = { key, before: EXISTS, after: EXISTS };
  switch (entry.kind) {
    case 'rule': {
      const there = space.rules.get(entry.id);
      const wanted = desired.rules.find((rule) => rule.ruleId === entry.id);
      if (there === undefined || wanted === undefined) return undefined;
      const after = recordOf(comparedRule(there, wanted.document, rules));
      const members = { tags: [...ownTags(there, marker), marker], meta: metaWith(there, after, rules) };
      const send = (transport: Transport) => patchRule(transport, { rule_id: entry.id }, members);
      return { key, before: readRuleRecord(there), after, send };
    }
    case 'exceptionList': {
      const there = space.exceptionLists.get(listKey(namespace, entry.id));
      if (there === undefined) return undefined;
      const body = { ...pick(there, LIST), ...tagged(there, identified(there, comparedList(there, marker))) };
      return { ...exists, send: (transport) => replaceExceptionList(transport, body) };
    }
    case 'exceptionItem': {
      const there = space.exceptionItems.get(listKey(namespace, entry.parent ?? ''))?.get(entry.id);
      if (there === undefined) return undefined;
      const body = { ...pick(there, ITEM), ...tagged(there, comparedItem(there, marker)) };
      return { ...exists, send: (transport) => replaceExceptionItem(transport, body) };
    }
    case 'connector': {
      const there = space.connectors.find((one) => own(one, 'id') === entry.id);
      const wanted = desired.connectors?.find(({ id }) => id === entry.id);
      if (there === undefined || wanted === undefined) return undefined;
      const after = recordOf(connectorThere(connectorDocument(wanted), there, space.applied.get(key)));
      // It has no place for mark or record: the ledger alone says it.
      return { key, before: undefined, after, send: () => Promise.resolve() };
    }
    case 'valueList': {
      const list = space.valueLists.get(entry.id);
      if (list === undefined) return undefined;
      const { document, values } = list;
      const record = recordOf({ type: textOf(document, 'type'), values: [...values].sort() });
      const body = { ...pick(document, VALUE_LIST), meta: metaWith(document, record, rules) };
      return { ...exists, send: (transport) => replaceValueList(transport, body) };
    }
  }
}

export interface AdoptOptions {
  readonly transport: Transport;
  readonly rules: Rules;
  /** Absent: no lock is taken. */
  readonly lock?: LockOptions;
  /** Called after each. */
  readonly onDone: () => void;
}

/**
 * Puts mark and record on things of the space, one after the other, and into the ledger. Throws a KnownError at the first that
 * is refused; what was done until then stays. Gives back why the ledger does not say it, if it does not.
 */
export async function adopt(
  entries: readonly Entry[],
  desired: Desired,
  space: Space,
  { transport, rules, lock: wanted, onDone }: AdoptOptions,
): Promise<KnownError | undefined> {
  const adoptions = entries.flatMap((entry) => adoptionOf(entry, desired, space, rules) ?? []);
  const renewals = renewalsOf(desired, space, rules);
  if (adoptions.length === 0 && !hasRenewals(renewals)) return undefined;
  const lock = wanted === undefined ? undefined : await takeLock(transport, wanted);
  const done = new Map<string, ApplyRecord>();
  let keeper: LedgerKeeper | undefined;
  let left: KnownError | undefined;
  try {
    const there = await rulesById(transport, renewals.ruleIds);
    keeper = await LedgerKeeper.open(transport, adoptions);
    for (const { key, after, send } of adoptions) {
      await lock?.keep();
      await send(transport);
      done.set(key, after);
      onDone();
    }
    const opened = keeper;
    for (const [key, record] of renewed(renewals, there, (one) => opened.before(one)))
      if (!done.has(key)) done.set(key, record);
  } finally {
    left = await keeper?.settle(done);
    await lock?.release();
  }
  return left;
}
