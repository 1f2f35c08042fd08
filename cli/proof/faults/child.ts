import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startStandIn, type World } from '../../kibana/standin/index.ts';
import type { Repository } from './scenario.ts';

/** How `dac` is started: the arguments of node before its own. */
export type Program = readonly string[];

/** One request as it came in. */
export interface Seen {
  /** From 1. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
}

export type Moment = 'before' | 'after';

export interface Death {
  readonly at: number;
  readonly moment: Moment;
}

export interface Ended {
  /** null: it was killed. */
  readonly code: number | null;
  readonly output: string;
  readonly requests: readonly Seen[];
}

/** A folder with a repository in it; `remove` takes it away. */
export function checkout(repository: Repository): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'dac-faults-'));
  for (const [path, text] of Object.entries(repository)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Run {
  readonly program: Program;
  readonly args: readonly string[];
  readonly folder: string;
  readonly world: World;
  /** Requests at once. */
  readonly concurrency: number;
  /** Kills the process with SIGKILL at a request: before the server carries it out, or after that and before the answer. */
  readonly death?: Death;
  /** Called when a request has been carried out. */
  readonly onDone?: (request: Seen) => void;
  /** Called with the process when it has started. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs `dac` as a process of its own against the stand-in of this process. */
export async function runChild({ program, args, folder, world, concurrency, death, onDone, onStart }: Run): Promise<Ended> {
  const requests: Seen[] = [];
  let child: ChildProcess | undefined;
  let dead = false;
  const kill = (): void => {
    dead = true;
    child?.kill('SIGKILL');
  };
  const server = await startStandIn({
    world,
    fault: (request, response) => {
      const seen = { number: requests.length + 1, method: request.method ?? '', path: (request.url ?? '').replace(/\?.*$/s, '') }; // prettier-ignore
      requests.push(seen);
      const isIt = death?.at === seen.number;
      if (isIt && death.moment === 'before') kill();
      // What a killed process had sent already may still arrive: a server takes it, or not.
      if (dead) {
        request.socket.destroy();
        return true;
      }
      const end = response.end.bind(response) as (text?: string) => typeof response;
      response.end = ((text?: string) => {
        onDone?.(seen);
        if (!isIt) return end(text);
        kill();
        response.destroy();
        return response;
      }) as typeof response.end;
      return false;
    },
  });
  try {
    writeFileSync(
      join(folder, 'dac.toml'),
      `[environments.soc]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "KEY"\nconcurrency = ${concurrency}\n`,
    );
    return await new Promise<Ended>((resolve, reject) => {
      const started = spawn(process.execPath, [...program, ...args], {
        cwd: folder,
        env: { PATH: process.env['PATH'], KEY: 'a2V5LWlkOmtleS12YWx1ZQ==', HOOK: 'c2VjcmV0LWhvb2s', NO_COLOR: '1' },
      });
      child = started;
      let output = '';
      started.stdout.on('data', (part: Buffer) => (output += part.toString()));
      started.stderr.on('data', (part: Buffer) => (output += part.toString()));
      started.on('error', reject);
      started.on('close', (code) => resolve({ code, output, requests }));
      onStart?.(started);
    });
  } finally {
    await server.close();
  }
} // prettier-ignore
