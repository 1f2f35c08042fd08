import { isJsonObject, own, type JsonObject } from '../../text/json.ts';
import {
  createValueList,
  createValueListIndex,
  deleteValue,
  deleteValueList,
  getValueList,
  importValues,
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

/** Makes the value list and adds what is missing in it. Adding a value twice leaves it there once. */
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
  return performed;
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
  for (const value of gone) await deleteValue(transport, entry.id, value);
  const recorded = await replaceContainer(context, documentOf(entry), there);
  return gone.length > 0 ? 'done' : recorded;
}
