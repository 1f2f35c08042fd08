import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { visibleLine } from '../text/display.ts';
import { walk } from '../text/walk.ts';
import { loadRuleFile } from '../rule/load.ts';
import type { Json } from '../text/json.ts';
import { conformancePage, withConformance } from './conformance-page.ts';
import { fuzzRuns } from './fuzz-runs.ts';
import { knownDifferences, knownKinds, shortfalls, type SuiteResult } from './gate.ts';
import { readTar } from './tar.ts';
import { vectorsOf } from './vectors.ts';

const USAGE = `usage: npm run conformance -- DIR [--format json] [--gate] [--write-docs]

  --format json  the result as {"suites": [{name, passed, total, failures}]}
  --gate         exit 1 when a suite falls below its floor in cli/proof/floors.json
  --write-docs   write docs/conformance.md and the tables in docs/
`;

function readArguments(): { folder: string; json: boolean; gate: boolean; writeDocs: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { format: { type: 'string' }, gate: { type: 'boolean' }, 'write-docs': { type: 'boolean' } },
    });
    const [folder] = positionals;
    const known = values.format === undefined || values.format === 'json' || values.format === 'text';
    if (folder === undefined || positionals.length > 1 || !existsSync(folder) || !known) return undefined;
    return {
      folder,
      json: values.format === 'json',
      gate: values.gate === true,
      writeDocs: values['write-docs'] === true,
    };
  } catch {
    return undefined;
  }
}
const given = readArguments();
if (given === undefined) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const { folder, json } = given;

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

const below = /^(.*)\/(dsl|eql|esql|kibana|kql|lucene)\/?$/.exec(folder.replaceAll(sep, '/'));
if (below?.[1] !== undefined && files.every(({ name }) => !name.includes('/'))) {
  process.stderr.write(
    `error: ${folder} holds the suites of ${below[2] ?? ''} alone\n  help: give the folder above it, ${below[1]}\n`,
  );
  process.exit(2);
}

const suites: SuiteResult[] = [];
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

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const readJson = (name: string): Json => JSON.parse(readFileSync(beside(name), 'utf8')) as Json;
const known = knownDifferences(readJson('known-differences.json'));
const random = { runs: fuzzRuns(readJson('fuzz-runs.json')), kinds: knownKinds(readJson('known-differences.json')) };
if (given.writeDocs) {
  const docs = beside('../../docs');
  writeFileSync(join(docs, 'conformance.md'), conformancePage(suites, known, random));
  for (const name of readdirSync(docs).filter((each) => each.endsWith('.md') && each !== 'conformance.md')) {
    const page = readFileSync(join(docs, name), 'utf8');
    const written = withConformance(page, suites);
    if (written !== page) writeFileSync(join(docs, name), written);
  }
}
if (given.gate) {
  const lacking = shortfalls(suites, readJson('floors.json'), known);
  for (const line of lacking) process.stderr.write(`below its floor: ${visibleLine(line)}\n`);
  if (lacking.length > 0) process.exitCode = 1;
}
