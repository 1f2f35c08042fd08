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

/** Runs a command to its end, or to the end of its time. */
export function runCommand(
  file: string,
  args: readonly string[],
  { cwd, seconds }: { readonly cwd?: string; readonly seconds: number },
): Promise<CommandResult> {
  return new Promise((resolve) => {
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
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    const end = (code: number | null): void => {
      clearTimeout(timer);
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
