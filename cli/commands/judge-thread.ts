import { parentPort, workerData } from 'node:worker_threads';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import { judge } from '../lint/verdict.ts';
import { loadRuleFile } from '../rule/load.ts';
import type { ThreadData } from './judge-files.ts';
import { takeTurns } from './take-turns.ts';

/** The program of a thread: judges files in turns with the others. */
const { files, settings, lock, turns } = workerData as ThreadData;
const context = {
  settings,
  mapping: (rule: Parameters<typeof mappingForRule>[0]) => mappingForRule(rule, { stack: settings.stack }),
};
const load = lock === undefined ? {} : { lock };
parentPort?.postMessage(takeTurns(turns, files, ({ path, bytes }) => judge(loadRuleFile(path, bytes, load), context)));
