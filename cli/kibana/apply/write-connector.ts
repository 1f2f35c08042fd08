import { own, type JsonObject } from '../../text/json.ts';
import {
  createConnector,
  deleteConnector,
  getConnector,
  readConnectors,
  replaceConnector,
} from '../client/connector-api.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import { connectorDifferences, connectorSeen } from '../plan/compare-connectors.ts';
import type { Entry } from '../plan/plan.ts';
import { makeOnce } from './attempt.ts';
import { documentOf, type Context } from './context.ts';
import type { Performed } from './execute.ts';
import { Refused } from './outcome.ts';

/** The secrets that the plan names, for the body of a request and for nothing else. */
function revealed(context: Context, entry: Entry): JsonObject {
  const known = context.secrets.get(entry.id);
  return Object.fromEntries(
    (entry.secrets ?? []).map((name) => {
      const secret = known?.get(name);
      if (secret === undefined)
        throw new Refused('failed', `the value of its secret ${name} is not known here`, 'plan again'); // prettier-ignore
      return [name, secret.reveal()];
    }),
  );
}

/** Kibana says 403 in the shape of the platform for one type of connector, too: the others go on. */
async function refusedAlone<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof RemoteError && error.status === 403) throw new Refused('failed', error.message, error.help);
    throw error;
  }
}

const isAsWanted = (entry: Entry, there: JsonObject): boolean =>
  connectorDifferences(documentOf(entry), there, { withSecrets: (entry.secrets ?? []).length > 0 }).length === 0;

function checkStored(entry: Entry, stored: JsonObject): void {
  const fields = connectorDifferences(documentOf(entry), stored, { withSecrets: (entry.secrets ?? []).length > 0 });
  if (fields.length === 0) return;
  const names = fields.map(({ field }) => field).join(', ');
  throw new Refused('differs', `Kibana took the connector and keeps another value of ${names}`);
}

const refuse = (entry: Entry, what: string): Refused =>
  new Refused('conflict', `connector "${entry.name}" was ${what} in Kibana since the plan was made`, 'plan again');

/**
 * Makes or replaces a connector under the id that its name gives. Its secrets are sent whenever anything is: Kibana never shows
 * them, and a replacement without them loses them.
 */
export async function writeConnector(context: Context, entry: Entry): Promise<Performed> {
  const { transport } = context;
  if (entry.recreate === true)
    throw new Refused(
      'failed',
      `the type of connector "${entry.name}" cannot be changed`,
      'Kibana would have to delete it first, and rules that use it would not reach anybody meanwhile: give it another name',
    );
  const document = documentOf(entry);
  const secrets = revealed(context, entry);
  if (entry.seen === null) {
    const { made, already } = await refusedAlone(
      makeOnce(
        () => createConnector(transport, entry.id, { ...document, secrets }),
        () => getConnector(transport, entry.id),
        (there) => {
          if (!isAsWanted(entry, there)) throw refuse(entry, 'made');
        },
      ),
    );
    if (!already) checkStored(entry, made);
    return already ? 'already' : 'done';
  }
  const there = await getConnector(transport, entry.id);
  if (there === undefined) throw refuse(entry, 'deleted');
  if (connectorSeen(there) !== entry.seen) {
    // An apply that was interrupted has been here before.
    if (isAsWanted(entry, there)) return 'already';
    throw refuse(entry, 'changed');
  }
  const { connector_type_id: _, ...change } = document;
  checkStored(entry, await refusedAlone(replaceConnector(transport, entry.id, { ...change, secrets })));
  return 'done';
}

/** Deletes a connector that is ours and that nothing refers to: Kibana deletes one that is in use without a word. */
export async function removeConnector(context: Context, entry: Entry): Promise<Performed> {
  const { transport } = context;
  const there = (await readConnectors(transport)).find((one) => own(one, 'id') === entry.id);
  if (there === undefined) return 'already';
  if (connectorSeen(there) !== entry.seen) throw refuse(entry, 'changed');
  const uses = own(there, 'referenced_by_count');
  if (typeof uses !== 'number' || uses > 0)
    throw new Refused(
      'blocked',
      typeof uses === 'number'
        ? `not deleted: ${uses === 1 ? 'one thing in Kibana uses' : `${uses} things in Kibana use`} it`
        : 'not deleted: Kibana does not say whether something uses it',
      'take it out of the actions of rules and of cases first',
    );
  await refusedAlone(deleteConnector(transport, entry.id));
  return 'done';
}
