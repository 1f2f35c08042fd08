import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { apply as applyPlan, type Applied } from '../kibana/apply/apply.ts';
import { dryRun } from '../kibana/apply/dry-run.ts';
import type { LockOptions } from '../kibana/state/lock.ts';
import type { Selection } from '../kibana/apply/select.ts';
import { described } from '../kibana/client/connection.ts';
import { hasChanges, type Entry, type Plan } from '../kibana/plan/plan.ts';
import { hasRenewals, renewalsOf, type Renewals } from '../kibana/plan/renewals.ts';
import { readPlan } from '../kibana/plan/saved.ts';
import { applyJson, applyPretty, applyProgress } from '../report/apply-report.ts';
import { planPretty } from '../report/plan-pretty.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import { readConfig, type Config } from './configuration.ts';
import { connectorSecrets } from './connector-secrets.ts';
import { confirmed, confirmedByName } from './confirm.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { openRemote, withRemote, type Remote } from './kibana-remote.ts';
import { parseFormat, put } from './outputs.ts';
import { kindsOf, planFor, selectorOf, type PlanningOptions } from './plan.ts';
import { isReadFault, readRegular } from './read-file.ts';
import { keepHeapSmall } from './small-heap.ts';
import { terminalOf } from './terminal.ts';

export interface ApplyCommandOptions extends PlanningOptions {
  readonly format?: readonly string[];
  readonly yes?: boolean;
  /** `--confirm NAME`: goes on in a protected environment of that name without asking. */
  readonly confirm?: string;
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly pruneLimit?: number;
  readonly overwriteConflicts?: boolean;
  readonly breakLock?: boolean;
  /** False: `--no-lock`. */
  readonly lock?: boolean;
}

const FORMATS = ['pretty', 'json'] as const;
type ApplyFormat = (typeof FORMATS)[number];
const isApplyFormat = (name: string): name is ApplyFormat => (FORMATS as readonly string[]).includes(name);

/** Deletions that need no second thought; more need a number of their own. */
const PRUNE_LIMIT = 10;
const MAX_PLAN = 256 * 1024 * 1024;

/** `dac apply FILE`: does what a saved plan says, and nothing else. Without a file, as `dac push`. */
export async function apply(host: Host, file: string | undefined, options: ApplyCommandOptions): Promise<ExitCode> {
  if (file === undefined) return await push(host, [], options);
  keepHeapSmall();
  const read = readRegular(resolve(host.cwd, file), MAX_PLAN);
  if (isReadFault(read)) throw new KnownError(`${file}: ${read.message}`, { help: read.help });
  const plan = readPlan(new TextDecoder().decode(read), file);
  const config = readConfig(host, options);
  const remote = await openRemote(host, config, { env: options.env ?? plan.environment });
  if ((plan.protected || remote.environment.protected) && !(await mayGoOn(plan, remote, options))) return 0;
  return await carryOut(plan, { ...remote, config }, options);
}

/** `dac push`: plans, shows the plan, asks, and applies it. */
export async function push(host: Host, paths: readonly string[], options: ApplyCommandOptions): Promise<ExitCode> {
  const config = readConfig(host, options, paths[0]);
  const planned = await planFor(host, config, paths, options);
  if (planned === undefined) return 2;
  const { plan, remote, desired, space } = planned;
  const selects = selectorOf(options);
  if (selects !== undefined && !desired.rules.some(selects) && plan.entries.length === 0)
    throw new KnownError('no rule fits --rule and --tag', { help: 'write * for any run of characters' });
  const isForPerson = outputsOf(options).every(({ format }) => format === 'pretty');
  if (isForPerson) {
    const view = { ...terminalOf(host, options), now: host.now(), ending: '' };
    remote.host.out(planPretty(plan, view));
  }
  const renewals = renewalsOf(desired, space, {
    marker: plan.marker,
    keep: remote.environment.keep,
    version: packageVersion(),
  });
  // The plan has said it: there is nothing to do.
  if (!hasChanges(plan) && isForPerson && (!hasRenewals(renewals) || options.dryRun === true)) return 0;
  if (hasChanges(plan) && !(await mayGoOn(plan, remote, options))) return 0;
  // The plan was made for what --rule and --tag ask for: it is done whole.
  const { rule: _rule, tag: _tag, ...whole } = options;
  return await carryOut(plan, { ...remote, config }, whole, renewals);
}

const outputsOf = (options: ApplyCommandOptions) =>
  (options.format ?? ['pretty']).map((one) => parseFormat(one, FORMATS, isApplyFormat));

async function mayGoOn(plan: Plan, { host, transport, environment }: Remote, options: ApplyCommandOptions): Promise<boolean> {
  if (options.dryRun === true) return true;
  const { name } = environment;
  if (options.confirm !== undefined && options.confirm !== name)
    throw new KnownError(`--confirm says ${options.confirm}, and this is environment ${name}`, { help: 'look again at what is to be changed' });
  const question = `Apply this to ${described(transport.connection)}?`;
  const yes = plan.protected || environment.protected
    ? options.confirm === name || (await confirmedByName(host, options.yes, name, question))
    : await confirmed(host, options.yes, question);
  if (yes) return true;
  host.out('Nothing was changed.\n');
  return false;
} // prettier-ignore

function selectionOf(options: ApplyCommandOptions): Selection {
  const kinds = kindsOf(options.only);
  const selects = selectorOf(options);
  return {
    ...(kinds === undefined ? {} : { kinds: [...kinds] }),
    ...(selects === undefined ? {} : { wants: (entry: Entry) => selects(factsOf(entry)) }),
    prune: options.prune === true,
    pruneLimit: options.pruneLimit ?? PRUNE_LIMIT,
    overwriteConflicts: options.overwriteConflicts === true,
  };
}

const factsOf = ({ id, name, path, document = {} }: Entry) => ({
  ruleId: id,
  name,
  document,
  ...(path === undefined ? {} : { path }),
});

const me = (): string => `${userInfo().username}@${hostname()} ${process.pid}`;

/** A process of this machine that runs no more holds nothing. */
function isGone(owner: string): boolean {
  const [, host, pid] = /@(\S+) (\d{1,10})$/.exec(owner) ?? [];
  if (host !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** The real clock: with SOURCE_DATE_EPOCH a lock would never end, or have ended long ago. */
export const lockOf = (options: Pick<ApplyCommandOptions, 'breakLock'>): LockOptions => ({
  owner: me(),
  token: randomUUID(),
  now: () => Date.now(),
  isGone,
  breakIt: options.breakLock === true,
});

async function carryOut(
  plan: Plan,
  remote: Remote & { readonly config: Config },
  options: ApplyCommandOptions,
  renewals?: Renewals,
): Promise<ExitCode> {
  const outputs = outputsOf(options);
  const { host, transport } = remote;
  const selection = selectionOf(options);
  const secrets = await connectorSecrets(host, remote.config, remote, plan.entries, selection.kinds);
  const started = host.clock();
  const applied = await withRemote(remote, () =>
    options.dryRun === true
      ? dryRun(plan, { transport, selection }).then((outcomes): Applied => ({ outcomes, interrupted: false }))
      : interruptible(host, (stopped) => {
          const progress = progressOf(host, plan.entries.length);
          return applyPlan(plan, {
            transport,
            selection,
            secrets,
            ...(options.lock === false ? {} : { lock: lockOf(options) }),
            stopped,
            ...(renewals === undefined ? {} : { renewals }),
            onOutcome: progress.step,
          }).finally(progress.end);
        }),
  );
  const terminal = terminalOf(host, options);
  const time = (host.clock() - started) / 1000;
  for (const output of outputs) {
    const colour = terminal.colour && output.path === undefined;
    const view = { ...terminal, colour, plan, applied, dryRun: options.dryRun === true, time };
    put(host, output, remote.mask(output.format === 'json' ? applyJson(view) : applyPretty(view)));
  }
  return exitCodeOf(applied);
}

/** 130 interrupted; 3 something did not come about; 1 conflicts that the plan knew of are left to a person; else 0. */
function exitCodeOf({ outcomes, halted, interrupted }: Applied): ExitCode {
  if (interrupted) return 130;
  const isKnownConflict = ({ entry, result }: (typeof outcomes)[number]): boolean =>
    result === 'conflict' && entry.action === 'conflict';
  const failed = outcomes.some(
    (one) => ['failed', 'differs', 'blocked', 'conflict'].includes(one.result) && !isKnownConflict(one),
  );
  if (halted !== undefined || failed) return 3;
  return outcomes.some(isKnownConflict) ? 1 : 0;
}

/** The first interrupt ends the run in good order, the second at once. */
async function interruptible<T>(host: Host, run: (stopped: () => boolean) => Promise<T>): Promise<T> {
  let stopped = false;
  const done = host.onInterrupt?.(() => {
    stopped = true;
    host.err('interrupted: what is under way is finished; press again to end at once\n');
  });
  try {
    return await run(() => stopped);
  } finally {
    done?.();
  }
}

/** Milliseconds before progress is shown, and between two lines of it. */
const PATIENCE = 300;

/** A line on stderr that is written over, at a terminal only; nothing of it stays. */
function progressOf(host: Host, all: number): { readonly step: () => void; readonly end: () => void } {
  if (!host.terminal || host.env['CI'] !== undefined) return { step: () => undefined, end: () => undefined };
  let done = 0;
  let shown = host.clock();
  let written = false;
  return {
    step: () => {
      done++;
      if (host.clock() - shown < PATIENCE) return;
      shown = host.clock();
      written = true;
      host.err(`\r${applyProgress(done, all)}`);
    },
    end: () => {
      if (written) host.err('\r\u001b[K');
    },
  };
}
