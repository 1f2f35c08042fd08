import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder, wantSpace } from './cache.ts';

describe('the cache', () => {
  it('lies where the environment says, else in the cache folder of the user', () => {
    expect(cacheFolder({ DAC_ORACLE_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
    expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe('/b/kibana-dac/oracle');
    expect(cacheFolder({})).toBe(join(homedir(), '.cache/kibana-dac/oracle'));
  });

  it('wants space before it grows', () => {
    expect(() => wantSpace('/x', 300, () => 299.9)).toThrow('only 299 MB are free at /x, and the server wants 300 MB');
    expect(() => wantSpace('/x', 300, () => 300)).not.toThrow();
  });

  it('asks the disk of a folder that is not there yet', () => {
    expect(() => wantSpace('/no/such/folder', 1)).not.toThrow();
    expect(() => wantSpace('/no/such/folder', 1e12)).toThrow(/^only \d+ MB are free at \/no\/such\/folder/);
  });
});
