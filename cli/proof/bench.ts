import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { packageRoot } from '../text/package-root.ts';
import { conditions } from './bench/conditions.ts';
import { sequences } from './bench/sequences.ts';
import { readTar } from './tar.ts';

const RUNS = 9;
const root = packageRoot();
const dac = join(root, 'dist/dac.mjs');

/** Node reads extra certificates at its start, which has nothing to do with us. */
const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;

interface Measured {
  readonly min: number;
  readonly median: number;
  /** Greatest resident set, in MB. */
  readonly peak: number;
}

/** Prints the peak memory of the process as its last line on stderr, whatever becomes of it. */
const PEAK = `process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS))`;

/** Wall times of runs of a program, in milliseconds. A run with findings counts like one without; one that fails ends the bench. */
function measure(args: readonly string[], before: () => void = () => {}): Measured {
  const times: number[] = [];
  let peak = 0;
  for (let run = 0; run < RUNS; run++) {
    before();
    const start = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(PEAK)}`, ...args],
      {
        cwd: root,
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      },
    );
    times.push(performance.now() - start);
    if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${stderr}`);
    peak = Math.max(peak, Number(stderr.trim().split('\n').at(-1)) / 1000);
  }
  times.sort((a, b) => a - b);
  return { min: times[0] ?? NaN, median: times[RUNS >> 1] ?? NaN, peak };
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
    ['dac lint, one rule', '100 ms', measure([dac, 'lint', rule])],
    ['dac check, this repository', '', measure([dac, 'check'])],
  ];
  if (written !== undefined) {
    const corpus = corpusFolder(written, folder);
    rows.push(['dac lint, corpus', '600 ms, 300 MB', measure([dac, 'lint', corpus, '--format', 'json'], cold)]);
  }
  process.stdout.write(
    `${'milliseconds of ' + String(RUNS) + ' runs'.padEnd(9)}`.padEnd(30) + 'min  median  peak MB  goal\n',
  );
  for (const [name, goal, { min, median, peak }] of rows)
    process.stdout.write(
      `${name.padEnd(26)} ${min.toFixed(0).padStart(6)} ${median.toFixed(0).padStart(7)} ${peak.toFixed(0).padStart(8)}  ${goal}\n`.replace(
        / +\n/,
        '\n',
      ),
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
conditions((line) => process.stdout.write(`${line}\n`));
sequences((line) => process.stdout.write(`${line}\n`));
