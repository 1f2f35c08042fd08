import { own, type JsonObject } from '../../text/json.ts';
import {
  createExceptionItem,
  createExceptionList,
  deleteExceptionItem,
  deleteExceptionList,
  getExceptionItem,
  getExceptionList,
  replaceExceptionItem,
  replaceExceptionList,
} from '../client/exception-api.ts';
import type { Entry } from '../plan/plan.ts';
import { keyOf } from '../plan/references.ts';
import { makeOnce } from './attempt.ts';
import { checkSeen, documentOf, type Context } from './context.ts';
import { uncovered } from './documents.ts';
import type { Performed } from './execute.ts';
import { Refused } from './outcome.ts';
import { KIND_WORDS } from './steps.ts';

/** The routes of one of the two kinds. */
interface Routes {
  readonly get: (context: Context, entry: Entry) => Promise<JsonObject | undefined>;
  readonly create: (context: Context, body: JsonObject) => Promise<JsonObject>;
  readonly replace: (context: Context, body: JsonObject) => Promise<JsonObject>;
  readonly remove: (context: Context, entry: Entry) => Promise<JsonObject | undefined>;
  /** Members of a body that a PUT leaves as they are when they are left out. */
  readonly cleared: JsonObject;
}

const namespaceOf = (entry: Entry): 'single' | 'agnostic' => entry.namespace ?? 'single';

const LISTS: Routes = {
  get: ({ transport }, entry) => getExceptionList(transport, { list_id: entry.id, namespace_type: namespaceOf(entry) }),
  create: ({ transport }, body) => createExceptionList(transport, body),
  replace: ({ transport }, body) => replaceExceptionList(transport, body),
  remove: ({ transport }, entry) =>
    deleteExceptionList(transport, { list_id: entry.id, namespace_type: namespaceOf(entry) }),
  cleared: { tags: [] },
};

const ITEMS: Routes = {
  get: ({ transport }, entry) => getExceptionItem(transport, { item_id: entry.id, namespace_type: namespaceOf(entry) }),
  create: ({ transport }, body) => createExceptionItem(transport, body),
  replace: ({ transport }, body) => replaceExceptionItem(transport, body),
  remove: ({ transport }, entry) =>
    deleteExceptionItem(transport, { item_id: entry.id, namespace_type: namespaceOf(entry) }),
  cleared: { tags: [], os_types: [] },
};

const routesOf = (entry: Entry): Routes => (entry.kind === 'exceptionList' ? LISTS : ITEMS);

function checkStored(entry: Entry, sent: JsonObject, stored: JsonObject): void {
  const fields = uncovered(sent, stored);
  if (fields.length === 0) return;
  throw new Refused(
    'differs',
    `Kibana took the ${KIND_WORDS[entry.kind]} and keeps another value of ${fields.join(', ')}`,
  );
}

function remember(context: Context, entry: Entry, stored: JsonObject): void {
  const id = own(stored, 'id');
  if (entry.kind === 'exceptionList' && typeof id === 'string') context.listIds.set(keyOf(entry), id);
}

/** Makes or replaces an exception list or item. A replacement is refused by Kibana itself if somebody else was faster. */
export async function writeException(context: Context, entry: Entry): Promise<Performed> {
  const { get, create, replace, cleared } = routesOf(entry);
  const { id: _, ...sent } = documentOf(entry);
  if (entry.recreate === true)
    throw new Refused(
      'failed',
      `the type of ${KIND_WORDS[entry.kind]} "${entry.id}" cannot be changed`,
      'Kibana would have to delete it first, and rules would fire without it meanwhile: give it another id',
    );
  if (entry.seen === null) {
    const { made, already } = await makeOnce(
      () => create(context, sent),
      () => get(context, entry),
      (there) => {
        if (uncovered(sent, there).length > 0)
          throw new Refused(
            'conflict',
            `${KIND_WORDS[entry.kind]} "${entry.name}" was made in Kibana since the plan was made`,
            'plan again',
          );
      },
    );
    if (!already) checkStored(entry, sent, made);
    remember(context, entry, made);
    return already ? 'already' : 'done';
  }
  const there = await get(context, entry);
  if (there !== undefined && uncovered({ ...cleared, ...sent }, there).length === 0) {
    remember(context, entry, there);
    return 'already';
  }
  checkSeen(entry, there);
  const version = there === undefined ? undefined : own(there, '_version');
  const body = { ...cleared, ...sent, ...(version === undefined ? {} : { _version: version }) };
  let stored: JsonObject;
  try {
    stored = await replace(context, body);
  } catch (error) {
    // A request whose answer was lost is sent again, and is then told that it came too late.
    const now = await get(context, entry);
    if (now === undefined || uncovered(body, now).length > 0) throw error;
    stored = now;
  }
  checkStored(entry, body, stored);
  remember(context, entry, stored);
  return 'done';
}

/** Deletes an exception list or item that is as it was seen. */
export async function removeException(context: Context, entry: Entry): Promise<Performed> {
  const { get, remove } = routesOf(entry);
  const there = await get(context, entry);
  if (there === undefined) return 'already';
  checkSeen(entry, there);
  await remove(context, entry);
  return 'done';
}
