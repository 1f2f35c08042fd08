import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import type { Entry } from './plan.ts';

/** Name of a thing within a space. */
export const keyOf = ({ kind, id, namespace }: Pick<Entry, 'kind' | 'id' | 'namespace'>): string =>
  `${kind} ${namespace ?? 'single'} ${id}`;

export const ruleKey = (id: string): string => keyOf({ kind: 'rule', id });

const objects = (value: Json | undefined): readonly JsonObject[] => elements(value).filter(isJsonObject);

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Value lists that the entries of an exception item name. */
export const valueListsOf = (item: JsonObject): readonly string[] =>
  objects(own(item, 'entries')).flatMap((entry) => {
    const list = own(entry, 'list');
    return isJsonObject(list) ? [text(own(list, 'id'))] : [];
  });

/** References of a rule to exception lists, as keys. */
export const listsOf = (rule: JsonObject): readonly string[] =>
  objects(own(rule, 'exceptions_list')).map((one) =>
    keyOf({
      kind: 'exceptionList',
      id: text(own(one, 'list_id')),
      namespace: own(one, 'namespace_type') === 'agnostic' ? 'agnostic' : 'single',
    }),
  );

/** Connectors that the actions of a rule use, as keys. */
export const connectorsOf = (rule: JsonObject): readonly string[] =>
  objects(own(rule, 'actions')).map((one) => keyOf({ kind: 'connector', id: text(own(one, 'id')) }));

/** The list that an exception item is in, as a key. */
export const parentKey = (item: Pick<Entry, 'parent' | 'namespace'>): string =>
  keyOf({
    kind: 'exceptionList',
    id: item.parent ?? '',
    ...(item.namespace === undefined ? {} : { namespace: item.namespace }),
  });
