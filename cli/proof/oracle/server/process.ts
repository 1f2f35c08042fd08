import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './command.ts';
import { isAlive } from './lock.ts';

/** What ends a node, and the milliseconds that it gets for it. */
const ENDS = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 2000],
] as const;

/** Ends a process by its id, if its command line holds the name of our node: an id may have gone to another process. */
export async function endProcess(pid: number, name: string): Promise<void> {
  if (!(await isOurs(pid, name))) return;
  for (const [how, millis] of ENDS) {
    signal(pid, how);
    for (const until = Date.now() + millis; Date.now() < until; await sleep(50)) if (!(await isOurs(pid, name))) return;
  }
}

/** Whether a process lives whose command line holds the name. One that has ended and is still listed has none. */
export async function isOurs(pid: number, name: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const file = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline')) return existsSync(file) && readFileSync(file, 'utf8').includes(name);
  return (await runCommand('ps', ['-o', 'args=', '-p', String(pid)], { seconds: 10 })).output.includes(name);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself meanwhile.
  }
}
