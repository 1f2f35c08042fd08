import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cacheWithArtifacts, fakeJava } from '../test-support.ts';
import { isOurs } from './process.ts';
import { stopServers } from './server.ts';
import { readProcess } from './status.ts';

const COMMAND = fileURLToPath(new URL('../../oracle.ts', import.meta.url));

/** `npm run oracle -- start` with a node that never answers. */
function starting(java = 'while :; do sleep 0.1; done', javac = 'exit 0') {
  const { cache, folder } = cacheWithArtifacts();
  const env = { PATH: process.env['PATH'], JAVA_HOME: fakeJava({ java, javac }), DAC_ORACLE_CACHE: cache };
  const child = spawn(process.execPath, ['--import', 'tsx', COMMAND, 'start'], { env, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { folder, env, child };
}

/** What `find` finds, once it finds something. */
async function waitFor<T>(find: () => T | undefined): Promise<T> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(20)) {
    const found = find();
    if (found !== undefined) return found;
  }
  throw new Error('it did not come');
}

/** The node that is being started. */
const nodeIn = (folder: string): Promise<{ readonly name: string; readonly pid: number }> =>
  waitFor(() => {
    const name = readdirSync(folder).find((each) => each.startsWith('dac-oracle-'));
    const pid = name === undefined ? undefined : readProcess(join(folder, name));
    return name === undefined || pid === undefined ? undefined : { name, pid };
  });

const ended = async (child: ChildProcess, by: NodeJS.Signals): Promise<unknown> => {
  const exit = once(child, 'exit');
  child.kill(by);
  return (await exit)[1] as unknown;
};

const WHOLE = [/^artifacts$/, /^launcher-21-[\da-f]+$/].map((name) => expect.stringMatching(name) as unknown);

describe.skipIf(process.platform === 'win32')('a start that is ended', { timeout: 60_000 }, () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s ends the node and leaves nothing', async (signal) => {
    const { folder, child } = starting();
    const { name, pid } = await nodeIn(folder);
    expect(await isOurs(pid, name)).toBe(true);
    expect(await ended(child, signal)).toBe(signal);
    expect(await isOurs(pid, name)).toBe(false);
    expect(readdirSync(folder)).toEqual(WHOLE);
  });

  it('while it compiles leaves no half of it', async () => {
    const { folder, child } = starting('exit 0', 'exec sleep 60');
    await waitFor(() => readdirSync(folder).find((name) => name.startsWith('launcher-')));
    expect(await ended(child, 'SIGTERM')).toBe('SIGTERM');
    expect(readdirSync(folder)).toEqual(['artifacts']);
  });

  it('by force leaves a node that the next stop ends', async () => {
    const { folder, child, env } = starting();
    const { name, pid } = await nodeIn(folder);
    expect(await ended(child, 'SIGKILL')).toBe('SIGKILL');
    mkdirSync(join(folder, 'artifacts-4711'));
    mkdirSync(join(folder, 'launcher-21-0123456789abcdef.4711'));
    expect(await isOurs(pid, name)).toBe(true);
    expect(await stopServers({ env })).toEqual([]);
    expect(await isOurs(pid, name)).toBe(false);
    expect(readdirSync(folder)).toEqual(WHOLE);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
