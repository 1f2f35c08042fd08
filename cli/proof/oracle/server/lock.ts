import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFileFault, NotRun } from '../not-run.ts';

/** A start fetches artifacts and waits for the node; none takes longer. Older locks are of processes that are gone. */
const STALE_MINUTES = 10;
/** A removal of a stale lock takes one moment. */
const REMOVAL_SECONDS = 10;

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

export interface LockOptions {
  readonly waitSeconds?: number;
  /** Milliseconds between two tries. */
  readonly pause?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** True: what is done frees space, so that it is done without a lock where none can be written. */
  readonly frees?: boolean;
}

/** Does something while no other process does it: two runs at once do not start two nodes. Throws a NotRun. */
export async function withLock<T>(file: string, act: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  try {
    await acquire(file, options);
  } catch (error) {
    if (options.frees !== true || !isFileFault(error)) throw error;
    return act();
  }
  try {
    return await act();
  } finally {
    if (readText(file) === String(process.pid)) rmSync(file, { force: true });
  }
}

async function acquire(file: string, { waitSeconds = 420, pause = 200, signal }: LockOptions): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const until = Date.now() + waitSeconds * 1000;
  while (!create(file)) {
    if (removeStale(file)) continue;
    if (Date.now() > until)
      throw new NotRun(`another run (process ${readText(file) ?? '?'}) is still starting the server`);
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
  }
}

function create(file: string): boolean {
  let handle: number;
  try {
    handle = openSync(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(handle, String(process.pid));
  } catch (error) {
    // A disk that is full: a lock of nobody would hold up the next run.
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  return true;
}

/** Removes a lock whose process is gone. Only one of those who wait does: the file beside it says who. */
function removeStale(file: string): boolean {
  if (!isStale(file)) return false;
  const guard = `${file}.removal`;
  if (!create(guard)) {
    if ((age(guard) ?? 0) > REMOVAL_SECONDS * 1000) rmSync(guard, { force: true });
    return false;
  }
  try {
    if (isStale(file)) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
  return true;
}

function isStale(file: string): boolean {
  const millis = age(file);
  if (millis === undefined) return false;
  const pid = Number(readText(file));
  // A lock without a number is being written.
  if (!Number.isInteger(pid) || pid <= 0) return millis > REMOVAL_SECONDS * 1000;
  return !isAlive(pid) || millis > STALE_MINUTES * 60_000;
}

function age(file: string): number | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? undefined : Date.now() - stat.mtimeMs;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
