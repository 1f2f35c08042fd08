import type { JsonObject } from '../../text/json.ts';
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
import { documentOf, type Context } from './context.ts';
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

/** The list itself; its values come and go by themselves. */
async function writeContainer({ transport }: Context, entry: Entry): Promise<Performed> {
  const { id: _, ...rest } = documentOf(entry);
  const sent: JsonObject = { ...rest, id: entry.id };
  if (entry.seen === null) {
    await createValueListIndex(transport);
    const { already } = await makeOnce(
      () => createValueList(transport, sent),
      () => getValueList(transport, entry.id),
      (there) => {
        if (there['type'] !== sent['type'])
          throw new Refused(
            'conflict',
            `value list "${entry.id}" was made in Kibana since the plan was made`,
            'plan again',
          );
      },
    );
    return already ? 'already' : 'done';
  }
  const there = await getValueList(transport, entry.id);
  if (there === undefined)
    throw new Refused(
      'conflict',
      `value list "${entry.id}" was deleted in Kibana since the plan was made`,
      'plan again',
    );
  if (uncovered(sent, there).length === 0) return 'already';
  const { type: _type, ...change } = sent;
  await replaceValueList(transport, change);
  return 'done';
}

/** Makes the value list and adds what is missing in it. Adding a value twice leaves it there once. */
export async function addValues(context: Context, entry: Entry): Promise<Performed> {
  let performed = await writeContainer(context, entry);
  const add = entry.values?.add ?? [];
  if (add.length === 0) return performed;
  const there = new Set(await readValues(context.transport, entry.id));
  const missing = add.filter((value) => !there.has(value));
  for (const chunk of chunks(missing)) {
    await importValues(context.transport, entry.id, chunk);
    performed = 'done';
  }
  return performed;
}

/** Takes values out, or deletes the list, when nothing that is written in this apply needs them any more. */
export async function takeValuesOut({ transport }: Context, entry: Entry): Promise<Performed> {
  if (entry.action === 'delete') return (await deleteValueList(transport, entry.id)) === undefined ? 'already' : 'done';
  const there = new Set(await readValues(transport, entry.id));
  const gone = (entry.values?.remove ?? []).filter((value) => there.has(value));
  for (const value of gone) await deleteValue(transport, entry.id, value);
  return gone.length > 0 ? 'done' : 'already';
}
