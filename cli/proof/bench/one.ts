import { benches } from './list.ts';

/** Runs the one bench that the argument names. */
const [wanted = ''] = process.argv.slice(2);
const bench = benches.find(({ name }) => name === wanted);
if (bench === undefined) throw new Error(`there is no bench ${wanted}`);
bench.run((line) => process.stdout.write(`${line}\n`));
