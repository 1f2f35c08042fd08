import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { packageRoot } from '../text/package-root.ts';
import { benches } from './bench/list.ts';
import { readTar } from './tar.ts';

const RUNS = 9;
const root = packageRoot();
const dac = join(root, 'dist/dac.mjs');

/** Node reads extra certificates at its start, which has nothing to do with us. */
const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;

/** Milliseconds, and megabytes. */
interface Measured {
  readonly min: number;
  readonly median: number;
  /** Processor time of all threads, of the run that took least of it. */
  readonly cpu: number;
  /** Greatest resident set. */
  readonly peak: number;
}

/** Prints processor time and peak memory of the process as its last line on stderr, whatever becomes of it. */
const USAGE = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write('\\n' + (userCPUTime + systemCPUTime) / 1000 + ' ' + maxRSS / 1000);
})`;

/** Wall times of runs of a program. A run with findings counts like one without; one that fails ends the bench. */
function measure(args: readonly string[], before: () => void = () => {}): Measured {
  const times: number[] = [];
  let cpu = Infinity;
  let peak = 0;
  for (let run = 0; run < RUNS; run++) {
    before();
    const start = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(USAGE)}`, ...args],
      {
        cwd: root,
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      },
    );
    times.push(performance.now() - start);
    if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${stderr}`);
    const [used = NaN, resident = NaN] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    cpu = Math.min(cpu, used);
    peak = Math.max(peak, resident);
  }
  times.sort((a, b) => a - b);
  return { min: times[0] ?? NaN, median: times[RUNS >> 1] ?? NaN, cpu, peak };
}

/** The folder of the corpus: the argument itself, or what its tar unpacks to. */
function corpusFolder(path: string, into: string): string {
  if (statSync(path).isDirectory()) return resolve(path);
  for (const file of readTar(readFileSync(path))) {
    const target = resolve(into, file.path);
    if (!target.startsWith(into + sep)) throw new Error(`${file.path} leads out of the archive`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.bytes);
  }
  return into;
}

const [written] = process.argv.slice(2);
if (written !== undefined && !existsSync(written)) {
  process.stderr.write('usage: npm run bench [-- FOLDER | RULES.tar.gz]\n');
  process.exit(2);
}
if (!existsSync(dac)) {
  process.stderr.write('dist/dac.mjs is not there: npm run build\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'dac-bench-'));
const cache = join(folder, 'cache');
const cold = (): void => {
  rmSync(cache, { recursive: true, force: true });
};
const rule = 'rules/linux/defense_evasion_root_certificate_installation.toml';
try {
  const rows: [name: string, goal: string, measured: Measured][] = [
    ['node, an empty program', '', measure(['-e', '0'])],
    ['dac --version', '60 ms', measure([dac, '--version'])],
    ['dac lint, one rule, no cache', '100 ms', measure([dac, 'lint', rule, '--no-cache'])],
    ['dac check, this repository', '', measure([dac, 'check', '--no-cache'])],
  ];
  if (written !== undefined) {
    const lint = [dac, 'lint', corpusFolder(written, folder), '--format', 'json'];
    const cached = [...lint, '--cache-location', cache];
    rows.push(
      ['dac lint, corpus, no cache', '600 ms, 300 MB', measure([...lint, '--no-cache'])],
      ['dac lint, corpus, new cache', '', measure(cached, cold)],
      ['dac lint, corpus, warm', '150 ms', measure(cached)],
    );
  }
  process.stdout.write(`${`milliseconds of ${RUNS} runs`.padEnd(30)} min  median     cpu  peak MB  goal\n`);
  for (const [name, goal, { min, median, cpu, peak }] of rows)
    process.stdout.write(
      `${name.padEnd(28)} ${min.toFixed(0).padStart(5)} ${median.toFixed(0).padStart(7)} ${cpu.toFixed(0).padStart(7)} ${peak.toFixed(0).padStart(8)}  ${goal}`.trimEnd() +
        '\n',
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// Each in a process of its own: what one has made the host optimise would slow the next one down.
for (const { name } of benches) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'cli/proof/bench/one.ts'), name], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${name} ended with ${String(status)}`);
}
if (written !== undefined) {
  const publishing = join(root, 'cli/proof/bench/publishing.ts');
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', publishing, written], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`publishing ended with ${String(status)}`);
}
