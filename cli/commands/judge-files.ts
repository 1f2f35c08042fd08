import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import type { LintContext } from '../lint/check.ts';
import type { Verdict } from '../lint/verdict.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { VersionLock } from '../rule/version-lock.ts';
import { takeTurns, type Share, type Turns } from './take-turns.ts';

export interface JudgeOptions {
  readonly context: LintContext;
  readonly lock?: VersionLock;
  /** Whether a verdict depends on more than the file and the run, such as fields that a suite declares. */
  readonly dependsOnMore: (path: string) => boolean;
  /** Threads to use, this one included; default: as many as pay. */
  readonly threads?: number;
  /** What those beside this one run. */
  readonly program?: URL;
}

/** What a thread is given: values only, as nothing else gets there. */
export interface ThreadData {
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly settings: LintContext['settings'];
  readonly lock?: VersionLock;
  readonly turns: Turns;
}

/**
 * A thread loads and warms up the program anew. Medians of seven runs in turn on two processors, over 1,324 rules: 1.7 s instead
 * of 2.0, but 2.9 s of processor time instead of 2.4, and 211 MiB instead of 155; so only many files are shared, among four
 * threads at most.
 */
const FILES_A_THREAD = 300;
const MAX_THREADS = 4;

/** As many threads as pay. On a machine that others keep busy none does: with 17 at work on two processors it took 1.3 times as long. */
function threadsFor(files: number): number {
  const processors = availableParallelism();
  const [load = 0] = loadavg();
  return load > 2 * processors ? 1 : Math.min(processors, MAX_THREADS, Math.floor(files / FILES_A_THREAD));
}

/** The thread's program lies beside the bundle. There is none beside the sources: from there all is done here. */
const PROGRAM = new URL('./judge-thread.mjs', import.meta.url);

/**
 * Judges files, on several threads if there are many. The verdicts are in the order of the files, and the same whoever
 * makes them: what a thread does not deliver is judged here.
 */
export async function judgeFiles(files: readonly RuleFile[], options: JudgeOptions): Promise<readonly Verdict[]> {
  const { context, lock, dependsOnMore, program = PROGRAM } = options;
  const shared = files.flatMap(({ path, bytes }, index) =>
    bytes === undefined || dependsOnMore(path) ? [] : [{ index, path, bytes }],
  );
  const threads = options.threads ?? threadsFor(shared.length);
  const turns: Turns = new Int32Array(new SharedArrayBuffer(4));
  const data: ThreadData = {
    files: shared.map(({ path, bytes }) => ({ path, bytes })),
    settings: context.settings,
    ...(lock === undefined ? {} : { lock }),
    turns,
  };
  const others =
    threads < 2 || !existsSync(program) ? [] : Array.from({ length: threads - 1 }, () => shareOfThread(program, data));

  const { judge } = await import('../lint/verdict.ts');
  const verdicts: (Verdict | undefined)[] = files.map(() => undefined);
  const place = (share: Share<Verdict>): void => {
    for (const [at, verdict] of share) {
      const index = shared[at]?.index;
      if (index !== undefined) verdicts[index] = verdict;
    }
  };
  if (others.length > 0) {
    place(
      takeTurns(turns, shared, ({ index }) => {
        const file = files[index];
        return file === undefined ? undefined : judge(file, context);
      }),
    );
    for (const share of await Promise.all(others)) place(share);
  }
  return files.map((file, index) => verdicts[index] ?? judge(file, context));
}

/** What a thread of its own makes of the files; nothing if it fails. */
async function shareOfThread(program: URL, data: ThreadData): Promise<Share<Verdict>> {
  const { Worker } = await import('node:worker_threads');
  return await new Promise((resolve) => {
    const thread = new Worker(program, { workerData: data });
    thread.once('message', (share: Share<Verdict>) => resolve(share));
    thread.once('error', () => resolve([]));
    thread.once('exit', () => resolve([]));
  });
}
