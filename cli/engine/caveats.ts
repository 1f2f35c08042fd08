import type { RuleFile } from '../rule/rule.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { isJsonObject, own } from '../text/json.ts';

/** A list that the engine never applies itself; Elastic Defend does, on the host (kibana: create_security_rule_type_wrapper.ts). */
const ENDPOINT_LIST = 'endpoint_list';

/** What Kibana applies to every type of rule and a run over fixtures cannot know. Spans are offsets in the rule file. */
export function caveatsOf(file: RuleFile): readonly Diagnostic[] {
  const body = file.rule?.body;
  if (body === undefined) return [];
  const found: Diagnostic[] = [];
  const listed = body['exceptions_list'];
  const lists = (Array.isArray(listed) ? listed : []).filter(isJsonObject).map((one) => own(one, 'list_id'));
  lists.forEach((id, at) => {
    if (typeof id !== 'string' || id === ENDPOINT_LIST) return;
    found.push({
      id: 'engine/exceptions-not-applied',
      severity: 'warning',
      message: `exception list ${id} is not applied`,
      span: file.valueSpan(['rule', 'exceptions_list', at, 'list_id']),
      why: 'its items live in Kibana: an event that raises an alert here may be excluded there',
      help: 'check by hand that no item of the list covers the positive cases',
    });
  });
  const view = body.data_view_id;
  if (view !== undefined && view !== '')
    found.push({
      id: 'engine/data-view-unknown',
      severity: 'warning',
      message: `the indices of data view ${view} are not known here`,
      span: file.valueSpan(['rule', 'data_view_id']),
      why: 'the data view lives in Kibana and wins over index: events of every index are searched here',
      help: 'write index instead of data_view_id, so that the file says what is searched',
    });
  return found;
}
