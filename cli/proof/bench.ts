import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../text/package-root.ts';
import { sequences } from './bench/sequences.ts';

const RUNS = 9;
const dac = join(packageRoot(), 'dist/dac.mjs');
const env = { ...process.env };
delete env['NODE_EXTRA_CA_CERTS'];

/** Median wall time of a run of dac, in milliseconds. A run that finds faults counts like one that does not. */
function median(args: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    try {
      execFileSync(process.execPath, [dac, ...args], { stdio: 'ignore', env });
    } catch {
      // findings give exit code 1
    }
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN;
}

const [corpus] = process.argv.slice(2);
const rows: [string, readonly string[]][] = [
  ['dac --version', ['--version']],
  ['dac lint, one rule', ['lint', 'rules/linux/defense_evasion_root_certificate_installation.toml']],
  ['dac check, this repository', ['check']],
];
if (corpus !== undefined) rows.push([`dac lint ${corpus}`, ['lint', corpus, '--format', 'json']]);
for (const [name, args] of rows) process.stdout.write(`${name.padEnd(36)} ${median(args).toFixed(0)} ms\n`);
sequences((line) => process.stdout.write(`${line}\n`));
