import type { Event } from '../../fields/event.ts';
import type { Finding } from '../../text/diagnostic.ts';
import { SourceFile, type Position } from '../../text/source-file.ts';
import { eventProblem, MAX_BYTES } from './decode.ts';
import { isLines, readEventLines, readEvents } from './read-events.ts';

/** A problem and its place in the file; a stream is gone when somebody wants to look at it again. */
export interface PlacedProblem {
  readonly finding: Finding;
  readonly position: Position;
}

export interface EventBatch {
  readonly events: readonly Event[];
  readonly problems: readonly PlacedProblem[];
}

/** Bytes of NDJSON that are held at a time; a file with less is read as a whole. */
const PIECE = 8 * 1024 * 1024;

/** Enough to see whether the first line is a JSON object of its own. */
const SAMPLE = 64 * 1024;

const NEWLINE = 10;

const startsWithLines = (path: string, bytes: Uint8Array): boolean => {
  const sample = bytes.subarray(0, Math.max(SAMPLE, bytes.indexOf(NEWLINE) + SAMPLE));
  return isLines(new SourceFile(path, new TextDecoder().decode(sample)));
};

/**
 * Reads events piece by piece: NDJSON is never held as a whole, so its length does not matter. A file that is one JSON text
 * (an object, a list, a search response) has to be held. `chunks` are the unpacked bytes. Never throws for what the file
 * holds; what `chunks` throws goes through.
 */
export async function* streamEvents(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<EventBatch> {
  let held: Uint8Array[] = [];
  let size = 0;
  let lines: boolean | undefined;
  const before = { line: 0, events: 0 };
  const hold = (bytes: Uint8Array): void => {
    held = [bytes];
    size = bytes.length;
  };
  for await (const chunk of chunks) {
    held.push(chunk);
    size += chunk.length;
    if (size < PIECE || (lines === false && size <= MAX_BYTES)) continue;
    const bytes = Buffer.concat(held);
    hold(bytes);
    lines ??= startsWithLines(path, bytes);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (lines && end > 0) {
      yield piece(path, bytes.subarray(0, end), before);
      hold(bytes.subarray(end));
    } else if (size > MAX_BYTES) {
      const finding = eventProblem(path, 'events/too-large', 'one JSON text has more than 512 MB', {
        help: 'write one event a line: NDJSON is read piece by piece',
      });
      yield { events: [], problems: [{ finding, position: { line: before.line + 1, column: 1 } }] };
      return;
    }
  }
  const bytes = Buffer.concat(held);
  if (before.line > 0) {
    if (bytes.length > 0) yield piece(path, bytes, before);
    return;
  }
  const { events, problems } = readEvents(path, bytes);
  const source = new SourceFile(path, problems.length === 0 ? '' : bytes.toString('utf8'));
  yield { events, problems: problems.map((finding) => ({ finding, position: source.position(finding.span.start) })) };
}

function piece(path: string, bytes: Uint8Array, before: { line: number; events: number }): EventBatch {
  const { events, problems, source } = readEventLines(path, bytes, before);
  const placed = problems.map((finding) => {
    const { line, column } = source.position(finding.span.start);
    return { finding, position: { line: before.line + line, column } };
  });
  before.line += bytes.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 0);
  before.events += events.length;
  return { events, problems: placed };
}
