import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Why a file was not read, in words that follow its path. */
export interface ReadFault {
  readonly id: 'file/not-readable' | 'file/too-large';
  readonly message: string;
  readonly help: string;
}

export const isReadFault = (read: Uint8Array | ReadFault): read is ReadFault => 'message' in read;

const CODES: Readonly<Record<string, readonly [message: string, help: string]>> = {
  EACCES: ['the file cannot be read: permission denied', 'give yourself the right to read it, or leave it out'],
  EPERM: ['the file cannot be read: permission denied', 'give yourself the right to read it, or leave it out'],
  ELOOP: ['this link leads in a circle', 'take the link out, or let it point to a file'],
  ENOENT: ['there is no such file', 'check the spelling of the path'],
  ENXIO: ['this is a socket or a pipe, not a file', 'take it out of the folder'],
};

const KINDS = 'a folder, a pipe, a socket or a device';

/**
 * Reads a regular file of at most `limit` bytes. Anything else is refused without being read: opening without blocking
 * keeps a FIFO that nobody writes to from hanging the run.
 */
export function readRegular(path: string, limit: number): Uint8Array | ReadFault {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(file);
    if (!stat.isFile())
      return {
        id: 'file/not-readable',
        message: `this is ${stat.isFIFO() ? 'a named pipe' : stat.isDirectory() ? 'a folder' : KINDS}, not a file`,
        help: 'take it out of the folder, or give it another name',
      };
    if (stat.size > limit)
      return {
        id: 'file/too-large',
        message: `the file has ${(stat.size / 1_048_576).toFixed(0)} MiB, ${(limit / 1_048_576).toFixed(0)} are the limit`,
        help: 'is this the right file?',
      };
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const [message, help] = CODES[code] ?? [`the file cannot be read (${code === '' ? String(error) : code})`, ''];
    return { id: 'file/not-readable', message, help };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
