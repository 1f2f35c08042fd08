/** So many of a list are usual. */
const USUAL = 9;

/** Random choices from a seed: the same seed gives the same choices on every machine (mulberry32). */
export class Random {
  #state: number;
  readonly #usual = new Map<readonly unknown[], readonly unknown[]>();

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** Whether something happens that happens `share` of the time. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.int(0, list.length - 1)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  /**
   * Mostly one of a few that are drawn once for each list: documents and queries that draw from the same source hold the same
   * values then, so that it matters what a query does to them.
   */
  usual<T>(list: readonly T[]): T {
    if (list.length <= USUAL || this.chance(0.3)) return this.pick(list);
    let few = this.#usual.get(list) as readonly T[] | undefined;
    if (few === undefined) this.#usual.set(list, (few = this.picks(list, USUAL)));
    return this.pick(few);
  }

  /** `count` picks, with repeats. */
  picks<T>(list: readonly T[], count: number): T[] {
    return Array.from({ length: count }, () => this.pick(list));
  }

  /** One of several makers, each as often as its weight. */
  weighted<T>(choices: readonly (readonly [weight: number, make: () => T])[]): T {
    let at = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, make] of choices) {
      at -= weight;
      if (at < 0) return make();
    }
    const last = choices.at(-1);
    if (last === undefined) throw new Error('nothing to choose from');
    return last[1]();
  }

  /** A seed for a part of the work that does not depend on how much the parts before it drew. */
  fork(): Random {
    return new Random(Math.floor(this.next() * 4294967296));
  }
}
