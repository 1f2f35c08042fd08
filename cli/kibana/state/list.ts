import { own, type JsonObject } from '../../text/json.ts';
import { described } from '../client/connection.ts';
import { createExceptionList, getExceptionList } from '../client/exception-api.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from '../client/transport.ts';

/**
 * What dac remembers of a space stands in an exception list that no rule uses: its description is the lock, its items are the
 * ledger. It is the one kind of object that every version of Kibana lets a key for rules write, and that it changes only if
 * nobody else has (`_version`). It stays in the space between runs, because making a list is not safe against a second one,
 * and changing one is.
 */
export const STATE_LIST = 'dac-state';

export const ADDRESS = { list_id: STATE_LIST, namespace_type: 'single' } as const;

const TEXT = 'What dac remembers of this space. No rule uses it; do not edit it, and do not delete it during a run.';

/** The list as it is written, with what its description says of the lock. */
export const stateList = (lock: string): JsonObject => ({
  ...ADDRESS,
  type: 'detection',
  name: 'dac: state of this space',
  description: `${TEXT} ${lock}`,
});

export const FREE = 'No run is under way.';

/** The list, made if it is not there. That another run makes it at the same time is no harm: one of the two is read. */
export async function ensureStateList(transport: Transport): Promise<JsonObject> {
  const found = await getExceptionList(transport, ADDRESS);
  if (found !== undefined) return found;
  try {
    await createExceptionList(transport, stateList(FREE));
  } catch (error) {
    // It is there, made by another run or by a request whose answer was lost; what is wrong otherwise shows at the next read.
    if (!(error instanceof RemoteError) || (error.status !== 409 && error.status !== undefined)) throw error;
  }
  const made = await getExceptionList(transport, ADDRESS);
  if (made !== undefined) return made;
  throw new RemoteError(`the list ${STATE_LIST} of ${described(transport.connection)} was made and is not there`, {
    help: 'run the same command again',
  });
}

/** `description` of the list. */
export const descriptionOf = (list: JsonObject): string => {
  const text = own(list, 'description');
  return typeof text === 'string' ? text : '';
};
