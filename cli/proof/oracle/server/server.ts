import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotRun, notRunOf, type NotRunResult } from '../not-run.ts';
import { artifacts } from './artifacts.ts';
import { cacheFolder, wantSpace, type Environment } from './cache.ts';
import { interruptible } from './interrupt.ts';
import { findJava, javaCommand } from './java.ts';
import { compiledLauncher, launch } from './launcher.ts';
import { holdLease, IDLE_SECONDS, writeLease } from './lease.ts';
import { withLock } from './lock.ts';
import { endProcess } from './process.ts';
import { nodeAt, readProcess, readStatus, removeStatus, writeProcess, writeStatus, type NodeStatus } from './status.ts';
import { serverVersion, type ServerVersion } from './versions.ts';

/** Megabytes of disk for the data of a node. */
const SPACE = 300;
/** A node is up after some six seconds; a busy machine takes longer. */
const START_SECONDS = 180;

/** A node that runs, and that does not end for want of use before `release` is called. */
export interface Server {
  readonly url: string;
  readonly version: string;
  readonly pid: number;
  /** Whether this call started it. */
  readonly started: boolean;
  release(): void;
}

export interface ServerOptions {
  readonly env: Environment;
  /** Version of the server; the default one where none is given. */
  readonly version?: string;
  /** True: the node stays until it is stopped. Otherwise it ends some minutes after its last use. */
  readonly keep?: boolean;
  /** Folders of the system's JVMs; its own where none are given. */
  readonly jvms?: readonly string[];
}

/** The node of a version: the one that runs, or a new one. */
export const ensureServer = (options: ServerOptions): Promise<Server | NotRunResult> =>
  interruptible((signal) => foundOrStarted(options, signal));

async function foundOrStarted(
  { env, version, keep = false, jvms }: ServerOptions,
  signal: AbortSignal,
): Promise<Server | NotRunResult> {
  let folder: string | undefined;
  try {
    const wanted = serverVersion(version);
    const own = (folder = join(cacheFolder(env), wanted.version));
    mkdirSync(own, { recursive: true });
    const ensure = async (): Promise<Server> => {
      const running = await runningNode(own);
      const node = running ?? (await startNode(own, wanted, { env, jvms, signal }));
      if (keep) writeLease(node.folder, 0);
      const release = holdLease(node.folder);
      return { url: node.url, version: node.version, pid: node.pid, started: running === undefined, release };
    };
    return await withLock(join(own, 'lock'), ensure, { signal });
  } catch (error) {
    if (folder !== undefined) removeIfEmpty(folder);
    return notRunOf(error);
  }
}

/** A version that cannot be had leaves no folder. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It holds something, or was never made.
  }
}

/** The node of a version's folder, if it answers by its name. */
export async function runningNode(folder: string): Promise<NodeStatus | undefined> {
  const status = readStatus(folder);
  if (status === undefined || !existsSync(join(status.folder, 'lease'))) return undefined;
  return (await nodeAt(status.url))?.name === status.name ? status : undefined;
}

interface StartOptions {
  readonly env: Environment;
  readonly jvms: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

async function startNode(
  folder: string,
  wanted: ServerVersion,
  { env, jvms, signal }: StartOptions,
): Promise<NodeStatus> {
  await discardNodes(folder);
  const java = findJava(wanted.java, env, jvms);
  const unpacked = await artifacts(folder, wanted, env, signal);
  wantSpace(folder, SPACE);
  const classes = await compiledLauncher(folder, java, unpacked.jars, signal);
  const name = `dac-oracle-${randomBytes(6).toString('hex')}`;
  const node = { name, folder: join(folder, name) };
  let pid: number | undefined;
  try {
    mkdirSync(join(node.folder, 'logs'), { recursive: true });
    // Ends by itself where this process is ended before it knows of the node.
    writeLease(node.folder, IDLE_SECONDS);
    const child = launch(java, unpacked, classes, node);
    pid = child.pid;
    if (pid === undefined) throw new NotRun(`${javaCommand(java)} cannot be started`);
    writeProcess(node.folder, pid);
    const ended = (): string | undefined => {
      const code = child.exitCode ?? child.signalCode;
      return code === null ? undefined : `${javaCommand(java)} ended with ${code}`;
    };
    const url = await waitForNode(node, ended, signal);
    const status = { pid, name, url, version: wanted.version, folder: node.folder };
    writeStatus(folder, status);
    return status;
  } catch (error) {
    if (pid !== undefined) await endProcess(pid, name);
    removeFolder(node.folder);
    throw error;
  }
}

/** A process that has just ended may have a last file open. */
const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

async function waitForNode(
  node: { readonly name: string; readonly folder: string },
  ended: () => string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const ports = join(node.folder, 'logs/http.ports');
  const until = Date.now() + START_SECONDS * 1000;
  while (Date.now() < until) {
    const end = ended();
    if (end !== undefined) throw new NotRun(`the server ended while it started (${end}; ${lastWords(node.folder)})`);
    if (existsSync(ports)) {
      const address = /^(?:127\.0\.0\.1|\[::1\]):\d+$/m.exec(readFileSync(ports, 'utf8'))?.[0];
      if (address !== undefined && (await nodeAt(`http://${address}`))?.name === node.name) return `http://${address}`;
    }
    await sleep(200, undefined, { signal });
  }
  throw new NotRun(`the server did not start within ${START_SECONDS} seconds`);
}

/** The line that says most in what a node printed before it ended. */
function lastWords(folder: string): string {
  const file = join(folder, 'out');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const told = lines.find((line) => /Exception|Error|error|insufficient memory/.test(line)) ?? lines.at(-1);
  return told === undefined || told === '' ? 'it said nothing' : told.trim().slice(0, 200);
}

/** What a start makes below the folder of a version, and what one that was killed leaves there. */
const NODE = /^dac-oracle-/;
const HALF_MADE = /^(?:artifacts-\d+|launcher-[\da-f-]+\.\d+|status\.json\.new)$/;

/** Ends what is left of earlier nodes, those that no longer answer and those whose start was cut off. The caller holds the lock. */
async function discardNodes(folder: string): Promise<void> {
  const status = readStatus(folder);
  if (status !== undefined) await endProcess(status.pid, status.name);
  removeStatus(folder);
  for (const name of readdirSync(folder)) {
    if (!NODE.test(name) && !HALF_MADE.test(name)) continue;
    const pid = readProcess(join(folder, name));
    if (pid !== undefined) await endProcess(pid, name);
    removeFolder(join(folder, name));
  }
}

/** The versions that have a folder in the cache. */
function versionsIn(cache: string): readonly string[] {
  return existsSync(cache) ? readdirSync(cache).filter((name) => /^\d+\.\d+\.\d+$/.test(name)) : [];
}

/** The nodes that run, of one version or of all. */
export async function runningNodes({ env, version }: ServerOptions): Promise<readonly NodeStatus[] | NotRunResult> {
  try {
    const cache = cacheFolder(env);
    const versions = version === undefined ? versionsIn(cache) : [serverVersion(version).version];
    const nodes = await Promise.all(versions.map((each) => runningNode(join(cache, each))));
    return nodes.filter((node) => node !== undefined);
  } catch (error) {
    return notRunOf(error);
  }
}

/** Stops the nodes of one version or of all, and removes their data. */
export async function stopServers({ env, version }: ServerOptions): Promise<readonly NodeStatus[] | NotRunResult> {
  try {
    const cache = cacheFolder(env);
    const stopped: NodeStatus[] = [];
    for (const each of version === undefined ? versionsIn(cache) : [serverVersion(version).version]) {
      const folder = join(cache, each);
      if (!existsSync(folder)) continue;
      const stop = async (): Promise<void> => {
        const node = await runningNode(folder);
        await discardNodes(folder);
        if (node !== undefined) stopped.push(node);
      };
      await interruptible((signal) => withLock(join(folder, 'lock'), stop, { signal, frees: true }));
    }
    return stopped;
  } catch (error) {
    return notRunOf(error);
  }
}
