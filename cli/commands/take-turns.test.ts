import { expect, it } from 'vitest';
import { takeTurns, type Turns } from './take-turns.ts';

it('threads that take turns make each item once, wherever they meet', () => {
  const turns: Turns = new Int32Array(new SharedArrayBuffer(4));
  const items = Array.from({ length: 30 }, (_, index) => `item ${index}`);
  let other: ReturnType<typeof takeTurns<string, string>> = [];
  const mine = takeTurns(turns, items, (item) => {
    // The other thread comes in after three and leaves the rest of the turn that was taken.
    if (item === 'item 2') other = takeTurns(turns, items, (theirs) => (theirs === 'item 20' ? undefined : theirs));
    return item;
  });
  expect([mine.length, other.length]).toEqual([8, 21]);
  const made = [...mine, ...other].sort(([a], [b]) => a - b);
  expect(made).toEqual(items.map((item, index) => [index, item]).filter(([index]) => index !== 20));
});
