import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { isOurConnector } from '../desired/connector-id.ts';
import type { DesiredConnector } from '../desired/desired.ts';
import { digest, same } from './digest.ts';
import type { Entry, FieldChange } from './plan.ts';
import { textOf } from './remote.ts';

/** Digest of what a space has of a connector, as far as anybody can change it. The routes disagree about the other members. */
export const connectorSeen = (there: JsonObject): string =>
  digest(
    ['id', 'name', 'connector_type_id', 'config', 'is_missing_secrets'].map((key): Json => own(there, key) ?? null),
  );

/** The part of `there` that `wanted` speaks of: what the server fills in is its own. */
function restricted(wanted: Json, there: Json): Json {
  if (!isJsonObject(wanted) || !isJsonObject(there)) return there;
  return Object.fromEntries(
    Object.entries(wanted).map(([key, value]) => [key, restricted(value, own(there, key) ?? null)]),
  );
}

/** Members of a connector that are not as they were wanted. `is_missing_secrets` counts for those that have any. */
export function connectorDifferences(
  wanted: JsonObject,
  there: JsonObject,
  withSecrets: boolean,
): readonly FieldChange[] {
  const config = own(wanted, 'config') ?? {};
  const sides: readonly (readonly [field: string, desired: Json, space: Json])[] = [
    ['name', own(wanted, 'name') ?? null, own(there, 'name') ?? null],
    ['connector_type_id', own(wanted, 'connector_type_id') ?? null, own(there, 'connector_type_id') ?? null],
    ['config', config, restricted(config, own(there, 'config') ?? {})],
    ['is_missing_secrets', false, withSecrets && own(there, 'is_missing_secrets') === true],
  ];
  return sides.flatMap(([field, desired, space]): FieldChange[] =>
    same(desired, space) ? [] : [{ field, desired, space, changedIn: 'unknown' }],
  );
}

/**
 * What is to be done about a connector of the repository. There is nowhere to remember what was applied last, so that an edit in
 * Kibana and one in the file look the same: the plan shows both values, and the file wins.
 */
export function planConnector(
  wanted: DesiredConnector,
  there: readonly JsonObject[],
  options: { readonly sendSecrets: boolean },
): Entry | undefined {
  const { id, name, path, type, config } = wanted;
  const document: JsonObject = { name, connector_type_id: type, config };
  const secrets = [...wanted.secrets.keys()].sort();
  const head = { kind: 'connector', id, name, path } as const;
  const ours = there.find((one) => own(one, 'id') === id);
  if (ours === undefined) {
    const foreign = there.find((one) => own(one, 'name') === name);
    if (foreign !== undefined) return { ...head, action: 'foreign', fields: [], ...remoteOf(foreign) };
    return { ...head, action: 'create', document, secrets, fields: [], seen: null };
  }
  const fields = connectorDifferences(document, ours, secrets.length > 0);
  if (fields.length === 0 && !(options.sendSecrets && secrets.length > 0)) return undefined;
  return {
    ...head,
    action: 'change',
    document,
    secrets,
    fields,
    ...(fields.some((one) => one.field === 'connector_type_id') ? { recreate: true } : {}),
    ...remoteOf(ours),
  };
}

const remoteOf = (there: JsonObject): Pick<Entry, 'remoteId' | 'seen'> => ({
  remoteId: textOf(there, 'id'),
  seen: connectorSeen(there),
});

/** Connectors of ours that the repository has no more. */
export const leftConnectors = (
  wanted: readonly DesiredConnector[],
  there: readonly JsonObject[],
  space: string,
): readonly Entry[] => {
  const known = new Set(wanted.map((one) => one.id));
  return there
    .filter((one) => isOurConnector(space, one) && !known.has(textOf(one, 'id')))
    .map((one) => ({
      kind: 'connector',
      action: 'delete',
      id: textOf(one, 'id'),
      name: textOf(one, 'name'),
      fields: [],
      ...remoteOf(one),
    }));
};
