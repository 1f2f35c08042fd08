import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { nearMiss } from './values/near-misses.ts';

describe('random choices', () => {
  const list = Array.from({ length: 200 }, (_, at) => at);

  it('draw the same few of a list again and again, others with another seed, and all of it now and then', () => {
    const drawn = (seed: number): readonly number[] => {
      const random = new Random(seed);
      return Array.from({ length: 400 }, () => random.usual(list));
    };
    const often = (seed: number): readonly number[] => {
      const counts = new Map<number, number>();
      for (const one of drawn(seed)) counts.set(one, (counts.get(one) ?? 0) + 1);
      return [...counts].filter(([, count]) => count > 10).map(([one]) => one);
    };
    expect(often(1).length).toBeLessThanOrEqual(9);
    expect(often(1).length).toBeGreaterThan(4);
    expect(often(1)).not.toEqual(often(2));
    expect(new Set(drawn(1)).size).toBeGreaterThan(50);
  });

  it('make near misses of a text: mostly others, of about its length', () => {
    const random = new Random(3);
    const made = Array.from({ length: 200 }, () => nearMiss('quick', random));
    expect(new Set(made).size).toBeGreaterThan(100);
    expect(made.every((text) => Math.abs(text.length - 5) <= 3)).toBe(true);
  });
});
