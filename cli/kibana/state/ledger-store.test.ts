import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { own, type JsonObject } from '../../text/json.ts';
import { testSpace, type TestSpace } from '../apply/test-space.ts';
import { bucketOf, BUCKETS } from './ledger.ts';
import { readLedger, writeLedger, type Edits } from './ledger-store.ts';
import { EXISTS, recordOf, type ApplyRecord } from './record.ts';

let box: TestSpace;
beforeEach(async () => {
  box = await testSpace();
});
afterEach(() => box.server.close());

const [A, B] = [recordOf({ name: 'a' }), recordOf({ name: 'b', query: 'c' })];
const read = async (): Promise<ReadonlyMap<string, ApplyRecord>> => (await readLedger(box.transport)).records;
const write = async (edits: Edits): Promise<void> => writeLedger(box.transport, await readLedger(box.transport), edits);

/** Another key of the same part. */
const neighbour = (key: string): string => {
  for (let at = 0; ; at++) if (bucketOf(`n${at}`) === bucketOf(key)) return `n${at}`;
};

/** Changes the one part behind everybody's back. */
const edit = (more: JsonObject): void => {
  for (const [id, item] of box.space.items) box.space.items.set(id, { ...item, ...more, _version: 'x' });
};

describe('the ledger of a space', () => {
  it('is empty without its list, and reading makes none', async () => {
    expect(await read()).toEqual(new Map());
    expect(box.requests).toEqual(['GET /api/exception_lists/items/_find']);
    expect(box.space.lists.size).toBe(0);
  });

  it('holds what was written, and loses what was taken out', async () => {
    await write(new Map([['a', A], ['b', B], ['c', EXISTS]])); // prettier-ignore
    expect(await read()).toEqual(new Map([['a', A], ['b', B], ['c', EXISTS]])); // prettier-ignore
    await write(new Map([['a', B], ['b', undefined], ['gone', undefined]])); // prettier-ignore
    expect(await read()).toEqual(new Map([['a', B], ['c', EXISTS]])); // prettier-ignore
    expect(box.space.items.size).toBeLessThanOrEqual(BUCKETS);
  });

  it('is written only where something changes', async () => {
    await write(new Map([['a', A]]));
    box.requests.length = 0;
    await write(new Map([['a', recordOf({ name: 'a' })], ['none', undefined]])); // prettier-ignore
    expect(box.requests).toEqual(['GET /api/exception_lists/items/_find']);
  });

  it('keeps what another run has written meanwhile', async () => {
    const other = neighbour('a');
    await write(new Map([['a', A]]));
    const before = await readLedger(box.transport);
    await write(new Map([[other, B]]));
    await writeLedger(box.transport, before, new Map([['a', B]]));
    expect(await read()).toEqual(new Map([['a', B], [other, B]])); // prettier-ignore
    await Promise.all(['a', other].map((key) => write(new Map([[key, A]]))));
    expect(await read()).toEqual(new Map([['a', A], [other, A]])); // prettier-ignore
  });

  it('is written when the answers to its requests are lost', async () => {
    let count = 0;
    box.fault = (request, response) => {
      if (request.method !== 'GET' && count++ % 2 === 0) response.end = () => response.destroy();
      return false;
    };
    await write(new Map([['a', A], ['b', B]])); // prettier-ignore
    await write(new Map([['a', B]]));
    box.fault = undefined;
    expect(await read()).toEqual(new Map([['a', B], ['b', B]])); // prettier-ignore
  });

  it('is begun anew in a part that somebody has spoilt', async () => {
    await write(new Map([['a', A], [neighbour('a'), B]])); // prettier-ignore
    edit({ tags: ['dac-ledger: {', 'mine'] });
    expect(await read()).toEqual(new Map());
    await write(new Map([['a', A]]));
    expect(await read()).toEqual(new Map([['a', A]]));
  });

  it('says so if an item of its name is in another list', async () => {
    await write(new Map([['a', A]]));
    edit({ list_id: 'theirs' });
    await expect(write(new Map([['a', B]]))).rejects.toThrow(
      `has an exception item dac-state-${bucketOf('a')} in another list`,
    );
  });

  it('holds items that except nothing, and belong to nobody but its list', async () => {
    await write(new Map([['a', A]]));
    expect([...box.space.items.values()].map((item) => [own(item, 'list_id'), own(item, 'entries')])).toEqual([
      ['dac-state', [{ field: 'dac.state', type: 'match', operator: 'included', value: 'none' }]],
    ]);
  });
});
