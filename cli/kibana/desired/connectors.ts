import type { ConnectorFile } from '../../rule/connectors.ts';
import type { Finding } from '../../text/diagnostic.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { span, type Span } from '../../text/span.ts';
import { didYouMean } from '../../text/suggest.ts';
import { connectorId } from './connector-id.ts';
import type { DesiredConnector } from './desired.ts';

/** What the files of connectors say for one environment. */
export function wantedConnectors(
  files: readonly ConnectorFile[],
  {
    environment,
    environments,
    space,
  }: { readonly environment: string; readonly environments: readonly string[]; readonly space: string },
): { readonly connectors: readonly DesiredConnector[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const connectors: DesiredConnector[] = [];
  const seen = new Map<string, string>();
  const known = [...environments, 'default'];
  for (const file of files) {
    const { path } = file;
    const fault = (id: string, place: Span, message: string, why: string, help: string): void =>
      void findings.push({ id, severity: 'error', message, span: place, path, why, help });
    findings.push(...file.problems.map((one) => ({ ...one, path })));
    for (const [name, place] of file.environments)
      if (!known.includes(name))
        fault('publish/environment', place, `dac.toml has no environment ${name}${didYouMean(name, known)}`, 'its values would never be used', 'correct the name, or take the table out'); // prettier-ignore
    const connector = file.in(environment);
    if (connector === undefined) continue;
    const other = seen.get(connector.name);
    seen.set(connector.name, path);
    if (other !== undefined)
      fault('publish/same-id', span(0, 0), `${other} has the same name ${connector.name}`, 'one of the two would overwrite the other', 'give one of them another name'); // prettier-ignore
    else connectors.push({ ...connector, path, id: connectorId(space, connector.name) });
  }
  return { connectors, findings };
}

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

/** Where the actions of rules find their connectors. */
export interface Connectors {
  /** Those of the space, as Kibana lists them. */
  readonly there: readonly JsonObject[];
  /** Those that the repository wants; absent: none. */
  readonly wanted?: readonly DesiredConnector[];
}

/**
 * The connector of that name: ours if it is there or is to be made, else the only one that the space has. One of that name that
 * somebody else has made is used and left alone.
 */
function called(name: string, { there, wanted = [] }: Connectors): readonly { readonly id: string; readonly type: string }[] {
  const ours = wanted.find((one) => one.name === name);
  const found = there.filter((one) => text(one, 'name') === name);
  if (ours !== undefined && (found.length === 0 || there.some((one) => text(one, 'id') === ours.id))) return [ours];
  return found.map((one) => ({ id: text(one, 'id'), type: text(one, 'connector_type_id') }));
} // prettier-ignore

/** The document with the ids of this space for the connectors that its actions name. */
export function withConnectors(
  document: JsonObject,
  connectors: Connectors,
): { readonly document: JsonObject; readonly faults: readonly ConnectorFault[] } {
  if (!namesConnectors(document)) return { document, faults: [] };
  const faults: ConnectorFault[] = [];
  const actions = actionsOf(document).map((action): Json => {
    if (!isJsonObject(action)) return action;
    const { connector, ...rest } = action;
    if (typeof connector !== 'string') return action;
    const found = called(connector, connectors);
    const [one, another] = found;
    const names = [...connectors.there.map((each) => text(each, 'name')), ...(connectors.wanted ?? []).map((each) => each.name)]; // prettier-ignore
    if (one === undefined)
      faults.push({
        message: `the space has no connector ${JSON.stringify(connector)}${didYouMean(connector, names)}`,
        help: 'describe it in a file of connectors/, or make it in Kibana, Stack Management, Connectors, or correct its name',
      });
    if (another !== undefined)
      faults.push({
        message: `the space has ${found.length} connectors ${JSON.stringify(connector)}`,
        help: 'give one of them another name, or name it by id and action_type_id',
      });
    return { ...rest, id: one?.id ?? '', action_type_id: one?.type ?? '' };
  });
  return { document: { ...document, actions }, faults };
}

/**
 * The rule with the names of its connectors instead of their ids, which belong to one space, where a name says which one is meant.
 * The inverse of `withConnectors`, for files.
 */
export function withConnectorNames(document: JsonObject, there: readonly JsonObject[]): JsonObject {
  const actions = own(document, 'actions');
  if (!Array.isArray(actions)) return document;
  const nameOf = (id: string): string | undefined => {
    const name = text(there.find((one) => text(one, 'id') === id) ?? {}, 'name');
    return name !== '' && there.filter((one) => text(one, 'name') === name).length === 1 ? name : undefined;
  };
  return {
    ...document,
    actions: (actions as readonly Json[]).map((action): Json => {
      const name = isJsonObject(action) ? nameOf(text(action, 'id')) : undefined;
      if (!isJsonObject(action) || name === undefined) return action;
      const { id: _id, action_type_id: _type, ...rest } = action;
      return { connector: name, ...rest };
    }),
  };
}
