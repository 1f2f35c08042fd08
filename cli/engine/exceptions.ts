import type { Event } from '../fields/event.ts';
import type { Mapping } from '../fields/mapping.ts';
import { parseDsl } from '../query/dsl/parse.ts';
import { eventQuery } from '../query/event-query.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';

/** An item of an exception list as Kibana's API gives it, with the list that it is of. */
export interface ListedItem {
  readonly listId: string;
  readonly item: JsonObject;
}

/** The values of a value list, and their type as Kibana calls it. */
export interface ListValues {
  readonly type: string;
  readonly values: readonly string[];
}

export interface ExceptionContext {
  readonly mapping: Mapping;
  /** What `now` in a query means, epoch milliseconds. */
  readonly now: number;
  readonly stack?: string;
  /** By id of the value list. */
  readonly valueLists?: ReadonlyMap<string, ListValues>;
}

/** What a rule's exception lists exclude. */
export interface Exceptions {
  /** The item that excludes an event in a run that starts at `startedAt` (epoch ms), as a message names it. */
  excludedBy(event: Event, startedAt: number): string | undefined;
  /** Items that cannot be applied here, each with the reason. */
  readonly left: readonly string[];
}

interface Item {
  readonly named: string;
  /** Epoch milliseconds; the item counts in runs that start then or before. */
  readonly until: number;
  readonly test: (event: Event) => boolean;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** An entry that this version cannot turn into a clause. */
class Left extends Error {}

const all = (clauses: readonly Json[]): Json => ({ bool: { filter: clauses } });
const any = (clauses: readonly Json[]): Json => ({ bool: { should: clauses, minimum_should_match: 1 } });

/** Bounds above which a list is no part of the search any more (kibana: lists/common/constants.ts). */
const MOST_VALUES = 65_536;
const MOST_RANGES = 200;

/** Ids of the value lists that an item asks. */
export const valueListsOf = (item: JsonObject): readonly string[] =>
  elements(own(item, 'entries')).filter(isJsonObject).flatMap((entry) => {
    const list = own(entry, 'list');
    return isJsonObject(list) ? [textOf(own(list, 'id'))] : [];
  }); // prettier-ignore

/** A field that has one of the values of a list; addresses also as networks, and from one to another. */
function listClause(field: string, id: string, lists: ExceptionContext['valueLists']): Json {
  const list = lists?.get(id);
  if (list === undefined) throw new Left(`it asks value list ${id}, which is not in the space`);
  const { type, values } = list;
  if (!['keyword', 'ip', 'ip_range'].includes(type))
    throw new Left(`it asks value list ${id} of type ${type}, which Kibana does not make part of the search`);
  // kibana: lists/server/services/utils/get_query_filter_from_type_value.ts makes a bool without clauses, which matches all
  if (type === 'ip_range' && values.length === 0) return { match_all: {} };
  const ranges = type === 'ip_range' ? values.filter((one) => one.includes('-')) : [];
  if (values.length > MOST_VALUES || ranges.length > MOST_RANGES)
    throw new Left(`it asks value list ${id}, which is too large for Kibana to make it part of the search`);
  return any([
    { terms: { [field]: values.filter((one) => !ranges.includes(one)) } },
    ...ranges.map((one) => {
      // Not trimmed: a space around the dash fails the search, as in Kibana
      const [gte = '', lte = ''] = one.split('-');
      return { range: { [field]: { gte, lte } } };
    }),
  ]);
}

/** The clause of an entry without its operator. */
function plainClause(entry: JsonObject, prefix: string, lists: ExceptionContext['valueLists']): Json {
  const field = prefix + textOf(own(entry, 'field'));
  const value = own(entry, 'value') ?? '';
  switch (own(entry, 'type')) {
    case 'match':
      return { match_phrase: { [field]: value } };
    case 'match_any':
      return any(elements(value).map((one) => ({ match_phrase: { [field]: one } })));
    case 'wildcard':
      return { wildcard: { [field]: value } };
    case 'exists':
      return { exists: { field } };
    case 'nested':
      return {
        nested: {
          path: field,
          query: all(elements(own(entry, 'entries')).filter(isJsonObject).map((one) => clauseOf(one, `${field}.`, lists))),
          score_mode: 'none',
        },
      }; // prettier-ignore
    case 'list': {
      const list = own(entry, 'list');
      return listClause(field, isJsonObject(list) ? textOf(own(list, 'id')) : '', lists);
    }
    default:
      throw new Left(`its entry of type ${textOf(own(entry, 'type'))} is not known here`);
  }
}

function clauseOf(entry: JsonObject, prefix: string, lists: ExceptionContext['valueLists']): Json {
  const clause = plainClause(entry, prefix, lists);
  return own(entry, 'operator') === 'excluded' ? { bool: { must_not: [clause] } } : clause;
}

/** Fields that say the operating system of a host, either of which is enough. */
const OS_FIELDS = ['host.os.type', 'host.os.name.caseless'];

/** The query of an item: its entries and-ed, and one of its operating systems. */
function itemQuery(item: JsonObject, lists: ExceptionContext['valueLists']): Json {
  const systems = elements(own(item, 'os_types'));
  const entries = elements(own(item, 'entries')).filter(isJsonObject).map((one) => clauseOf(one, '', lists)); // prettier-ignore
  const system = any(systems.flatMap((one) => OS_FIELDS.map((field) => ({ match_phrase: { [field]: one } }))));
  return all(systems.length === 0 ? entries : [...entries, system]);
}

/**
 * What the items of a rule's exception lists exclude: items are or-ed, the entries of one and-ed; one whose `expire_time` is
 * over when a run starts is none (kibana: lists/server/services/exception_lists/build_exception_filter.ts). Items whose value
 * list is no part of Kibana's search, or is not there, are left out and named. Throws a KnownError for an item that would make Elasticsearch refuse the whole search.
 */
export function exceptionsOf(items: readonly ListedItem[], context: ExceptionContext): Exceptions {
  const left: string[] = [];
  const applied = items.flatMap(({ listId, item }): Item[] => {
    const named = `exception list "${listId}", item "${textOf(own(item, 'name')) || textOf(own(item, 'item_id'))}"`;
    const expires = Date.parse(textOf(own(item, 'expire_time')));
    try {
      const query = eventQuery(parseDsl(itemQuery(item, context.valueLists)), context);
      return [{ named, until: Number.isNaN(expires) ? Infinity : expires, test: (event) => query.test(event) }];
    } catch (error) {
      if (error instanceof Left) left.push(`${named}: ${error.message}`);
      else if (error instanceof KnownError) throw new KnownError(`${named}: ${error.message}`, { cause: error });
      else throw error;
      return [];
    }
  });
  return {
    excludedBy: (event, startedAt) => applied.find((one) => startedAt <= one.until && one.test(event))?.named,
    left,
  };
}
