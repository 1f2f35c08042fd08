import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { visibleLine } from '../text/display.ts';
import { isJsonObject, type Json } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { fuzzRuns, withRun } from './fuzz-runs.ts';
import { knownKinds } from './gate.ts';
import { readArguments, USAGE, type Command } from './oracle/arguments.ts';
import type { Difference } from './oracle/difference.ts';
import { runFuzz } from './oracle/fuzz/run.ts';
import { isKnown, knownVectors } from './oracle/known.ts';
import { isNotRun, type NotRunResult } from './oracle/not-run.ts';
import { jsonReport, textReport, type SuiteLine } from './oracle/report.ts';
import { ensureServer, runningNodes, stopServers } from './oracle/server/server.ts';
import type { NodeStatus } from './oracle/server/status.ts';
import { withCluster } from './oracle/session.ts';
import { readFolder } from './oracle/vectors/folder.ts';
import { runSuites } from './oracle/vectors/suites.ts';

const print = (line: string): void => void process.stdout.write(`${visibleLine(line)}\n`);
const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const readJson = (name: string): Json => JSON.parse(readFileSync(beside(name), 'utf8')) as Json;

const given = readArguments(process.argv.slice(2), { env: process.env, freshSeed: () => randomInt(1, 1e9) });
if (given === undefined) usage();
const { command, json, target } = given;
try {
  await run(command);
} catch (error) {
  if (!(error instanceof KnownError)) throw error;
  process.stderr.write(`error: ${visibleLine(error.message)}\n`);
  process.exitCode = 2;
}

async function run(command: Command): Promise<void> {
  switch (command.does) {
    case 'start':
      await start();
      break;
    case 'stop':
      list(await stopServers(target), 'stopped');
      break;
    case 'status':
      list(await runningNodes(target), 'runs');
      break;
    case 'vectors':
      await vectors(command);
      break;
    case 'fuzz':
      await fuzzing(command);
  }
}

function usage(): never {
  process.stderr.write(USAGE);
  process.exit(2);
}

async function start(): Promise<void> {
  const server = await ensureServer({ ...target, keep: true });
  if (isNotRun(server)) return print(`not run: ${server.notRun}`);
  server.release();
  print(`Elasticsearch ${server.version} ${server.started ? 'started' : 'runs already'}: ${server.url}`);
}

function list(nodes: readonly NodeStatus[] | NotRunResult, does: string): void {
  if (isNotRun(nodes)) return print(`not run: ${nodes.notRun}`);
  for (const { version, url, pid } of nodes) print(`Elasticsearch ${version} ${does}: ${url}, process ${pid}`);
  if (nodes.length === 0) print('no server runs');
}

async function vectors({ folder, gate }: Extract<Command, { does: 'vectors' }>): Promise<void> {
  const asked = readFolder(folder);
  const known = knownVectors(readJson('known-differences.json'));
  const suites: SuiteLine[] = [];
  const differences: Difference[] = [];
  const ended = await withCluster(target, (cluster) =>
    runSuites(
      cluster,
      asked,
      (one) => isKnown(known, one, cluster.version),
      (suite) => {
        suites.push(suite.line);
        differences.push(...suite.differences);
      },
    ),
  );
  const held = readJson('floors.json');
  const counts = ({ suite = '' }: Difference): boolean => !gate || (isJsonObject(held) && Object.hasOwn(held, suite));
  report(suites, differences, ended, counts);
}

async function fuzzing({ record, ...request }: Extract<Command, { does: 'fuzz' }>): Promise<void> {
  process.stderr.write(`seed ${request.seed}\n`);
  const ended = await withCluster(target, (cluster) =>
    runFuzz(cluster, request, knownKinds(readJson('known-differences.json'))),
  );
  if (isNotRun(ended)) return report([], [], ended);
  report(ended.suites, ended.differences, ended.ended);
  if (!record || ended.ended !== undefined) return;
  const runs = withRun(fuzzRuns(readJson('fuzz-runs.json')), ended.run);
  writeFileSync(beside('fuzz-runs.json'), `${JSON.stringify({ runs }, null, 2)}\n`);
}

function report(
  suites: readonly SuiteLine[],
  differences: readonly Difference[],
  ended: NotRunResult | undefined,
  counts: (difference: Difference) => boolean = () => true,
): void {
  const whole = { suites, differences, ...(ended === undefined ? {} : { notRun: ended.notRun }) };
  process.stdout.write(json ? jsonReport(whole) : textReport(whole));
  if (differences.some(counts)) process.exitCode = 1;
}
