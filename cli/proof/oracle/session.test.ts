import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../text/known-error.ts';
import { withCluster } from './session.ts';
import { fakeServer, temporaryFolder } from './test-support.ts';

const running = (version = '9.2.0') =>
  fakeServer(() => ({ body: { version: { number: version }, acknowledged: true } }));

describe('withCluster', () => {
  it('asks the server at an address, and deletes there what it made', async () => {
    const { url, asked } = await running();
    const version = await withCluster({ env: {}, against: url }, async (cluster) => {
      await cluster.createIndex('{}');
      return cluster.version;
    });
    expect(version).toBe('9.2.0');
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'PUT', 'DELETE']);
  });

  it('deletes it also when something goes wrong', async () => {
    const { url, asked } = await running();
    const failing = withCluster({ env: {}, against: url }, async (cluster) => {
      await cluster.createIndex('{}');
      throw new Error('a bug');
    });
    await expect(failing).rejects.toThrow('a bug');
    expect(asked.at(-1)?.method).toBe('DELETE');
  });

  it('does not run against a server of another version, or none', async () => {
    const { url } = await running('8.19.5');
    const asked = (version: string) => withCluster({ env: {}, against: url, version }, () => Promise.resolve('asked'));
    expect(await asked('9.2.0')).toEqual({ notRun: `the server at ${url} is 8.19.5, not 9.2.0` });
    expect(await asked('8.1')).toEqual({ notRun: `the server at ${url} is 8.19.5, not 8.1` });
    expect(await asked('8.19')).toBe('asked');
    expect(await withCluster({ env: {}, against: 'http://127.0.0.1:1' }, () => Promise.resolve())).toEqual({
      notRun: expect.stringMatching(/^the server at 127\.0\.0\.1:1 does not answer/) as string,
    });
  });

  it('takes an address that is none for a mistake of who named it', async () => {
    const asked = withCluster({ env: {}, against: 'ftp://localhost' }, () => Promise.resolve());
    await expect(asked).rejects.toThrow(KnownError);
  });

  it('says what is missing to start one', async () => {
    const cache = temporaryFolder();
    const env = { DAC_ORACLE_CACHE: cache, PATH: '' };
    expect(await withCluster({ env, version: '99.0.0' }, () => Promise.resolve())).toMatchObject({
      notRun: expect.stringMatching(/^no (?:Java 21|Maven)/) as string,
    });
    expect(readdirSync(cache)).toEqual([]);
  });
});
