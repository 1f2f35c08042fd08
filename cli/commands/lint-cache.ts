import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { VerdictCache, type RunIdentity } from '../lint/cache.ts';
import type { Config } from './configuration.ts';
import type { Host } from './host.ts';

export interface CacheOptions {
  /** False: `--no-cache`. */
  readonly cache?: boolean;
  readonly cacheLocation?: string;
}

const FOLDER = '.dac-cache';
const FILE = 'lint.json';

/** Absolute path of the folder of the cache. */
export const cacheFolder = (host: Host, config: Config, options: CacheOptions): string =>
  options.cacheLocation === undefined ? join(config.root, FOLDER) : resolve(host.cwd, options.cacheLocation);

/**
 * The mark that the build leaves beside the bundle. There is none beside the sources, which change under the program: from
 * there it runs without a cache.
 */
function buildMark(): string | undefined {
  try {
    return readFileSync(new URL('./build-mark', import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}

/** The cache of an earlier run, or an empty one; undefined if there is to be none. */
export function openLintCache(
  host: Host,
  config: Config,
  settings: RunIdentity['settings'],
  options: CacheOptions,
  build = buildMark(),
): VerdictCache | undefined {
  if (options.cache === false || build === undefined) return undefined;
  let stored: string | undefined;
  try {
    stored = readFileSync(join(cacheFolder(host, config, options), FILE), 'utf8');
  } catch {
    // none yet, or one that cannot be read: the same
  }
  return VerdictCache.open(stored, { build, settings });
}

/** Stores what is new. A folder that cannot be written costs speed, not results, so nothing is said. */
export function storeLintCache(host: Host, config: Config, cache: VerdictCache, options: CacheOptions): void {
  const text = cache.text();
  if (text === undefined) return;
  const folder = cacheFolder(host, config, options);
  const part = join(folder, `${FILE}.${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*\n');
    writeFileSync(part, text);
    renameSync(part, join(folder, FILE));
  } catch {
    discard(part);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // its folder is no folder, so there is nothing to take out
  }
}

/** `dac cache clear`: takes out what we have written, and nothing else that may lie there. */
export function clearLintCache(host: Host, config: Config, options: CacheOptions): void {
  discard(join(cacheFolder(host, config, options), FILE));
}
