import { array, chosenBy, date, filled, literal, object, oneOf, string, type Shape } from '../zod.ts';

const operator = oneOf('excluded', 'included');
const match = object({ type: literal('match'), field: filled, operator, value: filled });
const matchAny = object({ type: literal('match_any'), field: filled, operator, value: array(filled, { minimum: 1 }) });
const exists = object({ type: literal('exists'), field: filled, operator });

const entry = chosenBy('type', {
  match,
  match_any: matchAny,
  list: object({ type: literal('list'), field: filled, operator, list: object({ id: filled, type: string() }) }),
  exists,
  nested: object({
    type: literal('nested'),
    field: filled,
    entries: array(chosenBy('type', { match, match_any: matchAny, exists }), { minimum: 1 }),
  }),
  wildcard: object({ type: literal('wildcard'), field: filled, operator, value: filled }),
});

export const namespace = oneOf('agnostic', 'single');
const systems = array(oneOf('linux', 'macos', 'windows'));
const LIST_TYPES = [
  'detection',
  'rule_default',
  'endpoint',
  'endpoint_trusted_apps',
  'endpoint_trusted_devices',
  'endpoint_events',
  'endpoint_host_isolation_exceptions',
  'endpoint_blocklists',
] as const;

const LIST: Readonly<Record<string, Shape>> = {
  name: string(),
  description: string(),
  type: oneOf(...LIST_TYPES),
  'list_id?': filled,
  'namespace_type?': namespace,
  'tags?': array(string()),
  'os_types?': systems,
  'meta?': object({}),
};

const ITEM: Readonly<Record<string, Shape>> = {
  name: filled,
  description: string(),
  type: literal('simple'),
  entries: array(entry),
  'item_id?': filled,
  'namespace_type?': namespace,
  'tags?': array(filled),
  'os_types?': systems,
  'comments?': array(object({ comment: filled, 'id?': filled })),
  'expire_time?': date,
  'meta?': object({}),
};

/** Bodies of the routes of exception lists (kibana: exception_lists/api, *.schema.yaml). */
export const listShape = object(LIST);
export const listChangeShape = object({ ...LIST, 'id?': filled, '_version?': string() });
export const itemShape = object({ ...ITEM, list_id: filled });
export const itemChangeShape = object({ ...ITEM, 'id?': filled, '_version?': string() });
/** Items of `rules/{id}/exceptions`, whose list is known. */
export const ruleItemsShape = object({ items: array(object(ITEM)) });
export const importedItemShape = object({ ...ITEM, list_id: filled, item_id: filled });
export const importedListShape = object({ ...LIST, list_id: filled });
export const endpointItemShape = object(ITEM);

export const LIST_MEMBERS = ['name', 'description', 'type', 'tags', 'os_types', 'meta'] as const;
export const ITEM_MEMBERS = [
  'name',
  'description',
  'type',
  'entries',
  'tags',
  'os_types',
  'expire_time',
  'meta',
] as const;
