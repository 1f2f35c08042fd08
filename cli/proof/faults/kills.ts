import { isDeepStrictEqual } from 'node:util';
import { isRecordTag } from '../../kibana/state/record.ts';
import { elements, jsonText, own } from '../../text/json.ts';
import { emptySpace, newWorld, spaceOf, steady, type Space, type World } from '../../kibana/standin/index.ts';
import { checkout, runChild, type Death, type Ended, type Program } from './child.ts';
import { FIRST, THEN, type Repository } from './scenario.ts';
import { contentOf, copyOf, exceptionsByRule, violation, type Ends } from './space.ts';

const MARKER = 'Managed by: dac';
const PUSH = ['push', '--yes', '--prune', '--prune-limit', '100'];

/** One death of one process. */
export interface Kill {
  readonly name: string;
  /** Kills it, runs it again, and says what is not as it should be; undefined: all is. */
  readonly fault: () => Promise<string | undefined>;
}

/** A command that is killed at each of its requests, and run once more. */
interface Course {
  readonly name: string;
  readonly args: readonly string[];
  readonly repository: Repository;
  /** The space before the run. */
  readonly world: World;
  readonly ends: Ends;
  readonly whole: ReturnType<typeof contentOf>;
  readonly requests: Ended['requests'];
}

const spaceIn = (world: World): Space => spaceOf(world, 'soc');

function emptyWorld(): World {
  const world = newWorld(steady());
  world.spaces.set('soc', emptySpace('SOC'));
  return world;
}

/** One run that nobody disturbs; throws if it does not end well. */
async function undisturbed(program: Program, args: readonly string[], repository: Repository, world: World): Promise<Ended> {
  const { folder, remove } = checkout(repository);
  try {
    const ended = await runChild({ program, args, folder, world, concurrency: 1 });
    if (ended.code !== 0) throw new Error(`dac ${args.join(' ')} ended with ${String(ended.code)}\n${ended.output}`);
    return ended;
  } finally {
    remove();
  }
} // prettier-ignore

async function course(
  program: Program,
  name: string,
  args: readonly string[],
  repository: Repository,
  world: World,
): Promise<Course> {
  const after = copyOf(world);
  const { requests } = await undisturbed(program, args, repository, after);
  await undisturbed(program, ['plan', '--exit-code'], repository, copyOf(after));
  const [then, now] = [spaceIn(after), spaceIn(world)];
  const on = [...now.rules.values()].filter((rule) => own(rule, 'enabled') === true).map((rule) => jsonText(own(rule, 'rule_id')));
  const ends = { before: exceptionsByRule(now), after: exceptionsByRule(then), on: new Set(on) };
  return { name, args, repository, world, ends, whole: contentOf(then), requests };
} // prettier-ignore

/** The space as somebody has made it in Kibana: all that is ours without mark and record. */
function withoutMarks(world: World): World {
  const copy = copyOf(world);
  const { rules, lists, items, valueLists } = spaceIn(copy);
  for (const documents of [rules, lists, items, valueLists])
    for (const [id, document] of documents) {
      const { meta: _meta, ...rest } = document;
      const tags = elements(own(rest, 'tags')).filter((tag) => tag !== MARKER && !isRecordTag(tag));
      documents.set(id, 'tags' in rest ? { ...rest, tags } : rest);
    }
  for (const documents of [lists, items])
    for (const [id, document] of documents)
      if (jsonText(own(document, 'list_id')).startsWith('dac-')) documents.delete(id);
  return copy;
}

/** A space to which FIRST was pushed. */
export async function pushedFirst(program: Program): Promise<World> {
  const world = emptyWorld();
  await undisturbed(program, PUSH, FIRST, world);
  return world;
}

/** A push to an empty space, a push with every kind of change, and an adoption. */
async function courses(program: Program): Promise<readonly Course[]> {
  const first = await pushedFirst(program);
  return [
    await course(program, 'push to an empty space', PUSH, FIRST, emptyWorld()),
    await course(program, 'push of every kind of change', PUSH, THEN, first),
    await course(program, 'adopt', ['adopt', '*', '--yes'], FIRST, withoutMarks(first)),
  ];
}

/** Every death of a course: before each request, and after each that may change something. */
const deathsOf = ({ requests }: Course): readonly Death[] =>
  requests.flatMap(({ number, method }): Death[] =>
    method === 'GET'
      ? [{ at: number, moment: 'before' }]
      : [
          { at: number, moment: 'before' },
          { at: number, moment: 'after' },
        ],
  );

/** Kills the command, runs it again, and says what is not as it should be; undefined: all is. */
async function faultAfter(
  program: Program,
  { args, repository, world, ends, whole }: Course,
  death: Death,
  concurrency: number,
): Promise<string | undefined> {
  const copy = copyOf(world);
  const space = spaceIn(copy);
  let found: string | undefined;
  const { folder, remove } = checkout(repository);
  try {
    const run = { program, args, folder, world: copy, concurrency };
    const onDone = ({ number, method, path }: { number: number; method: string; path: string }): void => {
      const what = method === 'GET' ? undefined : violation(space, ends);
      if (what !== undefined) found ??= `${what} (after request ${number}, ${method} ${path})`;
    };
    const killed = await runChild({ ...run, death, onDone });
    // On a busy machine a request can have been sent twice when they were counted: then the last ones never come.
    const isOver = killed.code === 0 && killed.requests.length < death.at;
    if (killed.code !== null && !isOver) return `it was not killed, but ended with ${killed.code}\n${killed.output}`;
    const again = await runChild({ ...run, onDone });
    if (found !== undefined) return found;
    if (again.code !== 0) return `run again, it ended with ${String(again.code)}\n${again.output}`;
    const there = contentOf(space);
    const kind = Object.keys(whole).find((one) => !isDeepStrictEqual(whole[one], there[one]));
    if (kind === undefined) return undefined;
    return `run again, ${kind} are not as after a run that nobody disturbs:\n${JSON.stringify(there[kind], null, 1)}\nand not\n${JSON.stringify(whole[kind], null, 1)}`;
  } finally {
    remove();
  }
}

/**
 * Every death of every course: one request at a time, so that each is met; then, at every fourth request, several at once, where
 * the order of requests is another each time.
 */
export async function requestKills(program: Program): Promise<readonly Kill[]> {
  const all = await courses(program);
  return all.flatMap((one) =>
    [1, 4].flatMap((concurrency) =>
      deathsOf(one)
        .filter(({ at }) => concurrency === 1 || at % 4 === 0)
        .map((death): Kill => {
          const { method = '', path = '' } = one.requests[death.at - 1] ?? {};
          return {
            name: `${one.name}, ${concurrency} at once, killed ${death.moment} request ${death.at} of ${one.requests.length} (${method} ${path})`,
            fault: () => faultAfter(program, one, death, concurrency),
          };
        }),
    ),
  );
}
