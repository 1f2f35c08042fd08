import { visibleLine } from '../../text/display.ts';
import { own, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { getExceptionList, replaceExceptionList } from '../client/exception-api.ts';
import { described } from '../client/connection.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from '../client/transport.ts';
import { ADDRESS, descriptionOf, ensureStateList, FREE, stateList } from './list.ts';

/** Milliseconds that a lock holds unless its holder renews it. A run that was killed keeps others out no longer than that. */
const LEASE = 120_000;

export interface LockOptions {
  /** Who holds it, as the next one reads it: user, host, process. */
  readonly owner: string;
  /** Different for each run. */
  readonly token: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Take it whoever has it. */
  readonly breakIt?: boolean;
  /** True for an owner that surely runs no more, such as a process of this machine that is gone. */
  readonly isGone?: (owner: string) => boolean;
}

export interface Lock {
  /** Renews the lock when half of its time is over. Throws a KnownError if somebody has taken it. */
  keep(): Promise<void>;
  /** Gives it back. Throws if Kibana cannot be reached; then it ends by itself. */
  release(): Promise<void>;
}

interface Holder {
  readonly owner: string;
  readonly token: string;
  readonly until: number;
}

/**
 * The lock as the end of the list's description, which a person reads too. A description that says something else, because
 * somebody has edited it, is a free lock.
 */
const lockText = ({ owner, token, until }: Holder): string =>
  `Locked by ${visibleLine(owner).slice(0, 500)} until ${new Date(until).toISOString()}, run ${token}.`;

function holderOf(list: JsonObject): Holder | undefined {
  const text = descriptionOf(list).slice(-1000);
  const [, owner, until = '', token] = / Locked by (.{1,500}) until (\S{1,40}), run (\S{1,100})\.$/.exec(text) ?? [];
  if (owner === undefined || token === undefined) return undefined;
  const time = Date.parse(until);
  return { owner, token, until: Number.isNaN(time) ? Infinity : time };
}

/** Writes the holder if the list is still as it was read; undefined: the lock is in other hands. `token` is that of this run. */
async function swap(
  transport: Transport,
  list: JsonObject,
  holder: Holder | undefined,
  token: string,
  again = 2,
): Promise<JsonObject | undefined> {
  const lock = holder === undefined ? FREE : lockText({ ...holder, token });
  try {
    const version = own(list, '_version') ?? '';
    return await replaceExceptionList(transport, { ...stateList(lock), _version: version });
  } catch (error) {
    if (!(error instanceof RemoteError) || error.status !== 409) throw error;
    // A request whose answer was lost is sent again, and then finds its own work; or somebody has edited the list's name.
    const now = await getExceptionList(transport, ADDRESS);
    const there = now === undefined ? undefined : holderOf(now);
    if (now === undefined || there?.token !== token) return undefined;
    if (there.until === holder?.until) return now;
    return again === 0 ? undefined : await swap(transport, now, holder, token, again - 1);
  }
}

/** How often a lock that others take and give back at the same moment is tried. */
const TRIES = 5;

/** Takes the lock of the space. Throws a KnownError that names who has it. */
export async function takeLock(transport: Transport, options: LockOptions): Promise<Lock> {
  try {
    return await take(transport, options);
  } catch (error) {
    if (!(error instanceof RemoteError) || error.status !== 403) throw error;
    throw new RemoteError(error.message, {
      why: 'a lock, kept in an exception list, keeps two runs from undoing each other',
      help: 'give the key All on exception lists in this space, or --no-lock where nobody else can be at work',
      status: 403,
      ...(error.body === undefined ? {} : { body: error.body }),
      cause: error,
    });
  }
}

async function take(transport: Transport, options: LockOptions): Promise<Lock> {
  for (let round = 0; round < TRIES; round++) {
    const list = await ensureStateList(transport);
    const holder = holderOf(list);
    const now = options.now();
    const free =
      holder === undefined ||
      holder.until <= now ||
      options.breakIt === true ||
      options.isGone?.(holder.owner) === true;
    if (!free) throw taken(transport, holder, now);
    const mine = await swap(transport, list, { ...options, until: now + LEASE }, options.token);
    if (mine !== undefined) return holding(transport, options, mine);
  }
  throw new KnownError(`the lock of ${described(transport.connection)} changes hands faster than it can be taken`, {
    kind: 'remote',
    help: 'other runs are at work: wait until they are done',
  });
}

function taken(transport: Transport, holder: Holder, now: number): KnownError {
  const until = Number.isFinite(holder.until)
    ? `until ${new Date(holder.until).toISOString()} (${Math.ceil((holder.until - now) / 1000)} s from now)`
    : 'without an end';
  return new KnownError(`${holder.owner} is changing ${described(transport.connection)}`, {
    kind: 'remote',
    why: `two runs at once would undo each other; the lock holds ${until} unless it is renewed`,
    help: 'wait for that run; if it is dead, wait for the end of the lock or give --break-lock',
  });
}

function holding(transport: Transport, options: LockOptions, first: JsonObject): Lock {
  let list = first;
  let renewAt = options.now() + LEASE / 2;
  let renewing: Promise<void> | undefined;
  const renew = async (): Promise<void> => {
    const now = options.now();
    const mine = await swap(transport, list, { ...options, until: now + LEASE }, options.token);
    if (mine === undefined)
      throw new KnownError(`the lock of ${described(transport.connection)} was taken by another run`, {
        kind: 'remote',
        why: 'this run ends here, so that the two do not undo each other',
        help: 'when the other run is done, run the same command again',
      });
    list = mine;
    renewAt = now + LEASE / 2;
  };
  return {
    async keep() {
      if (renewing === undefined && options.now() < renewAt) return;
      renewing ??= renew().finally(() => (renewing = undefined));
      await renewing;
    },
    async release() {
      await swap(transport, list, undefined, options.token);
    },
  };
}
