import { elements, isJsonObject, own, type JsonObject } from '../../text/json.ts';
import { patchRule } from '../client/api.ts';
import { replaceExceptionItem, replaceExceptionList } from '../client/exception-api.ts';
import type { Transport } from '../client/transport.ts';
import { replaceValueList } from '../client/value-list-api.ts';
import type { Desired } from '../desired/desired.ts';
import { normaliseItem, normaliseList } from '../normalise/exceptions.ts';
import { listKey, type Space } from '../space/space.ts';
import type { Entry, Plan } from './plan.ts';
import { comparedRule, type Rules } from './plan-rules.ts';
import { recordOf } from './record.ts';
import { textOf } from './remote.ts';

/**
 * What can be adopted: what is there without our mark, and what differs from the last apply. Adopting takes the state of the
 * space as the last applied one, so that the repository's differences become plain changes.
 */
export const adoptable = (plan: Plan): readonly Entry[] =>
  plan.entries.filter(
    // A connector is ours by its id, which nobody can change.
    ({ kind, action }) => kind !== 'connector' && (action === 'foreign' || action === 'conflict'),
  );

/** `tags` and `meta` with our mark and the record of what the space has; nothing else is changed. */
function marked(there: JsonObject, fields: JsonObject, rules: Rules): JsonObject {
  const meta = own(there, 'meta');
  const tags = elements(own(there, 'tags')).filter((tag) => tag !== rules.marker);
  return {
    tags: [...tags, rules.marker],
    meta: { ...(isJsonObject(meta) ? meta : {}), dac: recordOf(fields, rules.version) },
  };
}

const pick = (document: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([key]) => keys.includes(key)));

const unmarked = (there: JsonObject, marker: string): JsonObject => ({
  ...there,
  tags: elements(own(there, 'tags')).filter((tag) => tag !== marker),
});

/** Puts mark and record on one thing of the space. Throws a RemoteError. */
export async function adopt(
  transport: Transport,
  entry: Entry,
  desired: Desired,
  space: Space,
  rules: Rules,
): Promise<void> {
  const namespace = entry.namespace ?? 'single';
  switch (entry.kind) {
    case 'rule': {
      const there = space.rules.get(entry.id);
      const wanted = desired.rules.find((rule) => rule.ruleId === entry.id);
      if (there === undefined || wanted === undefined) return;
      const fields = comparedRule(there, wanted.document, rules);
      await patchRule(transport, { rule_id: entry.id }, marked(there, fields, rules));
      return;
    }
    case 'exceptionList': {
      const there = space.exceptionLists.get(listKey(namespace, entry.id));
      if (there === undefined) return;
      await replaceExceptionList(transport, {
        ...pick(there, ['list_id', 'namespace_type', 'name', 'description', 'type', 'os_types', '_version']),
        ...marked(there, normaliseList(unmarked(there, rules.marker)), rules),
      });
      return;
    }
    case 'exceptionItem': {
      const there = space.exceptionItems.get(listKey(namespace, entry.parent ?? ''))?.get(entry.id);
      if (there === undefined) return;
      await replaceExceptionItem(transport, {
        ...pick(there, ['item_id', 'namespace_type', 'name', 'description', 'type', 'entries', 'os_types', 'expire_time', '_version']), // prettier-ignore
        ...marked(there, normaliseItem(unmarked(there, rules.marker)), rules),
      });
      return;
    }
    case 'connector':
      return;
    case 'valueList': {
      const list = space.valueLists.get(entry.id);
      if (list === undefined) return;
      const { document, values } = list;
      const meta = own(document, 'meta');
      const fields: JsonObject = { type: textOf(document, 'type'), values: [...values].sort() };
      await replaceValueList(transport, {
        ...pick(document, ['id', 'name', 'description', '_version']),
        meta: { ...(isJsonObject(meta) ? meta : {}), dac: recordOf(fields, rules.version) },
      });
    }
  }
}
