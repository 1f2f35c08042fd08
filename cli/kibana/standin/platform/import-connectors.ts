import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';
import { textOf } from '../values.ts';
import type { Space, World } from '../world.ts';
import { connector } from './connectors.ts';

/** A line of an import that holds a connector as a saved object. */
export const isConnectorLine = (line: JsonObject): boolean => own(line, 'type') === 'action';

/** Stores connectors; one that exists is left and reported, or replaced (kibana: import_rule_action_connectors.ts). */
export function importConnectors(
  lines: readonly JsonObject[],
  overwrite: boolean,
  space: Space,
  world: World,
): JsonObject {
  const errors: JsonObject[] = [];
  const warnings: JsonObject[] = [];
  let count = 0;
  for (const line of lines) {
    const id = textOf(line, 'id') || world.uuid();
    const attributes = own(line, 'attributes');
    if (space.connectors.has(id) && !overwrite) {
      errors.push({ id, error: { status_code: 409, message: 'Saved Object already exists' } });
      continue;
    }
    const members = isJsonObject(attributes) ? attributes : {};
    const secret = own(members, 'isMissingSecrets') === true;
    space.connectors.set(id, {
      ...connector(id, textOf(members, 'actionTypeId'), members, secret),
      is_missing_secrets: secret,
    });
    if (secret)
      warnings.push({
        type: 'action_required',
        message: '1 connector has sensitive information that require updates.',
        actionPath: '/app/management/insightsAndAlerting/triggersActionsConnectors',
        buttonLabel: 'Go to connectors',
      });
    count++;
  }
  return {
    action_connectors_success: errors.length === 0,
    action_connectors_success_count: count,
    action_connectors_errors: errors,
    action_connectors_warnings: warnings,
  };
}
