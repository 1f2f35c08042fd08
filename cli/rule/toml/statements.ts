import { span, type Span } from '../../text/span.ts';
import { statementEnd } from './comments.ts';
import { placesOf, type Place } from './scan.ts';

/** A line, or several, that say one thing: a key with its value, or the header of a table. */
export interface Statement {
  readonly header: boolean;
  /** Where it is in the document, as in `placeKey`. */
  readonly path: string;
  /** Whole lines, a comment behind it and the line end included. */
  readonly span: Span;
}

/** The statements of a TOML text in their order, and the places that they were made of. */
export interface Layout {
  readonly statements: readonly Statement[];
  readonly places: ReadonlyMap<string, Place>;
}

const isHeader = (place: Place): boolean => place.value.start < place.key.start;
const isPair = (place: Place): boolean => place.value.start >= place.key.end && place.key !== place.value;

export function layoutOf(text: string): Layout {
  const places = placesOf(text).all();
  const byStart = new Map<number, { path: string; place: Place }>();
  for (const [path, place] of places) {
    if (!isHeader(place) && !isPair(place)) continue;
    const start = isHeader(place) ? place.value.start : place.key.start;
    const known = byStart.get(start);
    // A header is also the place of the tables above it that have none.
    if (known === undefined || known.path.length < path.length) byStart.set(start, { path, place });
  }
  const statements: Statement[] = [];
  let end = 0;
  for (const [start, { path, place }] of [...byStart].sort(([a], [b]) => a - b)) {
    if (start < end) continue; // a pair inside of an inline table
    const line = text.lastIndexOf('\n', start - 1) + 1;
    end = Math.min(text.length, statementEnd(text, line) + 1);
    statements.push({ header: isHeader(place), path, span: span(line, end) });
  }
  return { statements, places };
}

/** Whether a path is another one or lies below it. */
export const isBelow = (path: string, above: string): boolean =>
  above === '' || path === above || path.startsWith(`${above}\0`);
