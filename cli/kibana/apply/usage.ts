import { own, type JsonObject } from '../../text/json.ts';
import { exportRules } from '../client/api.ts';
import { findExceptionItems, findExceptionLists } from '../client/exception-api.ts';
import type { Transport } from '../client/transport.ts';
import type { Entry } from '../plan/plan.ts';
import { keyOf, listsOf, valueListsOf } from '../plan/references.ts';
import { Refused } from './outcome.ts';

const nameOf = (document: JsonObject): string => {
  const name = own(document, 'name');
  return typeof name === 'string' ? name : '';
};

/**
 * Who uses the lists of a space, whether ours or not. Kibana deletes a list that is in use without a word, so that rules fire
 * without it; we look ourselves. Read once, when the first list is about to be deleted.
 */
export class Usage {
  readonly #transport: Transport;
  #ofLists: Promise<ReadonlyMap<string, string>> | undefined;
  #ofValues: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Throws a Refused that names a user of the list. */
  async check(entry: Entry): Promise<void> {
    const users =
      entry.kind === 'valueList' ? await (this.#ofValues ??= this.#items()) : await (this.#ofLists ??= this.#rules());
    const user = users.get(keyOf(entry));
    if (user === undefined) return;
    throw new Refused('blocked', `not deleted: ${user} uses it`, 'take it out there first');
  }

  async #rules(): Promise<ReadonlyMap<string, string>> {
    const { rules } = await exportRules(this.#transport);
    return new Map(rules.flatMap((rule) => listsOf(rule).map((key) => [key, `rule "${nameOf(rule)}"`] as const)));
  }

  async #items(): Promise<ReadonlyMap<string, string>> {
    const users = new Map<string, string>();
    for (const namespace of ['single', 'agnostic'] as const)
      for (const list of await findExceptionLists(this.#transport, namespace)) {
        const listId = own(list, 'list_id');
        if (typeof listId !== 'string') continue;
        const address = { list_id: listId, namespace_type: namespace };
        for (const item of await findExceptionItems(this.#transport, address))
          for (const id of valueListsOf(item))
            users.set(keyOf({ kind: 'valueList', id }), `exception item "${nameOf(item)}" of list "${listId}"`);
      }
    return users;
  }
}
