import { span, type Span } from '../../text/span.ts';
import { stringEnd } from './scan.ts';

export interface TomlComment {
  /** From the `#` to the end of the line. */
  readonly span: Span;
  /** Start of the line that it stands on; of the first line of a string that ends on that line. */
  readonly lineStart: number;
}

const lineStartOf = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

const lineEndOf = (text: string, offset: number): number => {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
};

/** The comments of a TOML text. A `#` inside of a string begins none. */
export function tomlComments(text: string): readonly TomlComment[] {
  const found: TomlComment[] = [];
  const special = /["'#]/g;
  let string = span(0, 0);
  for (let hit = special.exec(text); hit !== null; hit = special.exec(text)) {
    if (hit[0] === '#') {
      const start = lineStartOf(text, hit.index);
      const end = lineEndOf(text, hit.index);
      const first = string.start < start && string.end > start ? lineStartOf(text, string.start) : start;
      found.push({ span: span(hit.index, end), lineStart: first });
      special.lastIndex = end;
    } else {
      string = span(hit.index, stringEnd(text, hit.index));
      special.lastIndex = string.end;
    }
  }
  return found;
}

/**
 * End of what begins on the line that starts at `start`: a key with its value, over as many lines as that takes, a table
 * header, or an element of a list.
 */
export function statementEnd(text: string, start: number): number {
  const special = /["'#\n[\]{}]/g;
  special.lastIndex = start;
  let depth = 0;
  for (let hit = special.exec(text); hit !== null; hit = special.exec(text)) {
    const [character] = hit;
    if (character === '\n' && depth <= 0) return hit.index;
    if (character === '#') special.lastIndex = lineEndOf(text, hit.index);
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    else if (character !== '\n') special.lastIndex = stringEnd(text, hit.index);
  }
  return text.length;
}
