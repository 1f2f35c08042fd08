/** A pattern whose automaton takes more work than the engine does for one pattern, whatever Elasticsearch makes of it. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** States, edges and steps that one pattern may cost: more than any pattern of a rule asks for. */
const MAX_WORK = 4_000_000;

/** Work spent on one pattern. A counted repetition of a counted repetition asks for any amount of it. */
export class Budget {
  #left = MAX_WORK;

  spend(work: number): void {
    this.#left -= work;
    if (this.#left < 0) throw new TooLarge();
  }
}
