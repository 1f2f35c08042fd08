import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../text/package-root.ts';
import { requestKills } from './faults/kills.ts';
import { pullKills } from './faults/pull.ts';
import { sampleOf } from './faults/sample.ts';

/** Kills at once. */
const WORKERS = 2;

const { values } = parseArgs({ options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } } });
const dac = join(packageRoot(), 'dist/dac.mjs');
if (!existsSync(dac)) {
  process.stderr.write('dist/dac.mjs is not there: npm run build\n');
  process.exit(2);
}
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const started = performance.now();
const all = [...(await requestKills([dac])), ...(await pullKills([dac]))];
const kills = values.sample === undefined ? all : sampleOf(all, Number(values.sample), Number(values.seed));
const queue = [...kills];
let converged = 0;
const work = async (): Promise<void> => {
  for (let kill = queue.shift(); kill !== undefined; kill = queue.shift()) {
    const fault = await kill.fault();
    if (fault === undefined) converged++;
    else print(`${kill.name}: ${fault}`);
  }
};
await Promise.all(Array.from({ length: WORKERS }, work));
const seconds = (performance.now() - started) / 1000;
print(`${kills.length} kills of ${all.length}, ${converged} converged, in ${seconds.toFixed(0)} s`);
process.exitCode = kills.length > 0 && converged === kills.length ? 0 : 1;
