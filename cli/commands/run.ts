import { existsSync, readFileSync } from 'node:fs';
import { readEvents } from '../engine/events/read-events.ts';
import { prepareRule } from '../engine/prepare.ts';
import type { Event } from '../fields/event.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import { visibleLine } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { SourceFile } from '../text/source-file.ts';
import { walk } from '../text/walk.ts';
import { readConfig, selectRules, shown, type Selection } from './session.ts';

export interface RunOptions extends Selection {
  readonly events?: readonly string[];
  readonly anyIndex?: boolean;
  readonly format?: string;
  readonly config?: string | false;
}

interface Run {
  readonly rule_id: string;
  readonly path: string;
  readonly alerts: readonly { readonly events: readonly { readonly _index: string; readonly _id: string }[] }[];
  readonly error?: string;
}

/** `dac run RULE… --events PATH…`: which rule raises which alert on which event. */
export function run(rules: readonly string[], options: RunOptions): number {
  if (options.format !== undefined && options.format !== 'json' && options.format !== 'pretty')
    throw new KnownError(`dac run has no format ${options.format}`, { help: 'it is pretty or json' });
  if (options.events === undefined || options.events.length === 0)
    throw new KnownError('no events were given', { help: 'name files or folders with --events' });
  const config = readConfig(options.config === false ? undefined : options.config, options.config === false);
  const files = selectRules(rules, config, options);
  const events: Event[] = [];
  let broken = false;
  for (const root of options.events) {
    if (!existsSync(root)) throw new KnownError(`there is no file or folder ${root}`, { help: 'check --events' });
    for (const path of walk(root, /\.(json|ndjson|jsonl)(\.gz)?$/)) {
      const bytes = readFileSync(path);
      const read = readEvents(shown(path), bytes);
      for (const event of read.events) events.push({ ...event, ordinal: events.length });
      for (const problem of read.problems) {
        broken = true;
        const at = path.endsWith('.gz')
          ? undefined
          : new SourceFile(problem.path, bytes.toString('utf8')).position(problem.span.start);
        process.stderr.write(
          `${visibleLine(`${problem.path}${at === undefined ? '' : `:${at.line}:${at.column}`}: error[${problem.id}] ${problem.message}`)}\n`,
        );
      }
    }
  }
  if (events.length === 0 && !broken)
    throw new KnownError('no event was found', { help: 'events are .json, .ndjson or .jsonl files, plain or .gz' });
  const runs = files.map((file): Run => {
    const base = { rule_id: file.rule?.body.rule_id ?? '', path: file.path };
    const { rule } = file;
    if (rule === undefined) return { ...base, alerts: [], error: file.problems[0]?.message ?? 'the file is no rule' };
    const { prepared, problems } = prepareRule({
      file,
      rule,
      mapping: mappingForRule(rule, { stack: config.stack }),
      now: Date.now(),
      anyIndex: options.anyIndex === true,
      stack: config.stack,
      allAlerts: true,
    });
    if (prepared === undefined)
      return {
        ...base,
        alerts: [],
        error: problems.find((one) => one.severity === 'error')?.message ?? 'the rule cannot be run',
      };
    try {
      return {
        ...base,
        alerts: prepared
          .run(events)
          .map((alert) => ({ events: alert.events.map((event) => ({ _index: event.index, _id: event.id })) })),
      };
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      return { ...base, alerts: [], error: error.message };
    }
  });
  if (options.format === 'json') process.stdout.write(`${JSON.stringify({ runs }, null, 1)}\n`);
  else {
    for (const one of runs) {
      if (one.error !== undefined) process.stdout.write(`${visibleLine(`${one.path}: ${one.error}`)}\n`);
      for (const alert of one.alerts)
        process.stdout.write(
          `${visibleLine(`${one.path}: alert on ${alert.events.map((event) => `${event._index}/${event._id}`).join(', ')}`)}\n`,
        );
    }
    const alerts = runs.reduce((sum, one) => sum + one.alerts.length, 0);
    process.stdout.write(`${runs.length} rules, ${events.length} events, ${alerts} alerts\n`);
  }
  if (broken) return 2;
  return runs.some((one) => one.error !== undefined) ? 1 : 0;
}
