import { execFile } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Sources } from '../kibana/client/credentials.ts';
import { KnownError } from '../text/known-error.ts';
import type { Config } from './configuration.ts';
import type { Host } from './host.ts';
import { isReadFault, readRegular } from './read-file.ts';

const MAX_BYTES = 1024 * 1024;
/** Milliseconds for a program that prints a key; one that asks for a fingerprint needs some. */
const PROGRAM_TIME = 60_000;

/** Files relative to dac.toml, variables and programs, as the settings of a connection ask for them. */
export const kibanaSources = (host: Host, config: Config): Sources => ({
  variables: host.env,
  readText: (path) => {
    const read = readRegular(resolve(config.root, path), MAX_BYTES);
    if (isReadFault(read)) throw new KnownError(`${path}: ${read.message}`, { help: read.help });
    return new TextDecoder().decode(read);
  },
  readPrivate: (path) => readPrivate(resolve(config.root, path), path),
  runProgram: (argv) => runProgram(host, config.root, argv),
});

/** The text of a file that only its owner may read. The rights are those of the open file, so that none can be put in its place. */
function readPrivate(full: string, path: string): string {
  let file: number | undefined;
  try {
    file = openSync(full, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new KnownError(`${path} is no file`, { help: 'name the file that holds the key' });
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
      throw new KnownError(`others can read ${path} (mode ${(stat.mode & 0o777).toString(8)})`, {
        why: 'whoever has the key can change every rule of the space',
        help: `chmod 600 ${path}; if others had access, make a new key`,
      });
    if (stat.size > 64 * 1024)
      throw new KnownError(`${path} is too large for a key`, { help: 'is this the right file?' });
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof KnownError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'error';
    throw new KnownError(`${path} cannot be read (${code})`, { help: 'name the file that holds the key', cause });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** What a program prints. Its output is never repeated in a message: it may hold the key, or part of it. */
function runProgram(host: Host, cwd: string, [program = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((fulfil, reject) => {
    execFile(
      program,
      args,
      { cwd, env: host.env, timeout: PROGRAM_TIME, maxBuffer: 64 * 1024, encoding: 'utf8' },
      (error, stdout) => {
        if (error === null) return fulfil(stdout);
        const how =
          error.code === 'ENOENT'
            ? 'is not there'
            : error.killed === true
              ? 'did not end in time'
              : `ended with ${String(error.code ?? error.signal ?? 'an error')}`;
        reject(
          new KnownError(`the program ${program}, which is to print the API key, ${how}`, {
            help: 'run it by hand: it has to print the key and nothing else',
          }),
        );
      },
    ).stdin?.end();
  });
}
