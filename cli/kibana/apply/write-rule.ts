import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { createRule, deleteRule, getRule, replaceRule } from '../client/api.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import { messageOf } from '../client/remote-error.ts';
import { getExceptionList } from '../client/exception-api.ts';
import type { Entry } from '../plan/plan.ts';
import { keyOf } from '../plan/references.ts';
import { dropHalfway, keepHalfway } from '../state/halfway.ts';
import { makeOnce } from './attempt.ts';
import { checkSeen, documentOf, type Context } from './context.ts';
import { differences, disabled } from './documents.ts';
import type { Performed } from './execute.ts';
import { Refused } from './outcome.ts';
import { isWrittenTwice } from './steps.ts';

/** The list of Elastic Defend: its id is its list_id, and Kibana makes it with the first rule. */
const ENDPOINT_LIST = 'endpoint_list';

async function listId(context: Context, reference: JsonObject): Promise<string> {
  const name = own(reference, 'list_id');
  const list_id = typeof name === 'string' ? name : '';
  const namespace = own(reference, 'namespace_type') === 'agnostic' ? 'agnostic' : 'single';
  if (list_id === ENDPOINT_LIST && namespace === 'agnostic') return ENDPOINT_LIST;
  const key = keyOf({ kind: 'exceptionList', id: list_id, namespace });
  const known = context.listIds.get(key);
  if (known !== undefined) return known;
  const list = await getExceptionList(context.transport, { list_id, namespace_type: namespace });
  const id = list === undefined ? undefined : own(list, 'id');
  if (typeof id !== 'string')
    throw new Refused(
      'failed',
      `it refers to exception list "${list_id}", which is not in the space`,
      `add exceptions/${list_id}.toml, or make the list in Kibana, or take the reference out of the rule`,
    );
  context.listIds.set(key, id);
  return id;
}

/** The body of a write: references with the ids that the lists have in this space, and no id of a rule. */
async function linked(context: Context, document: JsonObject): Promise<JsonObject> {
  const { id: _, ...rule } = document;
  const references = own(rule, 'exceptions_list');
  if (!Array.isArray(references)) return rule;
  const lists: Json[] = [];
  for (const one of (references as readonly Json[]).filter(isJsonObject))
    lists.push({ ...one, id: await listId(context, one) });
  return { ...rule, exceptions_list: lists };
}

/** Throws if Kibana has not kept the rule as it was sent. */
function checkStored(sent: JsonObject, stored: JsonObject): void {
  const fields = differences(sent, stored);
  if (fields.length === 0) return;
  throw new Refused(
    'differs',
    `Kibana took the rule and keeps another value of ${fields.join(', ')}`,
    fields.includes('exceptions_list')
      ? 'it was not enabled; look at its exceptions in Kibana, then run the same command again'
      : 'is Kibana older than the field, or does something change rules on their way?',
  );
}

const read = (context: Context, entry: Entry): Promise<JsonObject | undefined> =>
  getRule(context.transport, { rule_id: entry.id });

async function create(context: Context, entry: Entry, sent: JsonObject, final: JsonObject): Promise<Performed> {
  const { made, already } = await makeOnce(
    () => createRule(context.transport, sent),
    () => read(context, entry),
    (there) => {
      if (differences(sent, there).length > 0 && differences(final, there).length > 0)
        throw new Refused('conflict', `rule "${entry.name}" was made in Kibana since the plan was made`, 'plan again');
    },
  );
  if (already) return 'already';
  checkStored(sent, made);
  return 'done';
}

/** A rule that runs is written to by Kibana itself. It tries a PUT three times within half a second, and then answers so. */
const RUNS = /version conflict|conflict$/i;
/** Milliseconds before each further try. */
const PAUSES = [500, 1000, 2000];

/**
 * Replaces a rule; once more if Kibana was writing to it at that moment, unless somebody else was. `check` throws if the rule that
 * is there may not be replaced (kibana:x-pack/platform/plugins/shared/alerting/server/lib/retry_if_conflicts.ts).
 */
async function replace(
  context: Context,
  entry: Entry,
  sent: JsonObject,
  check: (there: JsonObject | undefined) => void,
): Promise<JsonObject> {
  for (const pause of PAUSES)
    try {
      return await replaceRule(context.transport, sent);
    } catch (error) {
      if (!(error instanceof RemoteError) || error.status !== 409) throw error;
      if (!RUNS.test(messageOf(error.body) ?? '')) throw error;
      await context.transport.pause(pause);
      check(await read(context, entry));
    }
  return replaceRule(context.transport, sent);
}

/** Makes or replaces a rule with its links in one request; disabled if it is to go on later. */
export async function writeRule(context: Context, entry: Entry): Promise<Performed> {
  const final = await linked(context, documentOf(entry));
  const waits = isWrittenTwice(entry);
  const performed = await write(context, entry, waits ? disabled(final) : final, final);
  if (!waits) await finished(context, entry);
  return performed;
}

/** A rule that was made again is there as it is to be: what was kept of it is needed no more. */
async function finished(context: Context, { id, recreate, halfway }: Entry): Promise<void> {
  if (recreate === true || halfway === true) await dropHalfway(context.transport, id);
}

async function write(context: Context, entry: Entry, sent: JsonObject, final: JsonObject): Promise<Performed> {
  if (entry.seen === null) return create(context, entry, sent, final);
  const there = await read(context, entry);
  // An apply that was interrupted has been here before.
  if (there !== undefined && [sent, final].some((one) => differences(one, there).length === 0)) return 'already';
  if (entry.recreate === true) {
    if (there !== undefined) {
      checkSeen(entry, there);
      await keepHalfway(context.transport, there);
      await deleteRule(context.transport, { rule_id: entry.id });
    }
    return create(context, entry, sent, final);
  }
  checkSeen(entry, there);
  checkStored(sent, await replace(context, entry, sent, (now) => checkSeen(entry, now)));
  return 'done';
}

/**
 * Enables a rule that was written disabled, by a PUT of the whole: PATCH and bulk enabling are refused to some keys that may
 * replace a rule, and would leave our record saying that it is off.
 */
export async function enableRule(context: Context, entry: Entry): Promise<Performed> {
  const final = await linked(context, documentOf(entry));
  const waits = (there: JsonObject | undefined): void => {
    if (there === undefined)
      throw new Refused('conflict', `rule "${entry.name}" was deleted in Kibana a moment ago`, 'plan again');
    if (differences(disabled(final), there).length > 0)
      throw new Refused(
        'conflict',
        `rule "${entry.name}" was changed in Kibana a moment ago; it was not enabled`,
        'plan again',
      );
  };
  const there = await read(context, entry);
  const already = there !== undefined && differences(final, there).length === 0;
  if (!already) {
    waits(there);
    checkStored(final, await replace(context, entry, final, waits));
  }
  await finished(context, entry);
  return already ? 'already' : 'done';
}

/** Deletes a rule that is ours and as it was seen. */
export async function removeRule(context: Context, entry: Entry): Promise<Performed> {
  const there = await read(context, entry);
  if (there === undefined) return 'already';
  checkSeen(entry, there);
  const tags = own(there, 'tags');
  if (!Array.isArray(tags) || !tags.includes(context.plan.marker))
    throw new Refused('conflict', `rule "${entry.name}" has lost the tag "${context.plan.marker}", so it is not ours`);
  await deleteRule(context.transport, { rule_id: entry.id });
  return 'done';
}
