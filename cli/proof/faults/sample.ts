/** So many of them, chosen by a seed: the same one chooses the same (mulberry32). */
export function sampleOf<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const keyed = all.map((one) => [random(), one] as const).sort(([a], [b]) => a - b);
  return keyed.slice(0, count).map(([, one]) => one);
}
