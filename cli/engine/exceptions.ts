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

/** What a rule's exception lists exclude. */
export interface Exceptions {
  /** The item that excludes an event in a run that starts at `startedAt` (epoch ms), as a message names it. */
  excludedBy(event: Event, startedAt: number): string | undefined;
  /** Items that cannot be applied here, each with the reason. */
  readonly left: readonly string[];
}

interface Item {
  readonly named: string;
  /** Epoch milliseconds; the item counts in runs that start before. */
  readonly until: number;
  readonly test: (event: Event) => boolean;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** An entry that this version cannot turn into a clause. */
class Left extends Error {}

const all = (clauses: readonly Json[]): Json => ({ bool: { filter: clauses } });
const any = (clauses: readonly Json[]): Json => ({ bool: { should: clauses, minimum_should_match: 1 } });

/** The clause of an entry without its operator. */
function plainClause(entry: JsonObject, prefix: string): Json {
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
          query: all(elements(own(entry, 'entries')).filter(isJsonObject).map((one) => clauseOf(one, `${field}.`))),
          score_mode: 'none',
        },
      }; // prettier-ignore
    case 'list': {
      const list = own(entry, 'list');
      throw new Left(`it asks value list ${isJsonObject(list) ? textOf(own(list, 'id')) : ''}, which is not read here`);
    }
    default:
      throw new Left(`its entry of type ${textOf(own(entry, 'type'))} is not known here`);
  }
}

function clauseOf(entry: JsonObject, prefix = ''): Json {
  const clause = plainClause(entry, prefix);
  return own(entry, 'operator') === 'excluded' ? { bool: { must_not: [clause] } } : clause;
}

/** Fields that say the operating system of a host, either of which is enough. */
const OS_FIELDS = ['host.os.type', 'host.os.name.caseless'];

/** The query of an item: its entries and-ed, and one of its operating systems. */
function itemQuery(item: JsonObject): Json {
  const systems = elements(own(item, 'os_types'));
  const entries = elements(own(item, 'entries')).filter(isJsonObject).map((one) => clauseOf(one)); // prettier-ignore
  const system = any(systems.flatMap((one) => OS_FIELDS.map((field) => ({ match_phrase: { [field]: one } }))));
  return all(systems.length === 0 ? entries : [...entries, system]);
}

/**
 * What the items of a rule's exception lists exclude: items are or-ed, the entries of one and-ed; one whose `expire_time` is
 * over when a run starts is none (kibana: lists/server/services/exception_lists/build_exception_filter.ts). Items that ask a
 * value list are left out and named. Throws a KnownError for an item that would make Elasticsearch refuse the whole search.
 */
export function exceptionsOf(
  items: readonly ListedItem[],
  context: { readonly mapping: Mapping; readonly now: number; readonly stack?: string },
): Exceptions {
  const left: string[] = [];
  const applied = items.flatMap(({ listId, item }): Item[] => {
    const named = `exception list "${listId}", item "${textOf(own(item, 'name')) || textOf(own(item, 'item_id'))}"`;
    const expires = Date.parse(textOf(own(item, 'expire_time')));
    try {
      const query = eventQuery(parseDsl(itemQuery(item)), context);
      return [{ named, until: Number.isNaN(expires) ? Infinity : expires, test: (event) => query.test(event) }];
    } catch (error) {
      if (error instanceof Left) left.push(`${named}: ${error.message}`);
      else if (error instanceof KnownError) throw new KnownError(`${named}: ${error.message}`, { cause: error });
      else throw error;
      return [];
    }
  });
  return {
    excludedBy: (event, startedAt) => applied.find((one) => startedAt < one.until && one.test(event))?.named,
    left,
  };
}
