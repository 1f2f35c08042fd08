import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KnownError } from '../../text/known-error.ts';
import { descriptionOf, FREE, stateList } from './list.ts';
import { takeLock, type LockOptions } from './lock.ts';
import { testSpace, type TestSpace } from '../apply/test-space.ts';

let space: TestSpace;
beforeEach(async () => {
  space = await testSpace();
});
afterEach(() => space.server.close());

const run = (token: string, more: Partial<LockOptions> = {}): LockOptions => ({
  owner: `${token}@laptop`,
  token,
  now: () => 0,
  ...more,
});

async function refusal(options: LockOptions): Promise<string[]> {
  try {
    await takeLock(space.transport, options);
  } catch (error) {
    if (error instanceof KnownError) return [error.kind, error.message.replace(/:\d+$/, ''), error.why ?? ''];
    throw error;
  }
  throw new Error('the lock was taken');
}

/** What the description of the list says of the lock. */
const lists = (): readonly string[] =>
  [...space.space.lists.values()].map((one) => descriptionOf(one).slice(descriptionOf(stateList('')).length));
const HELD_BY_BOB = 'Locked by bob@laptop until 1970-01-01T00:02:00.000Z, run bob.';

describe('the lock of a space', () => {
  it('keeps a second run out, and says who has it until when', async () => {
    await takeLock(space.transport, run('ann'));
    expect(await refusal(run('bob', { now: () => 30_000 }))).toEqual([
      'remote',
      'ann@laptop is changing space "soc" at 127.0.0.1',
      'two runs at once would undo each other; the lock holds until 1970-01-01T00:02:00.000Z (90 s from now) unless it is renewed',
    ]);
  });

  it('is free when it was given back, and the list stays', async () => {
    const lock = await takeLock(space.transport, run('ann'));
    await lock.release();
    expect(lists()).toEqual([FREE]);
    await takeLock(space.transport, run('bob'));
    expect(lists()).toEqual([HELD_BY_BOB]);
  });

  it.each([
    ['its time is over', { now: () => 120_000 }],
    ['its owner is surely gone', { isGone: (owner: string) => owner === 'ann@laptop' }],
    ['it is broken on purpose', { breakIt: true }],
  ])('can be taken when %s; the former holder then ends', async (_, more) => {
    const first = await takeLock(space.transport, run('ann', { now: clock() }));
    await takeLock(space.transport, run('bob', more));
    await expect(first.keep()).rejects.toThrow(/was taken by another run/);
    await first.release();
    expect(lists()).toEqual([expect.stringMatching(/^Locked by bob@laptop until \S+, run bob\.$/)]);
  });

  /** 0 when the lock is taken, a minute and a half later at every look after that. */
  function clock(): () => number {
    let looks = 0;
    return () => (looks++ < 2 ? 0 : 90_000);
  }

  it('goes to one of many that take it at once', async () => {
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c', 'd', 'e'].map((token) => takeLock(space.transport, run(token))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(space.space.lists.size).toBe(1);
  });

  it('is renewed after half its time, and only once for requests at the same time', async () => {
    let now = 0;
    const lock = await takeLock(space.transport, run('ann', { now: () => now }));
    const before = space.requests.length;
    await lock.keep();
    now = 60_000;
    await Promise.all([lock.keep(), lock.keep(), lock.keep()]);
    expect(space.requests.slice(before)).toEqual(['PUT /api/exception_lists']);
    expect(await refusal(run('bob', { now: () => 150_000 }))).toMatchObject({
      2: expect.stringContaining('(30 s from now)') as string,
    });
  });

  it.each([
    ['an owner with line breaks and the words of the lock', 'a\nb until 2999, run x. Locked by c'],
    ['an owner of any length', 'x'.repeat(40_000)],
  ])('is kept for %s', async (_, owner) => {
    await takeLock(space.transport, run('ann', { owner }));
    expect((await refusal(run('bob')))[0]).toBe('remote');
  });

  it.each(['', 'x', 'Locked by ann', ' Locked by '.repeat(2900), ' Locked by a until b, run c'])(
    'is free when its list says something else: %.20s',
    async (description) => {
      await takeLock(space.transport, run('ann'));
      for (const [id, one] of space.space.lists) space.space.lists.set(id, { ...one, description });
      await takeLock(space.transport, run('bob'));
      expect(lists()).toEqual([HELD_BY_BOB]);
    },
  );

  it('survives that somebody edits its list', async () => {
    const lock = await takeLock(space.transport, run('ann'));
    for (const [id, one] of space.space.lists) space.space.lists.set(id, { ...one, _version: 'edited' });
    await lock.release();
    expect(lists()).toEqual([FREE]);
  });

  it('is taken when the answers to its requests are lost', async () => {
    let count = 0;
    space.fault = (request, response) => {
      // Carried out, and the answer never arrives: every first time.
      if (request.method !== 'GET' && count++ % 2 === 0) response.end = () => response.destroy();
      return false;
    };
    const lock = await takeLock(space.transport, run('ann'));
    expect(lists()).toEqual(['Locked by ann@laptop until 1970-01-01T00:02:00.000Z, run ann.']);
    await lock.release();
    expect(lists()).toEqual([FREE]);
  });
});
