import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './configuration.ts';
import { processHost } from './host.ts';
import { clearLintCache, openLintCache, storeLintCache } from './lint-cache.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dac-cache-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const VERDICT = { readable: true, problems: [], facts: {}, suppressions: [] };
const setUp = (options: { cache?: boolean; cacheLocation?: string } = {}) => {
  const host = { ...processHost(), cwd: root };
  const config = { ...readConfig(host, { config: false }), root };
  return { host, config, options, open: () => openLintCache(host, config, [], options, 'build') };
};

describe('the cache on disk', () => {
  it('is read again, lies in a folder that git ignores, and can be cleared', () => {
    const { host, config, options, open } = setUp();
    const cache = open();
    cache?.set('a.toml', 'digest', VERDICT);
    if (cache !== undefined) storeLintCache(host, config, cache, options);
    expect(open()?.get('a.toml', 'digest')).toEqual(VERDICT);
    expect(open()?.get('a.toml', 'other')).toBeUndefined();
    expect(readFileSync(join(root, '.dac-cache/.gitignore'), 'utf8')).toBe('*\n');
    clearLintCache(host, config, options);
    expect(open()?.get('a.toml', 'digest')).toBeUndefined();
  });

  it('can lie elsewhere', () => {
    const { host, config, options, open } = setUp({ cacheLocation: 'build/cache' });
    const cache = open();
    cache?.set('a.toml', 'digest', VERDICT);
    if (cache !== undefined) storeLintCache(host, config, cache, options);
    expect([existsSync(join(root, 'build/cache/lint.json')), existsSync(join(root, '.dac-cache'))]).toEqual([
      true,
      false,
    ]);
  });

  it('is left out with --no-cache, and without a build', () => {
    const { host, config, open } = setUp({ cache: false });
    expect([open(), openLintCache(host, config, [], {}, undefined)]).toEqual([undefined, undefined]);
  });

  it('is dropped without a word when it is broken or cannot be written', () => {
    const { host, config, options, open } = setUp({ cacheLocation: 'file' });
    writeFileSync(join(root, 'file'), 'in the way');
    const cache = open();
    cache?.set('a.toml', 'digest', VERDICT);
    if (cache !== undefined) storeLintCache(host, config, cache, options);
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('in the way');
    expect(open()?.get('a.toml', 'digest')).toBeUndefined();
  });
});
