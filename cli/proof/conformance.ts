import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { walk } from '../text/walk.ts';
import { loadRuleFile } from '../rule/load.ts';
import { readTar } from './tar.ts';
import { vectorsOf } from './vectors.ts';

const args = process.argv.slice(2);
const [folder] = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--format');
const json = args.includes('--format') && args[args.indexOf('--format') + 1] === 'json';
if (folder === undefined || !existsSync(folder)) {
  process.stderr.write('usage: npm run conformance -- DIR [--format json]\n');
  process.exit(2);
}

/** Queries of a corpus that lies beside the vectors, by hash. */
let queries: Map<string, string> | undefined;
const byHash = (hash: string): string | undefined => {
  if (queries === undefined) {
    queries = new Map();
    const corpus = join(folder, '../corpus/rules.tar.gz');
    if (existsSync(corpus))
      for (const { path, bytes } of readTar(readFileSync(corpus))) {
        const query = path.endsWith('.toml') ? loadRuleFile(path, bytes).rule?.body.query : undefined;
        if (query !== undefined) queries.set(createHash('sha256').update(query).digest('hex'), query);
      }
  }
  return queries.get(hash);
};

const files = walk(folder, /\.json$/)
  .map((path) => ({
    path,
    name: relative(folder, path)
      .split(sep)
      .join('/')
      .replace(/\.json$/, ''),
  }))
  .filter(({ name }) => !name.includes('datasets/'));

interface Suite {
  readonly name: string;
  readonly passed: number;
  readonly total: number;
  readonly failures: readonly { readonly id: string; readonly reason: string | undefined }[];
}
const suites: Suite[] = [];
for (const { path, name } of files) {
  const outcomes: { id: string; reason: string | undefined }[] = [];
  for (const vector of vectorsOf(name, path, byHash)) outcomes.push({ id: vector.id, reason: await vector.run() });
  const judged = outcomes.filter(({ reason }) => reason !== 'skip');
  const failures = judged.filter((one) => one.reason !== undefined);
  suites.push({ name, passed: judged.length - failures.length, total: judged.length, failures });
}
if (json) process.stdout.write(`${JSON.stringify({ suites }, null, 1)}\n`);
else {
  for (const { name, passed, total } of suites) process.stdout.write(`${name} ${passed}/${total}\n`);
  const sum = (key: 'passed' | 'total'): number => suites.reduce((all, one) => all + one[key], 0);
  process.stdout.write(`all ${sum('passed')}/${sum('total')}\n`);
}
