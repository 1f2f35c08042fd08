/** The next place of a list that nobody has taken yet, in memory that threads share. */
export type Turns = Int32Array<SharedArrayBuffer>;

/** What one thread has made, with the places in the list that it belongs to. */
export type Share<Made> = readonly (readonly [at: number, made: Made])[];

/** So few that threads end together, so many that they seldom ask. */
const TURN = 8;

/** Takes turns with the other threads until the list is at its end. */
export function takeTurns<Item, Made>(
  turns: Turns,
  items: readonly Item[],
  make: (item: Item) => Made | undefined,
): Share<Made> {
  const made: [number, Made][] = [];
  for (let at = Atomics.add(turns, 0, TURN); at < items.length; at = Atomics.add(turns, 0, TURN))
    items.slice(at, at + TURN).forEach((item, index) => {
      const one = make(item);
      if (one !== undefined) made.push([at + index, one]);
    });
  return made;
}
