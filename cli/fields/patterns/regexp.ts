import { PatternError } from './pattern-error.ts';
import {
  ANY,
  complement,
  foldRanges,
  matcherOf,
  normalise,
  RegexBuilder,
  TooComplex,
  type Ranges,
  type Regex,
} from './regexp-node.ts';

export interface RegexpOptions {
  readonly caseInsensitive?: boolean;
}

/** `index.max_regex_length` of Elasticsearch. */
const MAX_LENGTH = 1000;
/** As far as our automata go; Lucene stops at 10,000 units of work when it makes one deterministic. */
const MAX_STATES = 50_000;

const DIGIT: Ranges = [48, 57];
const WORD: Ranges = [48, 57, 65, 90, 95, 95, 97, 122];
const SPACE: Ranges = [9, 10, 13, 13, 32, 32];

const CLASSES: Readonly<Record<string, Ranges>> = {
  d: DIGIT,
  w: WORD,
  s: SPACE,
  D: complement(DIGIT),
  W: complement(WORD),
  S: complement(SPACE),
};

const classOf = (letter: string): Ranges | undefined => (Object.hasOwn(CLASSES, letter) ? CLASSES[letter] : undefined);

/**
 * Parser of Lucene's regular expressions with all optional operators on: `~` complement, `&` intersection, `@` any string,
 * `#` nothing, `<1-5>` numbers, `"…"` literal (lucene: org/apache/lucene/util/automaton/RegExp.java). There are no anchors,
 * lazy quantifiers, look-around or back references: a second quantifier applies to the first.
 */
class Parser {
  readonly #text: string;
  readonly #build: RegexBuilder;
  readonly #fold: boolean;
  #at = 0;

  constructor(text: string, build: RegexBuilder, fold: boolean) {
    this.#text = text;
    this.#build = build;
    this.#fold = fold;
  }

  parse(): Regex {
    if (this.#text === '') return this.#build.empty;
    const node = this.#union();
    if (this.#at < this.#text.length) this.#fail('unexpected ")"', 'escape it as \\) if it is meant as a character');
    return node;
  }

  #fail(what: string, help?: string): never {
    throw new PatternError(what, Math.min(this.#at, this.#text.length), help);
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #more(): boolean {
    return this.#at < this.#text.length;
  }

  #match(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #union(): Regex {
    const items = [this.#intersection()];
    while (this.#match('|')) items.push(this.#intersection());
    return this.#build.or(items);
  }

  #intersection(): Regex {
    const items = [this.#concatenation()];
    while (this.#match('&')) items.push(this.#concatenation());
    return items.length === 1 ? (items[0] ?? this.#build.none) : this.#build.and(items);
  }

  #concatenation(): Regex {
    const items = [this.#repetition()];
    while (this.#more() && !')|&'.includes(this.#peek())) items.push(this.#repetition());
    let node = this.#build.empty;
    for (let i = items.length - 1; i >= 0; i--) node = this.#build.cat(items[i] ?? this.#build.empty, node);
    return node;
  }

  #repetition(): Regex {
    let node = this.#complement();
    for (;;) {
      if (this.#match('?')) node = this.#build.repeat(node, 0, 1);
      else if (this.#match('*')) node = this.#build.repeat(node, 0, Infinity);
      else if (this.#match('+')) node = this.#build.repeat(node, 1, Infinity);
      else if (this.#peek() === '{') node = this.#counted(node);
      else return node;
    }
  }

  #counted(node: Regex): Regex {
    const found = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#text.slice(this.#at, this.#at + 24));
    if (found === null) this.#fail('a repetition is written {n}, {n,} or {n,m}', 'escape a literal brace as \\{');
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3]);
    if (min > max) this.#fail(`the repetition {${min},${max}} ends before it begins`);
    if (min > 1000 || (max !== Infinity && max > 1000)) this.#fail('a repetition counts to 1,000 at most');
    this.#at += found[0].length;
    return this.#build.repeat(node, min, max);
  }

  #complement(): Regex {
    return this.#match('~') ? this.#build.not(this.#complement()) : this.#charClass();
  }

  #charClass(): Regex {
    const start = this.#at;
    if (!this.#match('[')) return this.#simple();
    const negated = this.#match('^');
    const ranges: number[] = [];
    do {
      if (!this.#more()) {
        this.#at = start;
        this.#fail('the character class has no end', 'close it with ], or escape a literal bracket as \\[');
      }
      const predefined = this.#predefined();
      if (predefined !== undefined) {
        ranges.push(...predefined);
        continue;
      }
      const low = this.#character();
      if (this.#peek() === '-' && this.#text[this.#at + 1] !== ']') {
        this.#at++;
        const high = this.#character();
        if (high < low) this.#fail('the range of the character class is the wrong way round');
        ranges.push(low, high);
      } else ranges.push(low, low);
    } while (this.#peek() !== ']' || !this.#more());
    this.#at++;
    const all = normalise(ranges);
    const folded = this.#fold ? foldRanges(all) : all;
    return this.#build.class(negated ? complement(folded) : folded);
  }

  #predefined(): Ranges | undefined {
    if (this.#peek() !== '\\') return undefined;
    const ranges = classOf(this.#text[this.#at + 1] ?? '');
    if (ranges !== undefined) this.#at += 2;
    return ranges;
  }

  #character(): number {
    this.#match('\\');
    if (!this.#more()) this.#fail('the pattern ends after a backslash', 'write \\\\ for a backslash');
    const code = this.#text.codePointAt(this.#at) ?? 0;
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #literal(code: number): Regex {
    return this.#build.class(this.#fold ? foldRanges([code, code]) : [code, code]);
  }

  #simple(): Regex {
    const start = this.#at;
    if (this.#match('.')) return this.#build.class(ANY);
    if (this.#match('#')) return this.#build.none;
    if (this.#match('@')) return this.#build.anything;
    if (this.#match('"')) {
      const end = this.#text.indexOf('"', this.#at);
      if (end < 0) {
        this.#at = start;
        this.#fail('the quoted text has no end', 'a double quote begins literal text; escape it as \\"');
      }
      const codes = Array.from(this.#text.slice(this.#at, end), (character) => character.codePointAt(0) ?? 0);
      this.#at = end + 1;
      return codes.reduceRight((rest, code) => this.#build.cat(this.#literal(code), rest), this.#build.empty);
    }
    if (this.#match('(')) {
      if (this.#match(')')) return this.#build.empty;
      const node = this.#union();
      if (!this.#match(')')) {
        this.#at = start;
        this.#fail('the parenthesis is not closed', 'close it, or escape it as \\(');
      }
      return node;
    }
    if (this.#match('<')) return this.#interval(start);
    if (this.#peek() === '\\') {
      const ranges = this.#predefined();
      if (ranges !== undefined) return this.#build.class(ranges);
    }
    return this.#literal(this.#character());
  }

  #interval(start: number): Regex {
    const end = this.#text.indexOf('>', this.#at);
    const inner = end < 0 ? '' : this.#text.slice(this.#at, end);
    const found = /^(\d{1,18})-(\d{1,18})$/.exec(inner);
    if (found === null) {
      this.#at = start;
      this.#fail('"<" begins an interval of numbers such as <1-100>', 'escape a literal one as \\<');
    }
    this.#at = end + 1;
    const [low, high] = [found[1] ?? '', found[2] ?? ''];
    const [a, b] = [BigInt(low), BigInt(high)];
    return this.#build.interval(a < b ? a : b, a < b ? b : a, low.length === high.length ? low.length : 0);
  }
}

/** Compiles a Lucene regular expression; the whole value has to fit. Throws a PatternError with the place of the fault. */
export function compileRegexp(pattern: string, options: RegexpOptions = {}): (value: string) => boolean {
  if (pattern.length > MAX_LENGTH)
    throw new PatternError(
      `the regular expression has ${pattern.length} characters, ${MAX_LENGTH} are allowed`,
      MAX_LENGTH,
    );
  const build = new RegexBuilder(MAX_STATES);
  return guarded(() => {
    const matches = matcherOf(build, new Parser(pattern, build, options.caseInsensitive === true).parse());
    return (value) => guarded(() => matches(value));
  });
}

/** Java's regular expression as far as it means the same as Lucene's once translated; see `compileJavaRegexp`. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooComplex || error instanceof RangeError)
      throw new PatternError('the regular expression is too complex', 0, 'write it as several simpler ones');
    throw error;
  }
}

/** True when the pattern fits exactly one string, which is returned; used to fold a pattern into an equality. */
export function onlyString(pattern: string): string | undefined {
  let text = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] ?? '';
    if ('.?+*|{}[]()"#@&<>~'.includes(character)) return undefined;
    if (character === '\\') {
      i++;
      const next = pattern[i];
      if (next === undefined || classOf(next) !== undefined) return undefined;
      text += next;
    } else text += character;
  }
  return text;
}
