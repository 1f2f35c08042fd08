import { KnownError } from '../../text/known-error.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from '../client/transport.ts';
import { readLedger, writeLedger, type Edits, type Ledger } from './ledger-store.ts';
import { agreed, type ApplyRecord } from './record.ts';

/** Something that a run is going to write. */
export interface Intent {
  readonly key: string;
  /** What was applied last according to the thing itself. */
  readonly before: ApplyRecord | undefined;
  /** What will be applied; undefined: it is deleted, if only to be made again. */
  readonly after: ApplyRecord | undefined;
}

/**
 * Keeps the ledger true through a run. The invariant: what the ledger says of a thing is what was applied to it last, or that it
 * is not known. A run may end at any moment, so it is held in two steps:
 *
 * 1. before anything is written, what the run may make untrue is taken back: the members in which the last apply and this one
 *    differ become unsure, what is deleted is forgotten. That is true before the write, after it, and without it;
 * 2. afterwards the ledger says what was done.
 *
 * A run that is killed in between leaves less known than there is to know. It never leaves an old value that a person's edit
 * back to just that value would be taken for, so that an edit is never written over by a ledger that is behind.
 */
export class LedgerKeeper {
  readonly #transport: Transport;
  readonly #ledger: Ledger;

  private constructor(transport: Transport, ledger: Ledger) {
    this.#transport = transport;
    this.#ledger = ledger;
  }

  /**
   * The first step. Throws a KnownError if the ledger cannot be kept true; nothing has been written then that would make it
   * untrue.
   */
  static async open(transport: Transport, intents: readonly Intent[]): Promise<LedgerKeeper> {
    try {
      const ledger = await readLedger(transport);
      await writeLedger(transport, ledger, unsureEdits(ledger, intents));
      return new LedgerKeeper(transport, ledger);
    } catch (error) {
      if (!(error instanceof RemoteError) || error.status !== 403) throw error;
      throw new RemoteError(error.message, {
        why: 'what was applied last is kept in the exception list dac-state; left as it is, it would hide edits from the next plan',
        help: 'give the key All on exception lists in this space, or delete the list dac-state',
        status: 403,
        ...(error.body === undefined ? {} : { body: error.body }),
        cause: error,
      });
    }
  }

  /** What the ledger said of a thing before the run. */
  before(key: string): ApplyRecord | undefined {
    return this.#ledger.records.get(key);
  }

  /** The second step. Gives back why it could not be done. */
  async settle(edits: Edits): Promise<KnownError | undefined> {
    if (edits.size === 0) return undefined;
    try {
      await writeLedger(this.#transport, await readLedger(this.#transport), edits);
      return undefined;
    } catch (error) {
      if (error instanceof KnownError) return error;
      throw error;
    }
  }
}

function unsureEdits({ records }: Ledger, intents: readonly Intent[]): Edits {
  const edits = new Map<string, ApplyRecord | undefined>();
  for (const { key, before, after } of intents) {
    const known = records.get(key);
    if (known === undefined) continue;
    edits.set(key, after === undefined ? undefined : [before, after].reduce<ApplyRecord>((all, one) => (one === undefined ? all : agreed(all, one)), known)); // prettier-ignore
  }
  return edits;
}
