import type { Span } from './span.ts';

/** A place as people count: line and column from 1, column in UTF-16 code units as editors and SARIF count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A text file and its lines. `path` is as the user should read it: relative to the working directory, with `/`.
 * `text` is the decoded file without a byte order mark; line ends are kept as they are in the file.
 */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly #starts = [0];
  /** Whether all lines have been found. */
  #counted = false;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  /**
   * Offsets at which lines begin, those after `offset` only if somebody has asked for them; a lone CR does not end a line. Most
   * files are asked for no line at all, or for one near their top.
   */
  #lineStarts(offset: number): readonly number[] {
    for (let last = this.#starts.at(-1) ?? 0; last <= offset && !this.#counted;) {
      const end = this.text.indexOf('\n', last);
      if (end < 0) this.#counted = true;
      else this.#starts.push((last = end + 1));
    }
    return this.#starts;
  }

  get lineCount(): number {
    return this.#lineStarts(this.text.length).length;
  }

  position(offset: number): Position {
    const bounded = Math.max(0, Math.min(offset, this.text.length));
    const starts = this.#lineStarts(bounded);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= bounded) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: bounded - (starts[low] ?? 0) + 1 };
  }

  /** Text of a line (from 1) without its line end; empty for a line that is not there. */
  line(number: number): string {
    const starts = this.#lineStarts(this.text.length);
    const start = starts[number - 1];
    if (start === undefined) return '';
    const end = starts[number] ?? this.text.length + 1;
    return this.text.slice(start, end - 1).replace(/\r$/, '');
  }

  /** Span of a whole line (from 1), without its line end. */
  lineSpan(number: number): Span {
    const start = this.#lineStarts(this.text.length)[number - 1] ?? this.text.length;
    return { start, end: start + this.line(number).length };
  }
}
