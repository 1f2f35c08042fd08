import type { Span } from './span.ts';

/**
 * A decoded value, such as the query of a rule, that remembers where each of its characters stands in the file it came
 * from, through escapes, line-end normalisation and multi-line strings.
 *
 * `anchors` holds pairs, flat: decoded offset, file offset; ascending, the first decoded offset is 0. Between two anchors
 * the texts run one to one. `end` is the file offset just after the last decoded character.
 */
export class MappedText {
  readonly text: string;
  readonly #anchors: readonly number[];
  readonly #end: number;

  constructor(text: string, anchors: readonly number[], end: number) {
    this.text = text;
    this.#anchors = anchors;
    this.#end = end;
  }

  /** A text that stands in the file as it is, from `offset` on. */
  static verbatim(text: string, offset = 0): MappedText {
    return new MappedText(text, [0, offset], offset + text.length);
  }

  /** The file offset of a decoded offset. */
  offset(decoded: number): number {
    if (decoded >= this.text.length) return this.#end;
    const pairs = this.#anchors;
    let low = 0;
    let high = pairs.length / 2 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pairs[middle * 2] ?? 0) <= decoded) low = middle;
      else high = middle - 1;
    }
    return (pairs[low * 2 + 1] ?? 0) + Math.max(0, decoded) - (pairs[low * 2] ?? 0);
  }

  /** The file span of a decoded span. An empty span at the end stays empty. */
  span(decoded: Span): Span {
    const start = this.offset(decoded.start);
    if (decoded.end <= decoded.start) return { start, end: start };
    return { start, end: Math.max(start, decoded.end >= this.text.length ? this.#end : this.offset(decoded.end)) };
  }
}
