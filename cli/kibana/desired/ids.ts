/** Which ids Kibana finds again: it looks for most things by a search whose text holds the id as it is. */

/** Characters of KQL, and words of it. */
const IN_KQL = /[\\():<>"*{}]|(^|\s)(and|or|not)(\s|$)/i;

/** Characters of the simple query string, which parts a text at them. */
const IN_SEARCH = /[\s"|+()*~\\]|^-/;

/**
 * Why a rule with this rule_id cannot be read back. It is put between quotes into a filter, and without them into that of an
 * export (kibana:x-pack/solutions/security/plugins/security_solution/server/lib/detection_engine/rule_management/logic/
 * detection_rules_client/methods/get_rule_by_rule_id.ts, logic/export/get_export_by_object_ids.ts).
 */
export const ruleIdFault = (id: string): string | undefined =>
  IN_KQL.test(id) ? 'holds a character or a word of KQL' : undefined;

/**
 * Why a list or item with this list_id or item_id cannot be found
 * (kibana:x-pack/solutions/security/plugins/lists/server/services/exception_lists/get_exception_list.ts, get_exception_list_item.ts).
 */
export const listIdFault = (id: string): string | undefined =>
  IN_SEARCH.test(id) ? 'holds a blank or one of " | + ( ) * ~ \\, or begins with -' : undefined;
