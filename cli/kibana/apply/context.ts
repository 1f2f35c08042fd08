import type { JsonObject } from '../../text/json.ts';
import type { Transport } from '../client/transport.ts';
import type { Secret } from '../../remote/secret.ts';
import type { Entry, Plan } from '../plan/plan.ts';
import { seenOf } from '../plan/remote.ts';
import { Refused } from './outcome.ts';
import { KIND_WORDS } from './steps.ts';

/** What the steps of one apply share. */
export interface Context {
  readonly transport: Transport;
  readonly plan: Pick<Plan, 'marker'>;
  /** Saved-object ids of exception lists by `keyOf`, as they are read or made. */
  readonly listIds: Map<string, string>;
  /** Values of the secrets of connectors, by id of the connector and name of the secret. */
  readonly secrets: ReadonlyMap<string, ReadonlyMap<string, Secret>>;
}

const named = (entry: Entry): string => `${KIND_WORDS[entry.kind]} "${entry.name}"`;

/** Refuses to write over what somebody has done since the plan was made. */
export function checkSeen(entry: Entry, there: JsonObject | undefined): void {
  if (there === undefined) {
    if (entry.seen === null) return;
    throw new Refused('conflict', `${named(entry)} was deleted in Kibana since the plan was made`, 'plan again');
  }
  if (entry.seen === null)
    throw new Refused('conflict', `${named(entry)} was made in Kibana since the plan was made`, 'plan again');
  if (seenOf(there) === entry.seen) return;
  const { updated_by: by, updated_at: at } = there;
  const who = typeof by === 'string' && typeof at === 'string' ? ` by ${by} at ${at}` : '';
  throw new Refused('conflict', `${named(entry)} was changed in Kibana${who}, since the plan was made`, 'plan again');
}

/** The document that an entry is to have; an entry without one is none that writes. */
export function documentOf(entry: Entry): JsonObject {
  if (entry.document !== undefined) return entry.document;
  throw new Refused('failed', `the plan says nothing of what ${named(entry)} is to be`, 'make the plan again');
}
