import { isJsonObject, jsonText, own, type Json, type JsonObject } from '../../text/json.ts';
import {
  createValueList,
  createValueListIndex,
  deleteValue,
  deleteValueList,
  getValueList,
  importValues,
  readItems,
  readValues,
  replaceValueList,
} from '../client/value-list-api.ts';
import type { Entry } from '../plan/plan.ts';
import { makeOnce } from './attempt.ts';
import { checkSeen, documentOf, type Context } from './context.ts';
import { uncovered } from './documents.ts';
import type { Performed } from './execute.ts';
import { Refused } from './outcome.ts';

/** Bytes of one import; Kibana takes 9,000,000. */
const CHUNK = 4_000_000;

/** Values in lists of which each fits into one request. */
function* chunks(values: readonly string[]): Generator<readonly string[]> {
  let chunk: string[] = [];
  let size = 0;
  for (const value of values) {
    const bytes = Buffer.byteLength(value) + 1;
    if (size + bytes > CHUNK && chunk.length > 0) {
      yield chunk;
      [chunk, size] = [[], 0];
    }
    chunk.push(value);
    size += bytes;
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * The list while its values are under way: the record says nothing of them, so that a run that ends here is no edit of
 * somebody else's.
 */
function underWay(document: JsonObject): JsonObject {
  const meta = own(document, 'meta');
  const dac = isJsonObject(meta) ? own(meta, 'dac') : undefined;
  const applied = isJsonObject(dac) ? own(dac, 'applied') : undefined;
  if (!isJsonObject(meta) || !isJsonObject(dac) || !isJsonObject(applied)) return document;
  const { values: _, ...rest } = applied;
  return { ...document, meta: { ...meta, dac: { ...dac, applied: rest } } };
}

async function replaceContainer({ transport }: Context, sent: JsonObject, there: JsonObject): Promise<Performed> {
  if (uncovered(sent, there).length === 0) return 'already';
  const { type: _, ...change } = sent;
  await replaceValueList(transport, change);
  return 'done';
}

/** Makes the value list and adds what is missing in it; done when the list has it, not when Kibana says so. */
export async function addValues(context: Context, entry: Entry): Promise<Performed> {
  const { transport } = context;
  if (entry.recreate === true)
    throw new Refused(
      'failed',
      `the type of value list "${entry.id}" cannot be changed`,
      'Kibana would have to delete it first, and rules would fire without it meanwhile: give it another id',
    );
  const final = documentOf(entry);
  const sent = underWay(final);
  let performed: Performed;
  let values: readonly string[] = [];
  if (entry.seen === null) {
    await createValueListIndex(transport);
    const { made, already } = await makeOnce(
      () => createValueList(transport, sent),
      () => getValueList(transport, entry.id),
      (there) => {
        if ([sent, final].some((one) => uncovered(one, there).length === 0)) return;
        checkSeen(entry, there);
      },
    );
    performed = already ? 'already' : 'done';
    if (already) {
      if (uncovered(final, made).length === 0) return 'already';
      values = await readValues(transport, entry.id);
    }
  } else {
    const there = await getValueList(transport, entry.id);
    values = there === undefined ? [] : await readValues(transport, entry.id);
    const oursAlready = there !== undefined && [sent, final].some((one) => uncovered(one, there).length === 0);
    if (!oursAlready) checkSeen(entry, there && { ...there, values: [...values].sort() });
    performed = await replaceContainer(context, sent, there ?? {});
  }
  const known = new Set(values);
  const missing = (entry.values?.add ?? []).filter((value) => !known.has(value));
  for (const chunk of chunks(missing)) {
    await importValues(transport, entry.id, chunk);
    performed = 'done';
  }
  await haveArrived(context, entry, missing);
  return performed;
}

/** Milliseconds to wait at most before one more look; all waits together are some 50 seconds. */
const LONGEST_WAIT = 30_000;
/** Values that a message names. */
const NAMED = 5;

/** Throws a Refused for values that Kibana has not got, however long one waits; nothing that relies on them is written then. */
async function haveArrived({ transport }: Context, entry: Entry, values: readonly string[]): Promise<void> {
  let missing = values;
  for (let wait = 100; missing.length > 0; wait *= 2) {
    const there = new Set(await readValues(transport, entry.id));
    missing = missing.filter((value) => !there.has(value));
    if (missing.length > 0 && wait > LONGEST_WAIT) break;
    if (missing.length > 0) await transport.pause(wait);
  }
  if (missing.length === 0) return;
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
  const named = missing.slice(0, NAMED).map((value) => `"${value}"`);
  throw new Refused(
    'differs',
    `Kibana took the values of list "${entry.id}" and does not have ${named.join(', ')}${more}`,
    `it drops what is not of the type ${jsonText(own(documentOf(entry), 'type') ?? '')}; if it is, run the same command again`,
  );
}

/** Types whose values can be named: a value of another type names every value that it lies in, or shares words with. */
const EXACT: readonly Json[] = ['ip', 'keyword'];

/** Takes values out of a list by name, or item by item. */
async function takeOut({ transport }: Context, id: string, type: Json, values: readonly string[]): Promise<void> {
  if (values.length === 0) return;
  if (EXACT.includes(type)) {
    for (const value of values) await deleteValue(transport, { list_id: id, value });
    return;
  }
  const gone = new Set<Json | undefined>(values);
  for (const item of await readItems(transport, id)) {
    const itemId = own(item, 'id');
    if (typeof itemId === 'string' && gone.has(own(item, 'value'))) await deleteValue(transport, { id: itemId });
  }
}

/** Takes values out, when nothing that is written in this apply needs them any more, and completes the record. */
export async function takeValuesOut(context: Context, entry: Entry): Promise<Performed> {
  const { transport } = context;
  const there = await getValueList(transport, entry.id);
  if (entry.action === 'delete') {
    if (there === undefined) return 'already';
    checkSeen(entry, { ...there, values: [...(await readValues(transport, entry.id))].sort() });
    await deleteValueList(transport, entry.id);
    return 'done';
  }
  if (there === undefined)
    throw new Refused('conflict', `value list "${entry.id}" was deleted in Kibana a moment ago`, 'plan again');
  const remove = entry.values?.remove ?? [];
  const known = new Set(remove.length === 0 ? [] : await readValues(transport, entry.id));
  const gone = remove.filter((value) => known.has(value));
  await takeOut(context, entry.id, own(documentOf(entry), 'type') ?? '', gone);
  const recorded = await replaceContainer(context, documentOf(entry), there);
  return gone.length > 0 ? 'done' : recorded;
}
