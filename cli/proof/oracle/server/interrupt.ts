import { NotRun } from '../not-run.ts';

/** Signals that end a process from outside: Ctrl-C, a workflow that is cancelled, a terminal that is closed. */
export const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Does something that can be ended by a signal: it is told, puts away what it made, and then the signal ends the process. */
export async function interruptible<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let by: NodeJS.Signals | undefined;
  const interrupted = (signal: NodeJS.Signals): void => {
    by ??= signal;
    controller.abort(new NotRun('the run was ended'));
  };
  for (const signal of ENDING) process.on(signal, interrupted);
  try {
    return await act(controller.signal);
  } finally {
    for (const signal of ENDING) process.off(signal, interrupted);
    if (by !== undefined) process.kill(process.pid, by);
  }
}
