import { existsSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { NotRun } from '../not-run.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variable that names the folder of the cache. */
export const CACHE_VARIABLE = 'DAC_ORACLE_CACHE';

/** Folder of all versions, outside of the repository. */
export function cacheFolder(env: Environment): string {
  const named = env[CACHE_VARIABLE];
  if (named !== undefined && named !== '') return named;
  const base = env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'kibana-dac', 'oracle');
}

/** Throws a NotRun where less than `megabytes` is free. */
export function wantSpace(folder: string, megabytes: number, free: (folder: string) => number = freeMegabytes): void {
  const found = free(folder);
  if (found < megabytes)
    throw new NotRun(`only ${Math.floor(found)} MB are free at ${folder}, and the server wants ${megabytes} MB`);
}

/** Free megabytes of the disk on which a folder lies or will lie. */
function freeMegabytes(folder: string): number {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  const { bavail, bsize } = statfsSync(at);
  return (bavail * bsize) / 2 ** 20;
}
