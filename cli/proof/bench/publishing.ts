import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { own } from '../../text/json.ts';
import { packageRoot } from '../../text/package-root.ts';
import { emptySpace, newWorld, startStandIn, steady } from '../../kibana/standin/index.ts';
import { readTar } from '../tar.ts';

/**
 * Pushes rules to an empty space of the stand-in, and again when there is nothing to do. The program runs as a process of its
 * own, so that its time and memory are those of a user; the stand-in, in this process, shares the machine with it.
 */
const [tar, latency = '5'] = process.argv.slice(2);
if (tar === undefined || !existsSync(tar)) {
  process.stderr.write('usage: node --import tsx cli/proof/bench/publishing.ts RULES.tar.gz [LATENCY_MS]\n');
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

const rules = readTar(readFileSync(tar)).filter(({ path }) => path.endsWith('.toml'));
const world = newWorld(steady());
for (const space of ['off', 'on']) world.spaces.set(space, emptySpace(space));
const server = await startStandIn({ world, latency: Number(latency) });
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
    for (const name of ['to an empty space', 'again, nothing to do']) {
      const { code, seconds, peak, last } = await dac('push', '--env', space, '--yes');
      const there = [...(world.spaces.get(space)?.rules.values() ?? [])];
      const on = there.filter((rule) => own(rule, 'enabled') === true).length;
      process.stdout.write(
        `push of ${rules.length} rules, ${space}, ${name}: ${seconds.toFixed(1)} s, ${peak.toFixed(0)} MB, exit ${code}; ${there.length} rules there, ${on} on\n  ${last}\n`,
      );
    }
  }
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
