import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Undefined: the command was not found, or was ended after its time. */
  readonly code: number | undefined;
  /** Both outputs, in the order in which they came. */
  readonly output: string;
  readonly timedOut: boolean;
}

/** Output that is kept: messages stand at the start and at the end. */
const KEPT = 200_000;

/** Runs a command to its end, to the end of its time, or until it is aborted. */
export function runCommand(
  file: string,
  args: readonly string[],
  { cwd, seconds, signal }: { readonly cwd?: string; readonly seconds: number; readonly signal?: AbortSignal },
): Promise<CommandResult> {
  return new Promise((resolve) => {
    signal?.throwIfAborted();
    const child = spawn(file, args, {
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && /\.(?:cmd|bat)$/i.test(file),
    });
    let output = '';
    let timedOut = false;
    const take = (chunk: Buffer): void => {
      if (output.length < KEPT) output += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const kill = (): void => void child.kill('SIGKILL');
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, seconds * 1000);
    signal?.addEventListener('abort', kill);
    const end = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
      resolve({ code: code ?? undefined, output, timedOut });
    };
    child.on('error', () => end(null));
    child.on('close', end);
  });
}

/** How a command failed, for one that says nothing of it. */
export const howItEnded = (file: string, { code, timedOut }: CommandResult): string =>
  timedOut
    ? `${file} took too long`
    : code === undefined
      ? `${file} cannot be run, or was ended`
      : `${file} ended with exit code ${code}`;
