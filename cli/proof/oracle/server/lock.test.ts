import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test-support.ts';
import { withLock } from './lock.ts';

/** No process has it: ids end below. */
const GONE = 2 ** 30;
const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000);

describe('withLock', () => {
  it('lets one after the other in, and leaves nothing', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'lock');
    const seen: string[] = [];
    const run = (name: string): Promise<void> =>
      withLock(
        file,
        async () => {
          seen.push(`${name} in`);
          await sleep(20);
          seen.push(`${name} out`);
        },
        { pause: 1 },
      );
    await Promise.all([run('a'), run('b'), run('c')]);
    expect(seen.map((each) => each.split(' ')[1])).toEqual(['in', 'out', 'in', 'out', 'in', 'out']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes the lock of a process that is gone, and one that is too old', async () => {
    const file = join(temporaryFolder(), 'lock');
    writeFileSync(file, String(GONE));
    expect(await withLock(file, () => Promise.resolve(1), { waitSeconds: 1, pause: 1 })).toBe(1);
    writeFileSync(file, String(process.ppid));
    utimesSync(file, ago(700), ago(700));
    expect(await withLock(file, () => Promise.resolve(2), { waitSeconds: 1, pause: 1 })).toBe(2);
  });

  it('takes a lock whose removal was cut off', async () => {
    const file = join(temporaryFolder(), 'lock');
    writeFileSync(file, String(GONE));
    writeFileSync(`${file}.removal`, String(GONE));
    utimesSync(`${file}.removal`, ago(60), ago(60));
    expect(await withLock(file, () => Promise.resolve(1), { waitSeconds: 1, pause: 1 })).toBe(1);
    expect(existsSync(`${file}.removal`)).toBe(false);
  });

  it('says who holds it when it waits too long', async () => {
    const file = join(temporaryFolder(), 'lock');
    writeFileSync(file, String(process.ppid));
    await expect(withLock(file, () => Promise.resolve(1), { waitSeconds: 0, pause: 1 })).rejects.toThrow(
      `another run (process ${process.ppid}) is still starting the server`,
    );
    expect(existsSync(file)).toBe(true);
  });

  it('is free again after a failure', async () => {
    const file = join(temporaryFolder(), 'lock');
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('is not needed where it cannot be written, by what frees space', async () => {
    // Below a file nothing can be written, as on a disk that is full.
    const below = join(temporaryFolder(), 'file');
    writeFileSync(below, '');
    const file = join(below, 'folder/lock');
    const act = (): Promise<number> => Promise.resolve(1);
    await expect(withLock(file, act)).rejects.toThrow('ENOTDIR');
    expect(await withLock(file, act, { frees: true })).toBe(1);
  });

  it('is waited for no longer than one is told', async () => {
    const file = join(temporaryFolder(), 'lock');
    writeFileSync(file, String(process.ppid));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await expect(withLock(file, () => Promise.resolve(1), { signal: controller.signal })).rejects.toThrow('aborted');
  });
});
