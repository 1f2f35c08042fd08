import { span, type Span } from '../../text/span.ts';
import type { KqlValue } from './ast.ts';

/** A fault of the text. The parser keeps it and reads on, unless it is `fatal`: nothing behind it could be understood. */
export class KqlFault extends Error {
  readonly span: Span;
  readonly help: string | undefined;
  readonly label: string | undefined;
  readonly fatal: boolean;

  constructor(
    message: string,
    where: Span,
    more: { readonly help?: string; readonly label?: string; readonly fatal?: boolean } = {},
  ) {
    super(message);
    this.span = where;
    this.help = more.help;
    this.label = more.label;
    this.fatal = more.fatal === true;
  }
}

const SPECIAL = new Set(['\\', '(', ')', ':', '<', '>', '"', '*', '{', '}']);
const isSpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\r' || character === '\n' || character === '\u00a0';

const CONTROL: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

/** Stands for a star while a value is put together; a private-use pair that no text is trimmed by. */
interface Piece {
  text: string;
}

/** Reads names and values of KQL text (kibana: kbn-es-query/src/kuery/grammar/grammar.peggy). */
export class Scanner {
  readonly text: string;
  at = 0;
  /** The run of white space that was looked at last, with what follows: so that long runs cost once. */
  #runStart = -1;
  #runEnd = -1;
  #runKeyword = false;

  constructor(text: string) {
    this.text = text;
  }

  get end(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string | undefined {
    return this.text[this.at];
  }

  skipSpace(): void {
    while (isSpace(this.text[this.at])) this.at++;
  }

  /** `word` followed by white space at `at`, in any case. */
  #word(at: number, word: string): boolean {
    return this.text.slice(at, at + word.length).toLowerCase() === word && isSpace(this.text[at + word.length]);
  }

  /** White space, the keyword, white space: consumed and true, or nothing. */
  acceptOperator(word: 'and' | 'or'): boolean {
    let next = this.at;
    while (isSpace(this.text[next])) next++;
    if (next === this.at || !this.#word(next, word)) return false;
    this.at = next + word.length;
    this.skipSpace();
    return true;
  }

  /**
   * Skips what cannot be read: up to the next ` and ` or ` or `, or to the bracket that closes what stands around, `open`
   * brackets further in than here.
   */
  skipPart(open: number): void {
    let depth = open;
    for (; !this.end; this.at++) {
      const character = this.text[this.at];
      if (character === '\\') this.at++;
      else if (character === '"') {
        const closing = this.text.indexOf('"', this.at + 1);
        if (closing > 0) this.at = closing;
      } else if (character === '(' || character === '{') depth++;
      else if (character === ')' || character === '}') {
        if (depth <= 0) break;
        depth--;
      } else if (depth <= 0 && isSpace(character) && this.guarded()) break;
    }
    this.at = Math.min(this.at, this.text.length);
  }

  /** `not` and white space. */
  acceptNot(): boolean {
    if (!this.#word(this.at, 'not')) return false;
    this.at += 3;
    this.skipSpace();
    return true;
  }

  /** Whether a keyword guard stops an unquoted run here: ` or `, ` and `, or `not ` without a space in front. */
  guarded(): boolean {
    const character = this.text[this.at];
    if (isSpace(character)) {
      if (this.at >= this.#runEnd || this.at < this.#runStart) {
        let next = this.at;
        while (isSpace(this.text[next])) next++;
        this.#runStart = this.at;
        this.#runEnd = next;
        this.#runKeyword = this.#word(next, 'or') || this.#word(next, 'and');
      }
      return this.#runKeyword;
    }
    return (character === 'n' || character === 'N') && this.#word(this.at, 'not');
  }

  /** A quoted or unquoted value, or undefined when none begins here. */
  value(): KqlValue | undefined {
    return this.peek() === '"' ? this.#quoted() : this.#unquoted();
  }

  #quoted(): KqlValue {
    const start = this.at++;
    let content = '';
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) {
        const escaped = this.text.endsWith('\\"');
        throw new KqlFault('the quoted text has no end', span(start, start + 1), {
          help: escaped
            ? 'a backslash before the closing quote escapes it: write "C:\\\\" with two'
            : 'close it with a double quote',
          fatal: true,
        });
      }
      this.at++;
      if (character === '"') break;
      if (character !== '\\') {
        content += character;
        continue;
      }
      const next = this.text[this.at] ?? '';
      if (Object.hasOwn(CONTROL, next)) content += CONTROL[next] ?? '';
      else if (next === '\\' || next === '"') content += next;
      else if (next === 'u' && /^[0-9a-fA-F]{4}$/.test(this.text.slice(this.at + 1, this.at + 5))) {
        content += String.fromCharCode(parseInt(this.text.slice(this.at + 1, this.at + 5), 16));
        this.at += 4;
      } else {
        // Any other backslash is itself.
        content += character;
        continue;
      }
      this.at++;
    }
    return { kind: 'literal', value: content, quoted: true, span: span(start, this.at) };
  }

  #unquoted(): KqlValue | undefined {
    const start = this.at;
    const pieces: Piece[] = [{ text: '' }];
    let stars = 0;
    const add = (text: string): void => {
      const last = pieces.at(-1);
      if (last !== undefined) last.text += text;
    };
    let lastText = this.at;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) break;
      if (character === '\\') {
        if (!this.#escape(add)) break;
      } else if (character === '*') {
        stars++;
        pieces.push({ text: '' });
        this.at++;
      } else if (SPECIAL.has(character) || this.guarded()) break;
      else {
        add(character);
        this.at++;
        if (isSpace(character)) continue;
      }
      lastText = this.at;
    }
    if (this.at === start) return undefined;
    const where = span(start, lastText);
    const first = pieces[0];
    const last = pieces.at(-1);
    if (stars > 0 && first !== undefined && last !== undefined) {
      first.text = first.text.trimStart();
      last.text = last.text.trimEnd();
      return { kind: 'wildcard', parts: pieces.map((piece) => piece.text), span: where };
    }
    const text = (first?.text ?? '').trim();
    const value = text === 'null' ? null : text === 'true' ? true : text === 'false' ? false : text;
    return { kind: 'literal', value, quoted: false, span: where };
  }

  /** An escape of unquoted text; false when the backslash begins none. */
  #escape(add: (text: string) => void): boolean {
    const next = this.text[this.at + 1] ?? '';
    if (Object.hasOwn(CONTROL, next)) {
      add(CONTROL[next] ?? '');
      this.at += 2;
      return true;
    }
    if (SPECIAL.has(next)) {
      add(next);
      this.at += 2;
      return true;
    }
    const unicode = /^u([0-9a-fA-F]{4})/.exec(this.text.slice(this.at + 1, this.at + 6));
    if (unicode !== null) {
      add(String.fromCharCode(parseInt(unicode[1] ?? '0', 16)));
      this.at += 6;
      return true;
    }
    const keyword = /^(or|and|not)/i.exec(this.text.slice(this.at + 1, this.at + 4));
    if (keyword !== null) {
      add(keyword[0]);
      this.at += 1 + keyword[0].length;
      return true;
    }
    return false;
  }
}
