import { describe, expect, it } from 'vitest';
import { fakeServer, temporaryFolder } from '../test-support.ts';
import { nodeAt, parseStatus, readStatus, writeStatus } from './status.ts';

const STATUS = { pid: 4711, name: 'dac-oracle-1', url: 'http://127.0.0.1:40000', version: '9.2.0', folder: '/x' };

describe('the status of a node', () => {
  it('is read as it was written', () => {
    const folder = temporaryFolder();
    expect(readStatus(folder)).toBeUndefined();
    writeStatus(folder, STATUS);
    expect(readStatus(folder)).toEqual(STATUS);
  });

  it.each([
    ['half of it', '{"pid":4711,"na'],
    ['no object', '[]'],
    ['a process that is everyone', JSON.stringify({ ...STATUS, pid: -1 })],
    ['the first process', JSON.stringify({ ...STATUS, pid: 1 })],
    ['no name', JSON.stringify({ ...STATUS, name: '' })],
    ['another machine', JSON.stringify({ ...STATUS, url: 'http://10.0.0.1:9200' })],
  ])('is none with %s', (_, text) => {
    expect(parseStatus(text)).toBeUndefined();
  });
});

describe('nodeAt', () => {
  it('says who answers', async () => {
    const { url } = await fakeServer(() => ({ body: { nodes: { x: { name: 'dac-oracle-1', version: '9.2.0' } } } }));
    expect(await nodeAt(url)).toEqual({ name: 'dac-oracle-1', version: '9.2.0' });
  });

  it('is undefined where nobody does, or something else', async () => {
    const broken = await fakeServer(() => undefined);
    expect(await nodeAt(broken.url)).toBeUndefined();
    const other = await fakeServer(() => ({ body: { hello: 1 } }));
    expect(await nodeAt(other.url)).toBeUndefined();
  });
});
