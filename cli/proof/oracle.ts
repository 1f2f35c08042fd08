import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { visibleLine } from '../text/display.ts';
import type { Json } from '../text/json.ts';
import { fuzzRuns, withRun } from './fuzz-runs.ts';
import { knownKinds } from './gate.ts';
import { FUZZ_LANGUAGES } from './oracle/fuzz/fuzz.ts';
import { runFuzz, type FuzzRequest } from './oracle/fuzz/run.ts';
import { isNotRun, type NotRunResult } from './oracle/not-run.ts';
import { jsonReport, textReport, type Report } from './oracle/report.ts';
import { ensureServer, runningNodes, stopServers } from './oracle/server/server.ts';
import type { NodeStatus } from './oracle/server/status.ts';
import { withCluster, type Target } from './oracle/session.ts';
import { runSuites, type SuiteReport } from './oracle/vectors/suites.ts';

const USAGE = `usage: npm run oracle -- start | stop | status [--server-version V]
       npm run oracle -- DIR [--format json] [--server-version V | --against URL]
       npm run oracle -- --fuzz SECONDS [--seed N] [--language dsl|lucene|kql] [--record] [the options of DIR]

  start, stop, status  the server: one node, which later calls use; without a version, stop and status speak of all
  DIR                  asks a server and our engine the vectors below DIR, and compares; starts the server where none runs
  --fuzz SECONDS       compares random mappings, documents and queries for so long; the same --seed makes the same choices
  --language L         queries of one language alone; all of them, and indexing and grouping, where none is given
  --record             keeps the figures of the run for docs/conformance.md
  --server-version V   9.2.0 where none is given
  --against URL        a server that runs already; DAC_ELASTICSEARCH_API_KEY holds its key where it wants one
  --format json        {suites, pairs, differences, not_run}
`;

const print = (line: string): void => void process.stdout.write(`${visibleLine(line)}\n`);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        'server-version': { type: 'string' },
        against: { type: 'string' },
        fuzz: { type: 'string' },
        seed: { type: 'string' },
        language: { type: 'string' },
        record: { type: 'boolean' },
      },
    });
    const [what] = positionals;
    const fuzz = readFuzz(values);
    if ((what === undefined) === (fuzz === undefined) || positionals.length > 1) return undefined;
    if (![undefined, 'json', 'text'].includes(values.format)) return undefined;
    const { 'server-version': version, against } = values;
    const target: Target = {
      env: process.env,
      ...(version === undefined ? {} : { version }),
      ...(against === undefined ? {} : { against }),
    };
    return { what, fuzz, record: values.record === true, json: values.format === 'json', target };
  } catch {
    return undefined;
  }
}

/** What to compare at random; undefined where nobody asks for it. Throws for what is no number or no language. */
function readFuzz(values: { fuzz?: string; seed?: string; language?: string }): FuzzRequest | undefined {
  if (values.fuzz === undefined) return undefined;
  const [seconds, seed] = [Number(values.fuzz), Number(values.seed ?? Date.now() % 1_000_000)];
  const languages = FUZZ_LANGUAGES.filter((one) => values.language === undefined || values.language === one);
  if (!(seconds > 0) || !Number.isInteger(seed) || languages.length === 0) throw new Error('no request');
  return { seconds, seed, languages };
}

const given = readArguments();
if (given === undefined) usage();
const { what, fuzz, record, json, target } = given;
if (what === undefined) await random();
else if (what === 'start') await start();
else if (what === 'stop') list(await stopServers(target), 'stopped');
else if (what === 'status') list(await runningNodes(target), 'runs');
else if (existsSync(what)) await vectors(what);
else usage();

function usage(): never {
  process.stderr.write(USAGE);
  process.exit(2);
}

async function start(): Promise<void> {
  const server = await ensureServer({ ...target, keep: true });
  if (isNotRun(server)) return print(`not run: ${server.notRun}`);
  print(`Elasticsearch ${server.version} ${server.started ? 'started' : 'runs already'}: ${server.url}`);
}

function list(nodes: readonly NodeStatus[] | NotRunResult, does: string): void {
  if (isNotRun(nodes)) return print(`not run: ${nodes.notRun}`);
  for (const { version, url, pid } of nodes) print(`Elasticsearch ${version} ${does}: ${url}, process ${pid}`);
  if (nodes.length === 0) print('no server runs');
}

async function vectors(folder: string): Promise<void> {
  const suites: SuiteReport[] = [];
  const ended = await withCluster(target, (cluster) => runSuites(cluster, folder, (suite) => suites.push(suite)));
  const differences = suites.flatMap((suite) => suite.differences);
  const report: Report = {
    suites: suites.map((suite) => ({ ...suite, differences: suite.differences.length })),
    differences,
    ...(ended !== undefined && isNotRun(ended) ? { notRun: ended.notRun } : {}),
  };
  put(report);
}

async function random(): Promise<void> {
  if (fuzz === undefined) usage();
  const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const readJson = (name: string): Json => JSON.parse(readFileSync(beside(name), 'utf8')) as Json;
  const ended = await withCluster(target, (cluster) =>
    runFuzz(cluster, fuzz, knownKinds(readJson('known-differences.json'))),
  );
  if (isNotRun(ended)) return put({ suites: [], differences: [], notRun: ended.notRun });
  if (!json) print(`seed ${fuzz.seed}, server ${ended.run.server}`);
  put(ended);
  if (!record) return;
  const runs = withRun(fuzzRuns(readJson('fuzz-runs.json')), ended.run);
  writeFileSync(beside('fuzz-runs.json'), `${JSON.stringify({ runs }, null, 2)}\n`);
}

function put(report: Report): void {
  process.stdout.write(json ? jsonReport(report) : textReport(report));
  if (report.differences.length > 0) process.exitCode = 1;
}
