import { isJsonObject, own } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Entry } from '../plan/plan.ts';
import { Refused, type Outcome } from './outcome.ts';
import { KIND_WORDS, PHASES, type Step } from './steps.ts';

/** What a step may find out. `already`: there was nothing to do. */
export type Performed = 'done' | 'already';

export interface Execution {
  readonly perform: (step: Step) => Promise<Performed>;
  /** Called before each step; throws to end the run, as when the lock is lost. */
  readonly before?: () => Promise<void>;
  /** True: begin nothing more. What is under way is finished. */
  readonly stopped: () => boolean;
  /** Steps under way at once. */
  readonly width: number;
  /** Called when an entry has come to its end. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

export interface Executed {
  /** One for each entry, in the order of their first steps. */
  readonly outcomes: readonly Outcome[];
  /** Why the run ended early: a fault that would have met every further step. */
  readonly halted?: KnownError;
}

/**
 * True: the next request would fare no better. Wrong credentials, no such space, a privilege that the whole route needs, no
 * answer, an answer from something else than Kibana, and an overload that outlasted the repeats.
 */
export function endsTheRun(error: KnownError): boolean {
  if (!(error instanceof RemoteError)) return true;
  const { status, body } = error;
  if (status === undefined || status < 400) return true;
  if ([401, 429, 502, 503, 504].includes(status)) return true;
  // The error shape of the platform: the request never came to what it was about.
  return (status === 403 || status === 404) && !(isJsonObject(body) && own(body, 'status_code') !== undefined);
}

interface Progress {
  readonly entry: Entry;
  left: number;
  changed: boolean;
  outcome?: Outcome;
}

const outcomeOf = (entry: Entry, error: unknown): Outcome => {
  if (error instanceof Refused)
    return {
      entry,
      result: error.result,
      message: error.message,
      ...(error.help === undefined ? {} : { help: error.help }),
    };
  if (error instanceof KnownError)
    return {
      entry,
      result: error instanceof RemoteError && error.status === 409 ? 'conflict' : 'failed',
      message: error.message,
      ...(error.help === undefined ? {} : { help: error.help }),
    };
  throw error;
};

/** Takes the steps phase by phase; within a phase several at once. One that fails does not keep the others from being taken. */
export async function execute(steps: readonly Step[], execution: Execution): Promise<Executed> {
  const byKey = new Map<string, Progress>();
  for (const { entry, key } of steps) {
    const progress = byKey.get(key) ?? { entry, left: 0, changed: false };
    progress.left++;
    byKey.set(key, progress);
  }
  let halted: KnownError | undefined;
  const ended = (): boolean => halted !== undefined || execution.stopped();
  const finish = (progress: Progress, outcome: Outcome): void => {
    progress.outcome = outcome;
    execution.onOutcome?.(outcome);
  };

  const take = async (step: Step): Promise<void> => {
    const progress = byKey.get(step.key);
    if (progress === undefined || progress.outcome !== undefined) return;
    const missing = step.needs
      .map((key) => byKey.get(key))
      .find((one) => one?.outcome !== undefined && isBad(one.outcome));
    if (missing !== undefined) {
      const { kind, id, name } = missing.entry;
      const what = `${KIND_WORDS[kind]} "${kind === 'connector' ? name : id}"`;
      const then =
        step.entry.kind !== 'rule'
          ? 'this would refer to what is not there'
          : kind === 'connector'
            ? 'its actions would reach nobody'
            : 'the rule would fire without it';
      return finish(progress, {
        entry: step.entry,
        result: 'blocked',
        message: `not written: ${what} is not up to date, and ${then}`,
        help: 'correct what is reported for it and run the same command again',
      });
    }
    try {
      await execution.before?.();
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      halted ??= error;
    }
    if (ended()) return;
    try {
      if ((await execution.perform(step)) === 'done') progress.changed = true;
      progress.left--;
      if (progress.left === 0) finish(progress, { entry: step.entry, result: progress.changed ? 'done' : 'already' });
    } catch (error) {
      if (error instanceof KnownError && endsTheRun(error)) halted ??= error;
      finish(progress, outcomeOf(step.entry, error));
    }
  };

  for (const phase of PHASES) {
    const queue = steps.filter((step) => step.phase === phase);
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let step = queue[next++]; step !== undefined && !ended(); step = queue[next++]) await take(step);
    };
    await Promise.all(Array.from({ length: Math.min(execution.width, queue.length) }, worker));
    if (ended()) break;
  }

  const outcomes = [...byKey.values()].map(
    ({ entry, outcome, changed }): Outcome =>
      outcome ?? { entry, result: 'notDone', ...(changed && entry.kind === 'rule' ? { waitsForEnabling: true } : {}) },
  );
  return { outcomes, ...(halted === undefined ? {} : { halted }) };
}

const isBad = ({ result }: Outcome): boolean => result !== 'done' && result !== 'already';
