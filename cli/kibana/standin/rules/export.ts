import { ruleIdFault } from '../../desired/ids.ts';
import { unreadable } from './crud.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { byMember, itemsOf, namespaceOf, storeOf } from '../exceptions/documents.ts';
import { connectorOf } from '../platform/connectors.ts';
import { download, flag, PlatformError, RouteError, type Call, type Handler, type Route } from '../route.ts';
import { ndjson, objects, textOf, without } from '../values.ts';
import { spaceOf, type World } from '../world.ts';
import { array, faultsOf, object, string } from '../zod.ts';

/** Rules that can be exported, and objects that can be imported, at once. */
export const MOST_OBJECTS = 10_000;

const shape = object({ objects: array(object({ rule_id: string() })) });

interface Related {
  readonly lines: readonly JsonObject[];
  readonly counts: JsonObject;
}

/** Exception lists that the rules refer to, each followed by its items. */
function exceptions(rules: readonly JsonObject[], call: Call, world: World): Related {
  const references = new Map<string, JsonObject>();
  for (const rule of rules)
    for (const one of objects(own(rule, 'exceptions_list')))
      references.set(`${textOf(one, 'namespace_type')} ${textOf(one, 'list_id')}`, one);
  const lines: JsonObject[] = [];
  const missing: JsonObject[] = [];
  let lists = 0;
  for (const one of references.values()) {
    const store = storeOf(world, call.space, namespaceOf(own(one, 'namespace_type')));
    const list = byMember(store.lists, 'list_id', textOf(one, 'list_id'));
    if (list === undefined) missing.push({ list_id: textOf(one, 'list_id') });
    else {
      lists++;
      lines.push(list, ...itemsOf(store, textOf(list, 'list_id')));
    }
  }
  return {
    lines,
    counts: {
      exported_exception_list_count: lists,
      exported_exception_list_item_count: lines.length - lists,
      missing_exception_lists: missing,
      missing_exception_lists_count: missing.length,
      missing_exception_list_items: [],
      missing_exception_list_items_count: 0,
    },
  };
}

/** Connectors of the rules' actions as saved objects, without secrets; preconfigured ones stay out. */
function connectors(rules: readonly JsonObject[], call: Call, world: World): Related {
  const space = spaceOf(world, call.space);
  const ids = new Map<string, string>();
  for (const rule of rules)
    for (const action of objects(own(rule, 'actions')))
      if (!world.preconfigured.has(textOf(action, 'id')))
        ids.set(textOf(action, 'id'), textOf(action, 'action_type_id'));
  const lines: JsonObject[] = [];
  const missing: JsonObject[] = [];
  for (const [id, type] of ids) {
    const one = connectorOf(space, world, id);
    if (one === undefined) missing.push({ id, type });
    else
      lines.push({
        id,
        type: 'action',
        attributes: {
          actionTypeId: textOf(one, 'connector_type_id'),
          name: textOf(one, 'name'),
          isMissingSecrets: own(one, 'secret') === true,
          config: own(one, 'config') ?? {},
          secrets: {},
        },
        references: [],
        managed: false,
        coreMigrationVersion: '8.8.0',
        typeMigrationVersion: '8.3.0',
      });
  }
  return {
    lines,
    counts: {
      exported_action_connector_count: lines.length,
      missing_action_connection_count: missing.length,
      missing_action_connections: missing,
      excluded_action_connection_count: 0,
      excluded_action_connections: [],
    },
  };
}

/** Rules, then exception lists with their items, then connectors, and a line of counts; or the rules alone. */
export function exportText(
  rules: readonly JsonObject[],
  missing: readonly JsonObject[],
  call: Call,
  world: World,
  onlyRules: boolean,
): string {
  const lines: Json[] = rules.map((rule) => without(rule, 'execution_summary'));
  if (onlyRules) return ndjson(lines);
  const lists = exceptions(rules, call, world);
  const actions = connectors(rules, call, world);
  const details = {
    exported_count: rules.length + lists.lines.length + actions.lines.length,
    exported_rules_count: rules.length,
    missing_rules: missing,
    missing_rules_count: missing.length,
    ...lists.counts,
    ...actions.counts,
  };
  return ndjson([...lines, ...lists.lines, ...actions.lines, details]);
}

const exported: Handler = (call, world) => {
  const space = spaceOf(world, call.space);
  if (space.rules.size > MOST_OBJECTS) throw new RouteError(400, `Can't export more than ${MOST_OBJECTS} rules`);
  const name = call.query.get('file_name') ?? 'export.ndjson';
  const onlyRules = flag(call, 'exclude_export_details');
  const safe = name.replace(/[^\w.-]/g, '_');
  if (call.body === undefined || call.body === null)
    return download(safe, exportText([...space.rules.values()], [], call, world, onlyRules));
  const faults = faultsOf(shape, call.body);
  if (faults !== undefined || !isJsonObject(call.body)) throw new PlatformError(400, `[request body]: ${faults ?? ''}`);
  const wanted = objects(own(call.body, 'objects')).map((one) => textOf(one, 'rule_id'));
  const broken = wanted.find((id) => ruleIdFault(id) !== undefined);
  if (broken !== undefined) throw unreadable(broken);
  const byRuleId = new Map([...space.rules.values()].map((rule) => [textOf(rule, 'rule_id'), rule]));
  const found = [...new Set(wanted)].flatMap((id): readonly JsonObject[] => {
    const rule = byRuleId.get(id);
    return rule === undefined ? [] : [rule];
  });
  const missing = wanted.filter((id) => !byRuleId.has(id)).map((id) => ({ rule_id: id }));
  return download(safe, exportText(found, missing, call, world, onlyRules));
};

export const exportRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/detection_engine/rules/_export', needs: 'rules-read', handle: exported },
];
