import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { visibleLine } from '../text/display.ts';
import { isNotRun, type NotRunResult } from './oracle/not-run.ts';
import { jsonReport, textReport, type Report } from './oracle/report.ts';
import { ensureServer, runningNodes, stopServers } from './oracle/server/server.ts';
import type { NodeStatus } from './oracle/server/status.ts';
import { withCluster, type Target } from './oracle/session.ts';
import { runSuites, type SuiteReport } from './oracle/vectors/suites.ts';

const USAGE = `usage: npm run oracle -- start | stop | status [--server-version V]
       npm run oracle -- DIR [--format json] [--server-version V | --against URL]

  start, stop, status  the server: one node, which later calls use; without a version, stop and status speak of all
  DIR                  asks a server and our engine the vectors below DIR, and compares; starts the server where none runs
  --server-version V   9.2.0 where none is given
  --against URL        a server that runs already; DAC_ELASTICSEARCH_API_KEY holds its key where it wants one
  --format json        {suites, pairs, differences, not_run}
`;

const print = (line: string): void => void process.stdout.write(`${visibleLine(line)}\n`);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { format: { type: 'string' }, 'server-version': { type: 'string' }, against: { type: 'string' } },
    });
    const [what] = positionals;
    if (what === undefined || positionals.length > 1 || ![undefined, 'json', 'text'].includes(values.format))
      return undefined;
    const { 'server-version': version, against } = values;
    const target: Target = {
      env: process.env,
      ...(version === undefined ? {} : { version }),
      ...(against === undefined ? {} : { against }),
    };
    return { what, json: values.format === 'json', target };
  } catch {
    return undefined;
  }
}

const given = readArguments();
if (given === undefined) usage();
const { what, json, target } = given;
if (what === 'start') await start();
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
  process.stdout.write(json ? jsonReport(report) : textReport(report));
  if (differences.length > 0) process.exitCode = 1;
}
