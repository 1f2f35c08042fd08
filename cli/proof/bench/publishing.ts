import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { own } from '../../text/json.ts';
import { packageRoot } from '../../text/package-root.ts';
import { emptySpace, newWorld, startStandIn, steady } from '../../kibana/standin/index.ts';
import { readTar, type TarFile } from '../tar.ts';

/**
 * Pushes rules to an empty space of the stand-in, again when there is nothing to do, and pulls them; once as the files have them,
 * once with all of them enabled. The program runs as a process of its own, so that its time and memory are those of a user; the
 * stand-in, in this process, shares the machine with it.
 */
const [source, latency = '5'] = process.argv.slice(2);
if (source === undefined || !existsSync(source)) {
  process.stderr.write('usage: node --import tsx cli/proof/bench/publishing.ts FOLDER | RULES.tar.gz [LATENCY_MS]\n');
  process.exit(2);
}
const PEAK = `process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS))`;
const folder = mkdtempSync(join(tmpdir(), 'dac-bench-'));

interface Run {
  readonly code: number | null;
  readonly seconds: number;
  /** Peak resident set, MB. */
  readonly peak: number;
  readonly last: string;
}

/** One run of the program in the folder. */
function dac(...args: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(PEAK)}`, join(packageRoot(), 'dist/dac.mjs'), ...args],
    { cwd: folder, env: { PATH: process.env['PATH'], DAC_KIBANA_API_KEY: 'a2V5LWlkOmtleS12YWx1ZQ==' } },
  );
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  return new Promise((resolve) =>
    child.on('close', (code) =>
      resolve({
        code,
        seconds: (performance.now() - started) / 1000,
        peak: Number(err.split('\n').at(-1)) / 1024,
        last: out.trimEnd().split('\n').at(-1) ?? err,
      }),
    ),
  );
}

/** Rule files of a folder or of an archive. */
function rulesIn(path: string): readonly TarFile[] {
  if (!statSync(path).isDirectory()) return readTar(readFileSync(path)).filter((one) => one.path.endsWith('.toml'));
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith('.toml'))
    .map((one) => join(one.parentPath, one.name))
    .map((one) => ({ path: relative(path, one), bytes: readFileSync(one) }));
}

const rules = rulesIn(source);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const world = newWorld(steady());
for (const space of ['off', 'on']) world.spaces.set(space, emptySpace(space));
const server = await startStandIn({ world, latency: Number(latency) });

const changedBytes = (): number =>
  rules.filter(({ path, bytes }) => !readFileSync(join(folder, 'rules', path)).equals(bytes)).length;

try {
  for (const { path, bytes } of rules) {
    const to = join(folder, 'rules', path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }
  const environments = ['off', 'on'].map(
    (space) => `[environments.${space}]\nurl = "${server.url}"\nspace = "${space}"\n`,
  );
  const allOn = '[[environments.on.overrides]]\nfiles = ["**"]\nenabled = true\n';
  writeFileSync(join(folder, 'dac.toml'), [...environments, allOn].join('\n'));
  for (const space of ['off', 'on']) {
    for (const [name, ...args] of [
      ['push to an empty space', 'push', '--yes'],
      ['push again, nothing to do', 'push', '--yes'],
      ['read-back', 'plan', '--exit-code'],
      ['pull', 'pull'],
    ] as const) {
      const { code, seconds, peak, last } = await dac(...args, '--env', space);
      const there = [...(world.spaces.get(space)?.rules.values() ?? [])];
      const on = there.filter((rule) => own(rule, 'enabled') === true).length;
      const figures = `${seconds.toFixed(1).padStart(5)} s ${peak.toFixed(0).padStart(4)} MB, exit ${String(code)}`;
      print(`${`${name}, ${space}`.padEnd(32)} ${figures}; ${there.length} rules there, ${on} on, ${changedBytes()} files changed`); // prettier-ignore
      print(`  ${last}`);
    }
  }
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
