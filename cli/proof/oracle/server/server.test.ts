import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheWithArtifacts, fakeJava, fakeServer, temporaryFolder } from '../test-support.ts';
import { writeLease } from './lease.ts';
import { ensureServer, runningNodes, stopServers } from './server.ts';
import { readStatus, writeStatus } from './status.ts';

/** No process has it: ids end below. */
const GONE = 2 ** 30;

/** A cache with a node of 9.2.0 that answers by its name. */
async function runningNode() {
  const cache = temporaryFolder();
  const folder = join(cache, '9.2.0');
  const own = join(folder, 'dac-oracle-1');
  mkdirSync(own, { recursive: true });
  const { url } = await fakeServer(() => ({ body: { nodes: { x: { name: 'dac-oracle-1', version: '9.2.0' } } } }));
  const status = { pid: GONE, name: 'dac-oracle-1', url, version: '9.2.0', folder: own };
  writeStatus(folder, status);
  writeLease(own, 600);
  return { cache, folder, own, status, env: { DAC_ORACLE_CACHE: cache, PATH: '' } };
}

describe('ensureServer', () => {
  it('reuses the node that runs, and keeps it only when it is told to', async () => {
    const { own, status, env } = await runningNode();
    const server = await ensureServer({ env });
    if ('notRun' in server) throw new Error(server.notRun);
    server.release();
    expect(server).toMatchObject({ url: status.url, version: '9.2.0', pid: GONE, started: false });
    expect(readFileSync(join(own, 'lease'), 'utf8')).toBe('600');
    await ensureServer({ env, keep: true });
    expect(readFileSync(join(own, 'lease'), 'utf8')).toBe('0');
  });

  it('does not take another program at the port for the node', async () => {
    const { folder, own, status, env } = await runningNode();
    writeStatus(folder, { ...status, name: 'dac-oracle-2' });
    expect(await ensureServer({ env: { ...env, JAVA_HOME: temporaryFolder() }, jvms: [] })).toEqual({
      notRun: 'no Java 21',
    });
    expect(existsSync(own)).toBe(false);
    expect(readStatus(folder)).toBeUndefined();
  });

  it('says what is missing and leaves no lock', async () => {
    const cache = temporaryFolder();
    const env = { DAC_ORACLE_CACHE: cache, PATH: '' };
    expect(await ensureServer({ env, jvms: [] })).toEqual({ notRun: 'no Java 21' });
    expect(await ensureServer({ env, version: '8.18.8', jvms: [] })).toEqual({ notRun: 'no Java 17' });
    expect(await ensureServer({ env, version: '7.17.29' })).toEqual({
      notRun: 'Elasticsearch 7.17.29 starts in another way than 8.18 and later, which the launcher knows',
    });
    expect(readdirSync(cache)).toEqual([]);
  });

  it('says that the cache cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const found = await ensureServer({ env: { DAC_ORACLE_CACHE: file, PATH: '' } });
    expect(found).toEqual({ notRun: `${file}/9.2.0 lies below something that is no folder` });
  });
});

describe.skipIf(process.platform === 'win32')('a Java that is broken', () => {
  it.each([
    ['a node that ends', 'exit 3', 0o755, 'the server ended while it started (JAVA ended with 3; it said nothing)'],
    ['a program that cannot be run', 'exit 0', 0o644, 'JAVA cannot be started'],
  ])('is said, and leaves nothing: %s', async (_, script, mode, said) => {
    const { cache, folder } = cacheWithArtifacts();
    const home = fakeJava({ java: script, javac: 'exit 0' });
    const java = join(home, 'bin/java');
    chmodSync(java, mode);
    const found = await ensureServer({ env: { DAC_ORACLE_CACHE: cache, PATH: '', JAVA_HOME: home }, jvms: [] });
    expect(found).toEqual({ notRun: said.replace('JAVA', java) });
    expect(readdirSync(folder)).toEqual(['artifacts', expect.stringMatching(/^launcher-21-[\da-f]+$/)]);
  });
});

describe('stopping', () => {
  it('takes away a node, its data and its status', async () => {
    const { folder, own, status, env } = await runningNode();
    expect(await runningNodes({ env })).toEqual([status]);
    expect(await stopServers({ env })).toEqual([status]);
    expect(existsSync(own)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    expect(await runningNodes({ env })).toEqual([]);
    expect(await stopServers({ env, version: '9.2' })).toEqual([]);
  });

  it('ends no process whose command line is not the node', async () => {
    const { folder, status, env } = await runningNode();
    writeStatus(folder, { ...status, pid: process.pid });
    await stopServers({ env });
    expect(readStatus(folder)).toBeUndefined();
  });
});
