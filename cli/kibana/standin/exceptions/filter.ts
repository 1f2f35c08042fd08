import { own, type JsonObject } from '../../../text/json.ts';
import { filtered, sorted, type Searchable } from '../filter.ts';
import { orderOf, sortFieldOf, type Call } from '../route.ts';
import type { World } from '../world.ts';

const keyword = { type: 'keyword' };
const named = { type: 'text', fields: { keyword } };
const attributes = {
  properties: {
    attributes: {
      properties: {
        name: named,
        description: keyword,
        list_id: keyword,
        item_id: keyword,
        list_type: keyword,
        type: keyword,
        tags: { ...keyword, fields: { text: { type: 'text' } } },
        os_types: keyword,
        created_by: keyword,
        updated_by: keyword,
        tie_breaker_id: keyword,
        created_at: { type: 'date' },
        expire_time: { type: 'date' },
        comments: { properties: { comment: keyword, created_by: keyword } },
        entries: { properties: { field: keyword, type: keyword, operator: keyword, value: named } },
      },
    },
  },
};

/** Lists and items are saved objects `exception-list`, or `exception-list-agnostic` for those of all spaces. */
const searchable: Searchable = {
  mapping: { properties: { 'exception-list': attributes, 'exception-list-agnostic': attributes } },
  document: (one) => ({
    [own(one, 'namespace_type') === 'agnostic' ? 'exception-list-agnostic' : 'exception-list']: {
      attributes: { ...one, list_type: own(one, 'item_id') === undefined ? 'list' : 'item' },
    },
  }),
};

/** What `filter` leaves of lists or items, in the order of `sort_field`. */
export function matching(call: Call, all: readonly JsonObject[], world: World): readonly JsonObject[] {
  const order = orderOf(call) ?? null;
  const found = filtered(all, call.query.get('filter') ?? '', searchable, world.now());
  const field = sortFieldOf(call);
  if (field === undefined) return found;
  const name = field.replace(/^exception-list(-agnostic)?\.(attributes\.)?/, '');
  return sorted(found, (one) => own(one, name), order);
}
