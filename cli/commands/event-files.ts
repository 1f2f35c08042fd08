import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { streamEvents, type EventBatch } from '../engine/events/stream-events.ts';
import type { Event } from '../fields/event.ts';
import type { Finding } from '../text/diagnostic.ts';
import { KnownError } from '../text/known-error.ts';
import { span } from '../text/span.ts';
import { walk } from '../text/walk.ts';
import { shown, type Host } from './host.ts';

const EVENT_FILE = /\.(json|ndjson|jsonl)(\.gz)?$/;

/** Files of events below the arguments, sorted as they were named. Throws a KnownError for one that is not there. */
export function eventFiles(host: Host, written: readonly string[]): readonly string[] {
  return written.flatMap((one) => {
    const path = resolve(host.cwd, one);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw new KnownError(`there is no file or folder ${one}`, { help: 'check --events' });
    return stat.isDirectory() ? walk(path, EVENT_FILE) : [path];
  });
}

const failure = (path: string, message: string, help: string): EventBatch => {
  const finding: Finding = { id: 'events/not-readable', severity: 'error', path, message, span: span(0, 0), help };
  return { events: [], problems: [{ finding, position: { line: 1, column: 1 } }] };
};

const GZIP = [0x1f, 0x8b];

/** Reads a file of events in pieces, unpacking it on the way. What cannot be read is a problem. */
export async function* readEventFile(host: Host, path: string): AsyncGenerator<EventBatch> {
  const name = shown(host, path);
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    yield failure(name, `the file cannot be read (${code})`, 'give yourself the right to read it, or leave it out');
    return;
  }
  if (!fstatSync(file).isFile()) {
    closeSync(file);
    yield failure(name, 'this is a pipe, a socket or a device, not a file', 'write the events to a file first');
    return;
  }
  const head = Buffer.alloc(2);
  const packed = readSync(file, head, 0, 2, 0) === 2 && GZIP.every((byte, at) => head[at] === byte);
  const plain = createReadStream(path, { fd: file, start: 0, highWaterMark: 1 << 20 });
  // A fault of the source ends the last stream too, which is where it is read.
  const bytes: AsyncIterable<Uint8Array> = packed ? pipeline(plain, createGunzip(), () => {}) : plain;
  try {
    yield* streamEvents(name, bytes);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    yield packed
      ? failure(name, 'this is not a whole gzip file', 'pack it again, or give the plain JSON')
      : failure(name, `the file cannot be read (${String(error.code)})`, 'is the disk in order?');
  }
}

/** All events of files and folders, numbered over all of them. Throws a KnownError at the first that cannot be read. */
export async function allEvents(host: Host, written: readonly string[]): Promise<readonly Event[]> {
  const events: Event[] = [];
  for (const path of eventFiles(host, written))
    for await (const { events: some, problems } of readEventFile(host, path)) {
      const [fault] = problems;
      if (fault !== undefined)
        throw new KnownError(fault.finding.message, {
          place: { path: fault.finding.path, ...fault.position },
          ...(fault.finding.help === undefined ? {} : { help: fault.finding.help }),
        });
      for (const event of some) events.push({ ...event, ordinal: events.length });
    }
  return events;
}
