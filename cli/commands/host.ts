import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';

/** The outside world as a command sees it; a test hands in its own. */
export interface Host {
  /** Absolute path of the working directory. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True: stdout is a terminal. */
  readonly terminal: boolean;
  /** Size of that terminal. */
  readonly columns?: number;
  readonly rows?: number;
  out(text: string): void;
  err(text: string): void;
  /** Everything that comes in on stdin. */
  stdin(): Uint8Array;
  /** Asks the person at the terminal and gives one line; absent where nobody sits. */
  ask?(question: string): Promise<string>;
  /** Calls `stop` at the first interrupt instead of ending; gives what takes that back. Absent: interrupts are not caught. */
  onInterrupt?(stop: () => void): () => void;
  /** The instant of the run, epoch milliseconds. */
  now(): number;
  /** Milliseconds of a clock that only goes forward; for durations. */
  clock(): number;
}

/** The process that runs us. `SOURCE_DATE_EPOCH` stands for the clock, so that a run can be repeated. */
export function processHost(): Host {
  const epoch = process.env['SOURCE_DATE_EPOCH'] ?? '';
  return {
    cwd: process.cwd(),
    env: process.env,
    terminal: process.stdout.isTTY,
    columns: process.stdout.columns,
    rows: process.stdout.rows,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    stdin: () => readFileSync(0),
    ...(process.stdin.isTTY ? { ask } : {}),
    onInterrupt: (stop) => {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      const take = (): void => signals.forEach((one) => void process.removeListener(one, caught));
      // The next one is not caught: it ends the program.
      const caught = (): void => {
        take();
        stop();
      };
      signals.forEach((one) => process.on(one, caught));
      return take;
    },
    now: () => (/^\d{1,12}$/.test(epoch) ? Number(epoch) * 1000 : Date.now()),
    clock: () => performance.now(),
  };
}

/** On stderr, as prompts are no part of the product. The end of the input is an empty answer. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return await new Promise((resolve) => {
    lines.once('close', () => resolve(''));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}

const posix = (path: string): string => path.split(sep).join('/');

/**
 * No part of the path is empty, `.` or `..`, so that it can be compared and joined as text. Of paths by the thousand that
 * saves a tenth of a run that finds all else in its cache: the functions of node:path take every path apart.
 */
const isPlain = (path: string): boolean =>
  sep === '/' &&
  path !== '' &&
  !path.startsWith('.') &&
  !path.includes('/.') &&
  !path.includes('//') &&
  !path.endsWith('/');

/** A path as written, absolute. */
export function absolute(host: Pick<Host, 'cwd'>, path: string): string {
  if (!isPlain(path) || !isPlain(host.cwd)) return resolve(host.cwd, path);
  return path.startsWith('/') ? path : `${host.cwd}/${path}`;
}

/** A path as a person reads it: relative to the working directory, with `/`. */
export function shown(host: Pick<Host, 'cwd'>, path: string): string {
  const full = absolute(host, path);
  if (isPlain(full) && full.startsWith(`${host.cwd}/`)) return full.slice(host.cwd.length + 1);
  return posix(relative(host.cwd, full) || '.');
}

/** Whether `path` lies in `folder` or is it; both absolute. */
export const isInside = (folder: string, path: string): boolean => {
  // Most paths that are asked about are far from the folder, and cutting paths up is slow.
  if (!path.startsWith(folder)) return false;
  if (isPlain(folder) && isPlain(path)) return path.length === folder.length || path[folder.length] === '/';
  const between = relative(folder, path);
  return between === '' || (between !== '..' && !between.startsWith(`..${sep}`) && resolve(folder, between) === path);
};
