import type { Span } from '../text/span.ts';

/** A place in an investigation guide where a block of `[transform]` is to stand: `$osquery_0` or `${osquery_0}`. */
export interface Placeholder {
  readonly kind: 'osquery' | 'investigate';
  /** Which of the blocks of that kind, from 0. */
  readonly index: number;
  readonly written: string;
  /** Place in the text of the guide. */
  readonly span: Span;
}

const FORM = /\$(?:\{(osquery|investigate)_(\d{1,4})\}|(osquery|investigate)_(\d{1,4})(?![A-Za-z0-9_]))/g;

/** The placeholders of a guide, in order. */
export const placeholders = (note: string): readonly Placeholder[] =>
  // Most guides have none.
  !note.includes('$')
    ? []
    : [...note.matchAll(FORM)].map((found) => {
        const [written, braced, bracedIndex, bare, bareIndex] = found;
        return {
          kind: (braced ?? bare) === 'osquery' ? 'osquery' : 'investigate',
          index: Number(bracedIndex ?? bareIndex),
          written,
          span: { start: found.index, end: found.index + written.length },
        };
      });
