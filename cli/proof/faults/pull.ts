import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { jsonText, own } from '../../text/json.ts';
import { spaceOf, type World } from '../../kibana/standin/index.ts';
import { checkout, runChild, type Ended, type Program } from './child.ts';
import { pushedFirst, type Kill } from './kills.ts';
import { FIRST } from './scenario.ts';
import { copyOf } from './space.ts';

/** Where in a write a process dies; `half`: half of a text is in the file. */
type Moment = 'before' | 'half' | 'after';
const MOMENTS: readonly Moment[] = ['before', 'half', 'after'];

/**
 * Loaded into the child before the program: kills it with SIGKILL at one of its calls that write files, and says at the end how
 * many there were. The calls are those of the real file system.
 */
const preload = (at: number, moment: Moment): string => `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
let calls = 0;
for (const name of ['writeFileSync', 'renameSync', 'chmodSync', 'mkdirSync', 'rmSync', 'unlinkSync', 'linkSync', 'fsyncSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    const isIt = ++calls === ${at};
    if (isIt && '${moment}' === 'half' && typeof args[1] === 'string' && name === 'writeFileSync')
      real(args[0], args[1].slice(0, args[1].length / 2), ...args.slice(2));
    if (isIt && '${moment}' !== 'after') process.kill(process.pid, 'SIGKILL');
    const result = real(...args);
    if (isIt) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}
syncBuiltinESMExports();
process.on('exit', () => process.stderr.write('\\ncalls ' + calls));
`;

const killedAt = (program: Program, at: number, moment: Moment): Program => [
  '--import',
  `data:text/javascript,${encodeURIComponent(preload(at, moment))}`,
  ...program,
];

type Tree = ReadonlyMap<string, string>;

/** The files that a repository is made of, by path. What begins with a dot is no rule, list or value of anybody. */
const treeOf = (folder: string): Tree =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && one.name !== 'dac.toml' && !one.name.startsWith('.'))
      .map((one) => join(one.parentPath, one.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );

/** The space as people have changed it since: rules, an item, values, and a rule of their own. */
function editedInKibana(world: World): World {
  const copy = copyOf(world);
  const { rules, items, valueItems } = spaceOf(copy, 'soc');
  for (const [id, rule] of rules)
    if (['stays', 'changes', 'goes-off'].includes(jsonText(own(rule, 'rule_id'))))
      rules.set(id, { ...rule, severity: 'critical', risk_score: 99, updated_by: 'eve' });
  const [made] = [...rules.values()];
  if (made !== undefined)
    rules.set('made', { ...made, id: 'made', rule_id: 'made-in-kibana', name: 'Made in Kibana', tags: [], meta: {}, actions: [], exceptions_list: [] }); // prettier-ignore
  for (const [id, item] of items) if (own(item, 'item_id') === 'changed') items.set(id, { ...item, description: 'edited' }); // prettier-ignore
  const value = [...valueItems.values()].find((one) => own(one, 'value') === 'one');
  if (value !== undefined) valueItems.set('more', { ...value, id: 'more', value: 'seven' });
  return copy;
}

function brokenFile(before: Tree, after: Tree, there: Tree): string | undefined {
  for (const [path, text] of there)
    if (text !== before.get(path) && text !== after.get(path)) return `${path} is neither as it was nor as it is to be`;
  for (const path of before.keys()) if (!there.has(path)) return `${path} is gone`;
  return undefined;
}

/** Every death of a pull, each as a name and what finds its fault. */
export async function pullKills(program: Program): Promise<readonly Kill[]> {
  const world = editedInKibana(await pushedFirst(program));
  const pull = async (folder: string, started: Program): Promise<Ended> =>
    await runChild({ program: started, args: ['pull'], folder, world: copyOf(world), concurrency: 1 });
  const whole = checkout(FIRST);
  const [before, ended] = [treeOf(whole.folder), await pull(whole.folder, killedAt(program, 0, 'before'))];
  const after = treeOf(whole.folder);
  whole.remove();
  const calls = Number(/calls (\d+)$/.exec(ended.output)?.[1]);
  if (ended.code !== 0 || !(calls > 0)) throw new Error(`dac pull ended with ${String(ended.code)}\n${ended.output}`);

  const faultAfter = async (at: number, moment: Moment): Promise<string | undefined> => {
    const { folder, remove } = checkout(FIRST);
    try {
      const killed = await pull(folder, killedAt(program, at, moment));
      if (killed.code !== null) return `it was not killed\n${killed.output}`;
      const broken = brokenFile(before, after, treeOf(folder));
      if (broken !== undefined) return broken;
      const again = await pull(folder, program);
      if (again.code !== 0) return `run again, it ended with ${String(again.code)}\n${again.output}`;
      const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) => basename(path).startsWith('.') && basename(path) !== '.dac-cache'); // prettier-ignore
      if (left !== undefined) return `run again, ${left} is left`;
      const there = treeOf(folder);
      const other = [...after, ...there].find(([path]) => there.get(path) !== after.get(path));
      return other === undefined ? undefined : `run again, ${other[0]} is not as after a pull that nobody disturbs`;
    } finally {
      remove();
    }
  };
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) =>
    MOMENTS.map((moment) => ({
      name: `pull, killed ${moment} call ${at} of ${calls} that writes a file`,
      fault: () => faultAfter(at, moment),
    })),
  );
}
