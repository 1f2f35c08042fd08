import { isJsonObject, type JsonObject } from '../../../text/json.ts';
import { download, flag, ok, RouteError, type Handler, type Route } from '../route.ts';
import { parseLines } from '../rules/lines.ts';
import { ndjson, textOf } from '../values.ts';
import { byMember, namespaceOf, storeOf, wantedItems } from './documents.ts';
import { importAnswer, importExceptions } from './import.ts';
import { writerOf } from './lists.ts';

const BYTES = 10_485_760;

/** A list with its items, and a line of counts. */
const exported: Handler = (call, world) => {
  const [id, listId] = [call.query.get('id') ?? '', call.query.get('list_id') ?? ''];
  const namespace = call.query.get('namespace_type');
  const expired = call.query.get('include_expired_exceptions');
  for (const [name, value] of Object.entries({
    id,
    list_id: listId,
    namespace_type: namespace,
    include_expired_exceptions: expired,
  }))
    if (value === null || value === '') throw new RouteError(400, `[request query]: ${name}: Required`);
  const store = storeOf(world, call.space, namespaceOf(namespace ?? undefined));
  const list = store.lists.get(id) ?? byMember(store.lists, 'list_id', listId);
  if (list === undefined)
    throw new RouteError(400, `exception list with list_id: ${listId} or id: ${id} does not exist`);
  const items = wantedItems(store, textOf(list, 'list_id'), world, expired === 'true');
  const details = {
    exported_exception_list_count: 1,
    exported_exception_list_item_count: items.length,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
  };
  return download(textOf(list, 'list_id'), ndjson([list, ...items, details]));
};

const imported: Handler = (call, world) => {
  if (call.file === undefined) throw new RouteError(500, 'no part "file" in the body');
  if (!call.file.name.endsWith('.ndjson'))
    throw new RouteError(400, `Invalid file extension ${/\.[^.]*$/.exec(call.file.name)?.[0] ?? ''}`);
  const { values, errors } = parseLines(call.file.text);
  const result = importExceptions(
    values.filter((line): line is JsonObject => isJsonObject(line)),
    { space: call.space, overwrite: flag(call, 'overwrite'), asNewList: flag(call, 'as_new_list') },
    writerOf(call, world),
  );
  return ok(
    importAnswer({
      ...result,
      errors: [...errors.map((one) => ({ ...one, list_id: '(unknown list_id)' })), ...result.errors],
    }),
  );
};

export const exceptionTransferRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/exception_lists/_export', needs: 'exceptions-read', handle: exported },
  {
    method: 'POST',
    path: '/api/exception_lists/_import',
    needs: 'exceptions-all',
    takesForm: true,
    maxBytes: BYTES,
    handle: imported,
  },
];
