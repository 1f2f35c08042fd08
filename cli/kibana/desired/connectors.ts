import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { didYouMean } from '../../text/suggest.ts';

/** A connector that is wanted by name and cannot be told. */
export interface ConnectorFault {
  readonly message: string;
  readonly help: string;
}

const actionsOf = (document: JsonObject): readonly Json[] => elements(own(document, 'actions'));

/** Whether a document has actions that name their connector. */
export const namesConnectors = (document: JsonObject): boolean =>
  actionsOf(document).some((one) => isJsonObject(one) && Object.hasOwn(one, 'connector'));

const text = (object: JsonObject, key: string): string => {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
};

/** The document with the ids of this space for the connectors that its actions name. */
export function withConnectors(
  document: JsonObject,
  connectors: readonly JsonObject[],
): { readonly document: JsonObject; readonly faults: readonly ConnectorFault[] } {
  if (!namesConnectors(document)) return { document, faults: [] };
  const faults: ConnectorFault[] = [];
  const actions = actionsOf(document).map((action): Json => {
    if (!isJsonObject(action)) return action;
    const { connector, ...rest } = action;
    if (typeof connector !== 'string') return action;
    const found = connectors.filter((one) => text(one, 'name') === connector);
    const [one, another] = found;
    if (one === undefined)
      faults.push({
        message: `the space has no connector ${JSON.stringify(connector)}${didYouMean(connector, connectors.map((each) => text(each, 'name')))}`,
        help: 'make it in Kibana, Stack Management, Connectors, or correct its name',
      }); // prettier-ignore
    if (another !== undefined)
      faults.push({
        message: `the space has ${found.length} connectors ${JSON.stringify(connector)}`,
        help: 'give one of them another name, or name it by id and action_type_id',
      });
    return { ...rest, id: one === undefined ? '' : text(one, 'id'), action_type_id: one === undefined ? '' : text(one, 'connector_type_id') };
  }); // prettier-ignore
  return { document: { ...document, actions }, faults };
}
