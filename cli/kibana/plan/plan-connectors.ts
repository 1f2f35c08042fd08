import { own, type JsonObject } from '../../text/json.ts';
import { isOurConnector } from '../desired/connector-id.ts';
import type { DesiredConnector } from '../desired/desired.ts';
import type { Space } from '../space/space.ts';
import { EXISTS, sameRecord, type ApplyRecord } from '../state/record.ts';
import { connectorDifferences, connectorRecord, connectorSeen } from './compare-connectors.ts';
import type { Entry, FieldChange } from './plan.ts';
import { keyOf } from './references.ts';
import { textOf } from './remote.ts';

/** What a connector is to have, without its secrets. */
export const connectorDocument = ({ name, type, config }: DesiredConnector): JsonObject => ({
  name,
  connector_type_id: type,
  config,
});

/** True: somebody's work in Kibana would be lost. */
const isConflict = (fields: readonly FieldChange[]): boolean =>
  fields.some(({ changedIn }) => changedIn === 'space' || changedIn === 'both');

/**
 * What is to be done about a connector of the repository. Only the ledger remembers what was applied last. Where it does not know,
 * as after a run that was killed in the middle, the plan shows both values and the file wins: otherwise the next run could not
 * finish what that one has begun.
 */
export function planConnector(
  wanted: DesiredConnector,
  { connectors: there, applied }: Pick<Space, 'connectors' | 'applied'>,
  options: { readonly sendSecrets: boolean },
): Entry | undefined {
  const { id, name, path } = wanted;
  const document = connectorDocument(wanted);
  const secrets = [...wanted.secrets.keys()].sort();
  const head = { kind: 'connector', id, name, path } as const;
  const ours = there.find((one) => own(one, 'id') === id);
  if (ours === undefined) {
    const foreign = there.find((one) => own(one, 'name') === name);
    if (foreign !== undefined) return { ...head, action: 'foreign', fields: [], ...remoteOf(foreign) };
    return { ...head, action: 'create', document, secrets, fields: [], seen: null };
  }
  const fields = connectorDifferences(document, ours, {
    withSecrets: secrets.length > 0,
    applied: applied.get(keyOf(head)),
  });
  if (fields.length === 0 && !(options.sendSecrets && secrets.length > 0)) return undefined;
  return {
    ...head,
    action: isConflict(fields) ? 'conflict' : 'change',
    document,
    secrets,
    fields,
    ...(fields.some((one) => one.field === 'connector_type_id') ? { recreate: true } : {}),
    ...remoteOf(ours),
  };
}

/** What the ledger should say of a connector of ours, though nothing is done to it; undefined: what it says. */
export function connectorRecordToKeep(
  wanted: DesiredConnector,
  { connectors, applied }: Pick<Space, 'connectors' | 'applied'>,
): ApplyRecord | undefined {
  const { id } = wanted;
  const there = connectors.find((one) => own(one, 'id') === id);
  if (there === undefined) return undefined;
  const known = applied.get(keyOf({ kind: 'connector', id }));
  const document = connectorDocument(wanted);
  const differs = connectorDifferences(document, there, { withSecrets: false, applied: known }).length > 0;
  if (differs) return known === undefined ? EXISTS : undefined;
  const record = connectorRecord(document);
  return known !== undefined && sameRecord(record, known) ? undefined : record;
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
