import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../fields/event.ts';
import { jsonText } from '../../../text/json.ts';
import { found, timeline } from './timeline.ts';

/*
 * The same question asked in the way that Elasticsearch asks it: all hits of one stage, then all of the next, candidates in
 * lists, missing events looked up at the end. Slow and plain; the matcher goes event by event and keeps next to nothing.
 */

interface Small {
  readonly id: string;
  readonly letter: string;
  readonly ms: number;
  readonly user: string | undefined;
}
interface Open {
  readonly events: readonly (Small | undefined)[];
  readonly first: Small;
  readonly last: Small;
}

interface Shape {
  /** Category of each stage; a missing stage has a `!` before it. */
  readonly stages: readonly string[];
  readonly until: string | undefined;
  readonly maxspan: number | undefined;
}

/** `opening`: the event that the search for `until` begins behind, the first of any key that opens a candidate. */
function ofOneKey(
  events: readonly Small[],
  { stages, until, maxspan }: Shape,
  opening: Small | undefined,
): readonly Open[] {
  const at = new Map(events.map((event, i) => [event, i]));
  const place = (event: Small): number => at.get(event) ?? 0;
  const hitsOf = (letter: string): readonly Small[] =>
    events.filter((event) => event.letter === letter || letter === 'any');
  const ends = until === undefined ? [] : hitsOf(until).filter((end) => end !== opening);
  let open: Open[] = [];
  let begun = false;
  stages.forEach((stage, number) => {
    if (stage.startsWith('!')) return;
    const next: Open[] = [];
    for (const hit of hitsOf(stage)) {
      const places = new Array<Small | undefined>(stages.length).fill(undefined);
      if (!begun) {
        places[number] = hit;
        next.push({ events: places, first: hit, last: hit });
        continue;
      }
      const before = open.filter((one) => place(one.last) < place(hit));
      const taken = before.at(-1);
      if (taken === undefined) continue;
      open = open.filter((one) => !before.includes(one));
      if (maxspan !== undefined && hit.ms - taken.first.ms > maxspan) continue;
      if (ends.some((end) => place(end) < place(hit) && place(end) >= place(taken.last))) continue;
      next.push({ ...taken, last: hit, events: taken.events.map((one, i) => (i === number ? hit : one)) });
    }
    begun = true;
    open = next;
  });
  return open.filter((one) => notThere(one, stages, hitsOf, maxspan ?? Infinity));
}

function notThere(
  { events, first, last }: Open,
  stages: readonly string[],
  hitsOf: (letter: string) => readonly Small[],
  maxspan: number,
): boolean {
  const leading: number[] = [];
  const trailing: number[] = [];
  let between = false;
  stages.forEach((stage, number) => {
    if (!stage.startsWith('!')) return;
    const times = hitsOf(stage.slice(1)).map((hit) => hit.ms);
    const before = events.slice(0, number).findLast((one) => one !== undefined);
    const after = events.slice(number).find((one) => one !== undefined);
    if (before === undefined) leading.push(...times.filter((ms) => ms < first.ms));
    else if (after === undefined) trailing.push(...times.filter((ms) => ms > last.ms));
    else between ||= times.some((ms) => ms > before.ms && ms < after.ms);
  });
  if (between) return false;
  const [lead, trail] = [Math.max(...leading), Math.min(...trailing)];
  const [opens, closes] = [stages[0]?.startsWith('!') === true, stages.at(-1)?.startsWith('!') === true];
  if (opens && closes) return trail - lead > maxspan;
  if (opens) return last.ms - lead > maxspan;
  return !closes || trail - first.ms > maxspan;
}

function oracle(events: readonly Event[], keyed: boolean, shape: Shape): readonly string[] {
  const small = events
    .map(({ id, source }): Small => ({
      id,
      letter: /^[a-z]+/.exec(id)?.[0] ?? '',
      ms: Date.parse(jsonText(source['@timestamp'])),
      user: typeof source['u'] === 'string' ? source['u'] : undefined,
    }))
    .map((event, i) => ({ event, i }))
    .sort((a, b) => a.event.ms - b.event.ms || a.i - b.i)
    .map(({ event }) => event);
  const opens = shape.stages.find((stage) => !stage.startsWith('!'));
  const opening = small.find(
    ({ letter, user }) => (letter === opens || opens === 'any') && (!keyed || user !== undefined),
  );
  const keys = keyed ? [...new Set(small.flatMap((event) => event.user ?? []))] : [undefined];
  return keys
    .flatMap((key) =>
      ofOneKey(
        small.filter((event) => !keyed || event.user === key),
        shape,
        opening,
      ).map((open) => ({ key, open })),
    )
    .sort((a, b) => small.indexOf(a.open.last) - small.indexOf(b.open.last))
    .map(({ key, open }) => {
      const ids = open.events.map((event) => event?.id ?? '-').join(' ');
      return key === undefined ? ids : `${key}: ${ids}`;
    });
}

const letters = fc.constantFrom('a', 'b', 'c', 'd');
const events = fc
  .array(fc.tuple(letters, fc.integer({ min: 0, max: 24 }), fc.constantFrom('x', 'y', undefined)), { maxLength: 24 })
  .map((list) =>
    timeline(
      list.map(([letter, at, user]) => `${letter}${at / 2}${user === undefined ? '' : `(u=${user})`}`).join(' '),
    ),
  )
  .map((list) => list.map((event): Event => ({ ...event, id: `${event.id}#${event.ordinal}` })));

const positive = fc.constantFrom('a', 'b', 'c', 'any');
const shape: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({
    stages: fc.array(positive, { minLength: 2, maxLength: 4 }),
    until: fc.option(letters, { nil: undefined }),
    maxspan: fc.constantFrom(undefined, 1000, 2500, 5000),
  }),
  fc.record({
    stages: fc
      .array(
        fc.oneof(
          positive,
          letters.map((one) => `!${one}`),
        ),
        { minLength: 2, maxLength: 5 },
      )
      .filter((stages) => stages.some((one) => !one.startsWith('!'))),
    until: fc.option(letters, { nil: undefined }),
    maxspan: fc.constantFrom(1000, 2500, 5000),
  }),
);

const queryOf = ({ stages, until, maxspan }: Shape, keyed: boolean): string =>
  [
    'sequence',
    ...(keyed ? ['by u'] : []),
    ...(maxspan === undefined ? [] : [`with maxspan=${maxspan}ms`]),
    ...stages.map((stage) => (stage.startsWith('!') ? `![${stage.slice(1)}]` : `[${stage}]`)),
    ...(until === undefined ? [] : [`until [${until}]`]),
  ].join(' ');

describe('the matcher', () => {
  it('finds what stage after stage finds', () => {
    fc.assert(
      fc.property(events, shape, fc.boolean(), (list, wanted, keyed) => {
        expect(found(queryOf(wanted, keyed), list, { size: 1000 })).toEqual(oracle(list, keyed, wanted));
      }),
      { numRuns: 1500 },
    );
  });

  it('finds the same in whatever order the events are handed over', () => {
    const shuffled = events.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, shape, fc.boolean(), ([list, mixed], wanted, keyed) => {
        const query = queryOf(wanted, keyed);
        expect(found(query, mixed)).toEqual(found(query, list));
      }),
      { numRuns: 300 },
    );
  });
});
