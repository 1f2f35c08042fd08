import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { recordOf, type ApplyRecord } from '../state/record.ts';
import { compare } from './compare.ts';
import { digest } from './digest.ts';
import type { FieldChange } from './plan.ts';

/** Digest of what a space has of a connector, as far as anybody can change it. The routes disagree about the other members. */
export const connectorSeen = (there: JsonObject): string =>
  digest(
    ['id', 'name', 'connector_type_id', 'config', 'is_missing_secrets'].map((key): Json => own(there, key) ?? null),
  );

/** Longest name of a member, and most members, that are compared one by one: the ledger keeps no more. */
const MAX_NAME = 100;
const MAX_MEMBERS = 150;

/**
 * The members of a config by their paths, `config.url`, `config.headers.Accept`. An object whose own members cannot be named so,
 * and an empty one, is a member as a whole.
 */
function members(value: Json, path: string): readonly (readonly [path: string, value: Json])[] {
  const inner = isJsonObject(value) ? Object.entries(value) : [];
  const named = inner.every(([key]) => /^[\w-]+$/.test(key) && path.length + 1 + key.length <= MAX_NAME);
  if (inner.length === 0 || !named) return [[path, value]];
  const found = inner.flatMap(([key, one]) => members(one, `${path}.${key}`));
  return found.length > MAX_MEMBERS ? [[path, value]] : found;
}

/**
 * A connector as it is compared: name, type and each member of its config, and no secret. Its digests are what the ledger remembers
 * of it.
 */
export function comparedConnector(document: JsonObject): JsonObject {
  const config = own(document, 'config') ?? {};
  const none = isJsonObject(config) && Object.keys(config).length === 0;
  return {
    name: own(document, 'name') ?? null,
    connector_type_id: own(document, 'connector_type_id') ?? null,
    ...Object.fromEntries(none ? [] : members(config, 'config')),
  };
}

/** What an apply of this document leaves in the ledger. */
export const connectorRecord = (document: JsonObject): ApplyRecord => recordOf(comparedConnector(document));

/** The record of the last apply; one without members says that there was an apply, and not of what. */
const membersIn = (record: ApplyRecord | undefined): ApplyRecord | undefined =>
  record === undefined || record.fields.size === 0 ? undefined : record;

/** The part of `there` that `wanted` speaks of: what the server fills in is its own. */
function restricted(wanted: Json, there: Json): Json {
  if (!isJsonObject(wanted) || !isJsonObject(there)) return there;
  return Object.fromEntries(
    Object.entries(wanted).map(([key, value]) => [key, restricted(value, own(there, key) ?? null)]),
  );
}

const at = (document: JsonObject, path: string): Json =>
  path.split('.').reduce<Json>((value, key) => (isJsonObject(value) ? (own(value, key) ?? null) : null), document);

/** What the space has of the members that the repository sets, or has set before. */
export function connectorThere(wanted: JsonObject, there: JsonObject, record: ApplyRecord | undefined): JsonObject {
  const desired = comparedConnector(wanted);
  const paths = [...new Set([...Object.keys(desired), ...(record?.fields.keys() ?? [])])];
  return Object.fromEntries(
    paths.flatMap((path): [string, Json][] => {
      const value = restricted(own(desired, path) ?? null, at(there, path));
      return value === null ? [] : [[path, value]];
    }),
  );
}

/**
 * Members of a connector that are not as they were wanted, and who changed them as far as the record tells. A member that the file
 * has no more differs as long as the space has it. `is_missing_secrets` counts for those that have any.
 */
export function connectorDifferences(
  wanted: JsonObject,
  there: JsonObject,
  { withSecrets, applied }: { readonly withSecrets: boolean; readonly applied?: ApplyRecord | undefined },
): readonly FieldChange[] {
  const desired = comparedConnector(wanted);
  const record = membersIn(applied);
  const missing = withSecrets && own(there, 'is_missing_secrets') === true;
  return [
    // A member that the record lacks is one that the repository begins to care for: the server's own value stands there until then.
    ...compare({
      desired,
      space: connectorThere(wanted, there, record),
      record,
      always: new Set(Object.keys(desired)),
    }),
    ...(missing ? [{ field: 'is_missing_secrets', desired: false, space: true, changedIn: 'unknown' } as const] : []),
  ];
}
