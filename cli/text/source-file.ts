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
  #starts: number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  /** Offsets at which lines begin; a lone CR does not end a line. Made on first use: most files never need it. */
  get #lineStarts(): number[] {
    if (this.#starts === undefined) {
      this.#starts = [0];
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    }
    return this.#starts;
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  position(offset: number): Position {
    const starts = this.#lineStarts;
    const bounded = Math.max(0, Math.min(offset, this.text.length));
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
    const start = this.#lineStarts[number - 1];
    if (start === undefined) return '';
    const end = this.#lineStarts[number] ?? this.text.length + 1;
    return this.text.slice(start, end - 1).replace(/\r$/, '');
  }

  /** Span of a whole line (from 1), without its line end. */
  lineSpan(number: number): Span {
    const start = this.#lineStarts[number - 1] ?? this.text.length;
    return { start, end: start + this.line(number).length };
  }
}
