import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { KnownError } from '../text/known-error.ts';
import { isInside } from './host.ts';
import { isReadFault, readRegular } from './read-file.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** The text of a file with its byte order mark, if it has one. Throws a KnownError if it is no file of text. */
export function readWhole(path: string, shown: string): string {
  const bytes = readRegular(path, MAX_BYTES);
  if (isReadFault(bytes)) throw new KnownError(`${shown}: ${bytes.message}`, { help: bytes.help });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new KnownError(`${shown} is not valid UTF-8`, { help: 'save it as UTF-8' });
  }
}

const at = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

/** A file that is to be written: absolute path, and as a person reads it. */
export interface Write {
  readonly path: string;
  readonly shown: string;
  /** The text that was read; absent: there must be no such file. */
  readonly before?: string;
  readonly text: string;
}

/**
 * Checks that a file can be written without leaving a folder: below it, through real folders and no link, and as it was when it
 * was read. Throws a KnownError. All files of a run are checked before the first one is written.
 */
export function checkInside(root: string, { path, shown, before }: Write): void {
  if (!isInside(root, path) || path === root)
    throw new KnownError(`${shown} lies outside of the repository`, { help: 'check paths.rules in dac.toml' });
  let folder = root;
  for (const part of relative(root, dirname(path)).split(sep)) {
    folder = part === '' ? folder : join(folder, part);
    const stat = at(folder);
    if (stat === undefined) break;
    if (!stat.isDirectory())
      throw new KnownError(`${shown}: ${part} is ${stat.isSymbolicLink() ? 'a link' : 'no folder'}, and nothing is written through it`, { help: 'put a folder in its place' }); // prettier-ignore
  }
  const stat = at(path);
  if (stat === undefined && before === undefined) return;
  if (stat === undefined) throw new KnownError(`${shown} has gone meanwhile`, { help: 'run it again' });
  if (!stat.isFile())
    throw new KnownError(`${shown} is ${stat.isSymbolicLink() ? 'a link' : 'no file'}, and nothing is written through it`, { help: 'put a file in its place' }); // prettier-ignore
  if (before === undefined) throw new KnownError(`${shown} is there already`, { help: 'run it again' });
  if (readWhole(path, shown) !== before)
    throw new KnownError(`${shown} was changed meanwhile`, { help: 'run it again' });
}

/** Writes a file in one step, all of it or nothing, with the rights that it had. Throws a KnownError. */
export function writeInside(root: string, write: Write): void {
  checkInside(root, write);
  const { path, shown, text } = write;
  // One name for each file: what a run that was killed has left is taken by the next one.
  const part = join(dirname(path), `.${basename(path)}.dac-part`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(part, { force: true });
    writeFileSync(part, text, { flag: 'wx' });
    const stat = at(path);
    if (stat !== undefined) chmodSync(part, stat.mode);
    renameSync(part, path);
  } catch (cause) {
    rmSync(part, { force: true });
    throw new KnownError(`${shown} cannot be written`, { cause, help: 'give yourself the right to write it' });
  }
}
