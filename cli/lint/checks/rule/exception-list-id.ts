import type { RuleCheck } from '../../check.ts';
import { isJsonObject, own } from '../../../text/json.ts';

/** The global list of the endpoint has its own list_id as its id, in every space (kibana: kbn-securitysolution-list-constants). */
const ENDPOINT_LIST = 'endpoint_list';

export const check: RuleCheck = {
  id: 'rule/exception-list-id',
  severity: 'warning',
  summary: 'References to exception lists name no id of one space.',
  run({ file, body }) {
    const lists: readonly unknown[] = Array.isArray(body['exceptions_list']) ? body['exceptions_list'] : [];
    return lists.flatMap((one, at) => {
      if (!isJsonObject(one) || !Object.hasOwn(one, 'id')) return [];
      const listId = own(one, 'list_id');
      if (listId === ENDPOINT_LIST && own(one, 'id') === ENDPOINT_LIST) return [];
      return [
        {
          message: 'this id of an exception list is that of one space',
          span: file.keySpan(['rule', 'exceptions_list', at, 'id']),
          why: 'Kibana makes the id, another one in each space; publishing finds the list by list_id and does not use it',
          help: 'take id out',
        },
      ];
    });
  },
};
