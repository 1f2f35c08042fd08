import { BulkRun, type BulkAlert } from '../engine/bulk-run.ts';
import type { PreparedRule } from '../engine/execution.ts';
import { prepareGrowing } from '../engine/prepare-growing.ts';
import type { Event } from '../fields/event.ts';
import type { RuleFile } from '../rule/rule.ts';
import { visibleLine } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { plural } from '../report/words.ts';
import { readConfig, type Config } from './configuration.ts';
import { ruleMappings, type RuleMappings } from './declared-fields.ts';
import { eventFiles, readEventFile } from './event-files.ts';
import type { ExitCode } from './exit-code.ts';
import { printError } from './failure.ts';
import type { Host } from './host.ts';
import { parseFormat, put } from './outputs.ts';
import { selectRules, type SelectionOptions } from './selection.ts';
import type { ConfigFlags } from './settings.ts';

export interface RunOptions extends SelectionOptions, ConfigFlags {
  readonly events: readonly string[];
  readonly anyIndex?: boolean;
  readonly format?: string;
  readonly quiet?: boolean;
}

/** One rule of the printed document. */
interface Run {
  readonly rule_id: string;
  readonly path: string;
  readonly alerts: readonly BulkAlert[];
  readonly error?: string;
}

const isRunFormat = (name: string): name is 'pretty' | 'json' => name === 'pretty' || name === 'json';

/** `dac run RULE… --events PATH…`: which rule raises which alert on which event. */
export async function run(host: Host, rules: readonly string[], options: RunOptions): Promise<ExitCode> {
  const output = parseFormat(options.format ?? 'pretty', ['pretty', 'json'], isRunFormat);
  const config = readConfig(host, options, rules[0]);
  const paths = eventFiles(host, options.events);
  const { files, errors } = await selectRules(host, rules, config, options);
  for (const error of errors) printError(host, error);

  const mappings = await ruleMappings(host, config, files);
  const ready = files.map((file) => prepare(host, file, config, mappings, options));
  const bulk = new BulkRun(ready.flatMap((one) => ('prepared' in one ? [one.prepared] : [])));
  const { count, broken } = await feed(host, paths, bulk);
  if (count === 0 && !broken)
    throw new KnownError('no event was found', { help: 'events are .json, .ndjson or .jsonl files, plain or .gz' });

  const results = bulk.finish()[Symbol.iterator]();
  const runs = files.map((file, at): Run => {
    const base = { rule_id: file.rule?.body.rule_id ?? '', path: file.path };
    const one = ready[at];
    if (one === undefined || 'error' in one) return { ...base, alerts: [], error: one?.error ?? '' };
    const { alerts, error } = results.next().value ?? { alerts: [] };
    return { ...base, alerts, ...(error === undefined ? {} : { error: error.message }) };
  });
  const refused = [...bulk.refused];
  tellRefused(host, refused);
  const text =
    output.format === 'json'
      ? `${JSON.stringify({ runs, ...refusedJson(refused) }, null, 1)}\n`
      : pretty(runs, { events: count, refused: refused.length }, options.quiet === true);
  put(host, output, text);
  if (broken || errors.length > 0) return 2;
  return runs.some((one) => one.error !== undefined) ? 1 : 0;
}

function prepare(
  host: Host,
  file: RuleFile,
  config: Config,
  mappings: RuleMappings,
  options: RunOptions,
): { readonly prepared: PreparedRule } | { readonly error: string } {
  const { rule } = file;
  if (rule === undefined) return { error: file.problems[0]?.message ?? 'the file is no rule' };
  const { prepared, problems } = prepareGrowing({
    file,
    rule,
    mapping: mappings.mappingOf(rule, file.path),
    now: host.now(),
    anyIndex: options.anyIndex === true,
    stack: config.stack,
    allAlerts: true,
  });
  if (prepared !== undefined) return { prepared };
  return { error: problems.find((one) => one.severity === 'error')?.message ?? 'the rule cannot be run' };
}

/** Events that are run at a time: small files together, long ones in pieces. */
const BATCH = 20_000;

/** Streams all files into the run. Problems go to stderr, each with its place; the other events still count. */
async function feed(
  host: Host,
  paths: readonly string[],
  bulk: BulkRun,
): Promise<{ readonly count: number; readonly broken: boolean }> {
  let count = 0;
  let broken = false;
  let pending: Event[] = [];
  for (const path of paths)
    for await (const { events, problems } of readEventFile(host, path)) {
      for (const event of events) pending.push({ ...event, ordinal: count++ });
      if (pending.length >= BATCH) {
        bulk.add(pending);
        pending = [];
      }
      for (const { finding, position } of problems) {
        broken = true;
        const place = `${finding.path}:${position.line}:${position.column}`;
        const help = finding.help === undefined ? '' : `; ${finding.help}`;
        host.err(`${visibleLine(`${place}: error[${finding.id}] ${finding.message}${help}`)}\n`);
      }
    }
  bulk.add(pending);
  return { count, broken };
}

/** Refused events that are told one by one; all are counted, and the document has them all. */
const MAX_TOLD = 10;

/** Says on stderr which events no rule was shown, since Elasticsearch would not have taken them. */
function tellRefused(host: Host, refused: readonly (readonly [Event, string])[]): void {
  for (const [{ path = '', line, id }, why] of refused.slice(0, MAX_TOLD))
    host.err(
      `${visibleLine(`${path}:${line ?? 1}: warning[events/refused] Elasticsearch refuses the event ${id}: ${why}`)}\n`,
    );
  if (refused.length > MAX_TOLD)
    host.err(`… and ${refused.length - MAX_TOLD} more events that Elasticsearch refuses\n`);
}

const refusedJson = (refused: readonly (readonly [Event, string])[]): object =>
  refused.length === 0 ? {} : { refused: refused.map(([{ index, id }, why]) => ({ _index: index, _id: id, why })) };

function pretty(
  runs: readonly Run[],
  { events, refused }: { readonly events: number; readonly refused: number },
  quiet: boolean,
): string {
  const lines = runs.flatMap((one) => [
    ...(one.error === undefined ? [] : [`${one.path}: error: ${one.error}`]),
    ...one.alerts.map(
      (alert) => `${one.path}: alert on ${alert.events.map(({ _index, _id }) => `${_index}/${_id}`).join(', ')}`,
    ),
  ]);
  const alerts = runs.reduce((sum, one) => sum + one.alerts.length, 0);
  const left = refused === 0 ? '' : `, ${plural(refused, 'event')} refused`;
  if (!quiet)
    lines.push(`${plural(runs.length, 'rule')}, ${plural(events, 'event')}${left}, ${plural(alerts, 'alert')}`);
  return lines.map((line) => `${visibleLine(line)}\n`).join('');
}
