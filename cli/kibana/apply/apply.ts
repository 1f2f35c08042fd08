import type { JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { described } from '../client/connection.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from '../client/transport.ts';
import type { Entry, Plan } from '../plan/plan.ts';
import { seenOf } from '../plan/remote.ts';
import { hasRenewals, NO_RENEWALS, renewed, type Renewals } from '../plan/renewals.ts';
import { LedgerKeeper } from '../state/keep-ledger.ts';
import type { Edits } from '../state/ledger-store.ts';
import { takeLock, type Lock, type LockOptions } from '../state/lock.ts';
import type { Context } from './context.ts';
import { differences, disabled } from './documents.ts';
import { execute, type Performed } from './execute.ts';
import type { Outcome } from './outcome.ts';
import { intentsOf, settled } from './remember.ts';
import { select, type Selection } from './select.ts';
import { isWrittenTwice, stepsOf, type Step } from './steps.ts';
import { Usage } from './usage.ts';
import { rulesById, verify } from './verify.ts';
import { removeConnector, writeConnector } from './write-connector.ts';
import { removeException, writeException } from './write-exceptions.ts';
import { enableRule, removeRule, writeRule } from './write-rule.ts';
import { addValues, takeValuesOut } from './write-values.ts';

export interface ApplyOptions {
  readonly transport: Transport;
  readonly selection: Selection;
  /** Values of the secrets that the plan names, by id of the connector and name of the secret. */
  readonly secrets?: Context['secrets'];
  /** Absent: no lock is taken, as with `--no-lock`. */
  readonly lock?: LockOptions;
  /** True: begin nothing more. */
  readonly stopped?: () => boolean;
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Of what the ledger should say something else, beside what is written. */
  readonly renewals?: Renewals;
}

export interface Applied {
  /** In the order of the plan. */
  readonly outcomes: readonly Outcome[];
  /** The fault that ended the run before its end. */
  readonly halted?: KnownError;
  /** True: the run was stopped from outside before its end. */
  readonly interrupted: boolean;
  /** Why the lock could not be given back; it ends by itself. */
  readonly lockLeft?: KnownError;
  /** Why the ledger does not say all that was done; it says nothing untrue. */
  readonly ledgerLeft?: KnownError;
  /** Things whose record the ledger has got without anything else being done to them. */
  readonly renewed?: number;
}

/** A plan is for one space. Throws a KnownError if this is another. */
export function checkTarget(plan: Plan, transport: Transport): void {
  const { url, space } = transport.connection;
  if (plan.target.url === new URL(url).origin && plan.target.space === space) return;
  throw new KnownError(
    `the plan is for space "${plan.target.space}" at ${plan.target.url}, and this is ${described(transport.connection)}`,
    { help: `apply it with --env ${plan.environment}, or make a plan for this space` },
  );
}

/** Rules named in a message; the rest is a number. */
const NAMED = 5;

/**
 * Whether the space still is what the plan saw. What is already as planned counts as unchanged, so that an interrupted apply
 * can be finished with the same plan. Throws a KnownError that names what has changed; nothing was written then.
 */
export function checkSpace(
  entries: readonly Entry[],
  there: ReadonlyMap<string, JsonObject>,
  transport: Transport,
): void {
  const rules = entries.filter(({ kind }) => kind === 'rule');
  const changed = rules.filter((entry) => !isAsPlanned(entry, there.get(entry.id)));
  if (changed.length === 0) return;
  const names = changed.slice(0, NAMED).map(({ name }) => `"${name}"`);
  const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : '';
  throw new KnownError(`${described(transport.connection)} has changed since the plan was made`, {
    kind: 'remote',
    why: `${names.join(', ')}${more} ${changed.length === 1 ? 'is' : 'are'} not as the plan saw ${changed.length === 1 ? 'it' : 'them'}; nothing was changed`,
    help: 'plan again, and look at what is new',
  });
}

function isAsPlanned(entry: Entry, there: JsonObject | undefined): boolean {
  const { action, seen, document } = entry;
  if (there === undefined) return seen === null || action === 'delete' || entry.recreate === true;
  if (seen !== null && seenOf(there) === seen) return true;
  if (document === undefined) return false;
  const forms = isWrittenTwice(entry) ? [document, disabled(document)] : [document];
  return forms.some((form) => differences(form, there).length === 0);
}

async function perform(step: Step, context: Context, usage: Usage): Promise<Performed> {
  const { entry } = step;
  switch (step.phase) {
    case 'add values':
      return await addValues(context, entry);
    case 'write exception lists':
    case 'write exception items':
      return await writeException(context, entry);
    case 'write connectors':
      return await writeConnector(context, entry);
    case 'write rules':
      return await writeRule(context, entry);
    case 'enable rules':
      return await enableRule(context, entry);
    case 'delete rules':
      return await removeRule(context, entry);
    case 'delete connectors':
      return await removeConnector(context, entry);
    case 'delete exception items':
      return await removeException(context, entry);
    case 'delete exception lists':
      await usage.check(entry);
      return await removeException(context, entry);
    case 'take values out':
      if (entry.action === 'delete') await usage.check(entry);
      return await takeValuesOut(context, entry);
  }
}

/**
 * Brings a space to what a plan says. Every step can be repeated: after an end at any point the same call finishes the job.
 * Throws a KnownError only if nothing was changed; whatever happens later stands in the result.
 */
export async function apply(plan: Plan, options: ApplyOptions): Promise<Applied> {
  const { transport, selection, renewals = NO_RENEWALS } = options;
  checkTarget(plan, transport);
  const { entries, left } = select(plan, selection);
  if (entries.length === 0 && !hasRenewals(renewals)) return { outcomes: left, interrupted: false };
  const lock = options.lock === undefined ? undefined : await takeLock(transport, options.lock);
  let applied: Applied;
  let lockLeft: KnownError | undefined;
  try {
    const ids = entries.filter(({ kind }) => kind === 'rule').map(({ id }) => id);
    const there = await rulesById(transport, [...new Set([...ids, ...renewals.ruleIds])]);
    checkSpace(entries, there, transport);
    const keeper = await LedgerKeeper.open(transport, intentsOf(entries, there));
    const ran = await run(plan, entries, options, lock === undefined ? undefined : () => lock.keep());
    const written = settled(ran.outcomes, there, keeper);
    const lacking = new Map(
      [...renewed(renewals, there, (key) => keeper.before(key))].filter(([key]) => !written.has(key)),
    );
    const ledgerLeft = await settle(keeper, new Map([...lacking, ...written]), lock);
    applied = {
      ...ran,
      ...(ledgerLeft === undefined ? {} : { ledgerLeft }),
      ...(lacking.size === 0 ? {} : { renewed: lacking.size }),
    };
  } finally {
    try {
      await lock?.release();
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      lockLeft = error;
    }
  }
  const byEntry = new Map([...applied.outcomes, ...left].map((outcome) => [outcome.entry, outcome]));
  const outcomes = plan.entries.flatMap((entry) => byEntry.get(entry) ?? []);
  return { ...applied, outcomes, ...(lockLeft === undefined ? {} : { lockLeft }) };
}

/** Writes the ledger as long as the lock is ours. A key that may not write it, and so runs without a lock, keeps none. */
async function settle(keeper: LedgerKeeper, edits: Edits, lock: Lock | undefined): Promise<KnownError | undefined> {
  try {
    await lock?.keep();
  } catch (error) {
    if (error instanceof KnownError) return error;
    throw error;
  }
  const left = await keeper.settle(edits);
  return lock === undefined && left instanceof RemoteError && left.status === 403 ? undefined : left;
}

async function run(
  plan: Plan,
  entries: readonly Entry[],
  options: ApplyOptions,
  before: (() => Promise<void>) | undefined,
): Promise<Applied> {
  const { transport, stopped = () => false } = options;
  const context: Context = { transport, plan, listIds: new Map(), secrets: options.secrets ?? new Map() };
  const usage = new Usage(transport);
  const executed = await execute(stepsOf(entries), {
    perform: (step) => perform(step, context, usage),
    ...(before === undefined ? {} : { before }),
    stopped,
    width: transport.connection.concurrency,
    ...(options.onOutcome === undefined ? {} : { onOutcome: options.onOutcome }),
  });
  const interrupted = stopped();
  if (executed.halted !== undefined || interrupted) return { ...executed, interrupted };
  try {
    return { outcomes: await verify(transport, executed.outcomes), interrupted };
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return { ...executed, halted: error, interrupted };
  }
}
