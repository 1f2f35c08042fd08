import { diffWordsWithSpace } from 'diff';
import { visible, visibleLine } from '../text/display.ts';

/** A piece of two texts: in both, only in the new one, or only in the old one. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/**
 * Edits after which a diff is given up. A limit of time would give another text on a slower machine; this takes some 20 ms, and
 * two texts that differ in more words are better read whole.
 */
const MOST_EDITS = 600;
const LONGEST = 200_000;

/** What differs, word by word; undefined: too much to be shown that way. */
export function wordDiff(before: string, after: string): readonly Piece[] | undefined {
  if (before.length + after.length > LONGEST) return undefined;
  return diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS })?.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

/** Characters of unchanged text that are left at each side of a change. */
const CONTEXT = 40;

/** Unchanged text between changes, cut at words where it is long. */
function shortened(text: string, first: boolean, last: boolean): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  if (line.length <= CONTEXT * 2 + 3) {
    if (first && line.length > CONTEXT) return `…${tail(line)}`;
    if (last && line.length > CONTEXT) return `${head(line)}…`;
    return line;
  }
  if (first) return `…${tail(line)}`;
  if (last) return `${head(line)}…`;
  return `${head(line)} … ${tail(line)}`;
}

const head = (line: string): string =>
  line
    .slice(0, CONTEXT)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/\S*$/, '');
const tail = (line: string): string =>
  line
    .slice(-CONTEXT)
    .replace(/^[\udc00-\udfff]/, '')
    .replace(/^\S*/, '');

export interface DiffPaint {
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
}

/** On one line: `… process.name in ("a", {+"b", +}"c") …`. What is hidden in the texts is written out. */
export function wordDiffLine(pieces: readonly Piece[], paint: DiffPaint): string {
  return pieces
    .map(({ kind, text }, at) => {
      if (kind === 'added') return paint.added(`{+${visibleLine(text)}+}`);
      if (kind === 'removed') return paint.removed(`[-${visibleLine(text)}-]`);
      return visible(shortened(text, at === 0, at === pieces.length - 1)).replace(/\t/g, ' ');
    })
    .join('')
    .trim();
}
