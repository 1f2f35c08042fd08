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
  /** Whether case-insensitivity reaches ranges such as `[a-z]`: in Java's language it does, in Lucene's it does not. */
  readonly foldRanges?: boolean;
  /** The optional operators that are on; default all. The others are ordinary characters. */
  readonly operators?: ReadonlySet<RegexpOperator>;
}

/** `~`, `&`, `#`, `@` and `<1-5>`. */
export type RegexpOperator = 'complement' | 'intersection' | 'empty' | 'anystring' | 'interval';

/** `index.max_regex_length` of Elasticsearch. */
const MAX_LENGTH = 1000;
/** As far as our automata go; Lucene stops at 10,000 units of work when it makes one deterministic. */
const MAX_STATES = 50_000;
/** Lucene refuses a repetition whose automaton would have more states than its work limit (RegExp.toAutomaton). */
const MAX_REPEAT = 10_000;
/** Bounds of `<1-5>` are Java ints. */
const MAX_INT = 2_147_483_647;

const DIGIT: Ranges = [48, 57];
const WORD: Ranges = [48, 57, 65, 90, 95, 95, 97, 122];
const SPACE: Ranges = [9, 10, 13, 13, 32, 32];
const BACKSLASH: Ranges = [92, 92];

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
 * `#` nothing, `<1-5>` numbers, `"…"` literal (lucene:lucene/core/src/java/org/apache/lucene/util/automaton/RegExp.java).
 * There are no anchors, lazy quantifiers, look-around or back references: a second quantifier applies to the first.
 *
 * Case-insensitive, a single letter meets both cases and a range (`[a-z]`) does not: Lucene folds ranges only under a flag
 * that Elasticsearch does not set (lucene issue 14378, elasticsearch pull request 125412).
 */
class Parser {
  readonly #text: string;
  readonly #build: RegexBuilder;
  readonly #fold: boolean;
  readonly #foldRanges: boolean;
  readonly #operators: ReadonlySet<RegexpOperator> | undefined;
  #at = 0;

  constructor(text: string, build: RegexBuilder, options: RegexpOptions) {
    this.#text = text;
    this.#build = build;
    this.#fold = options.caseInsensitive === true;
    this.#foldRanges = this.#fold && options.foldRanges === true;
    this.#operators = options.operators;
  }

  #on(operator: RegexpOperator): boolean {
    return this.#operators?.has(operator) ?? true;
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
    while (this.#on('intersection') && this.#match('&')) items.push(this.#concatenation());
    return items.length === 1 ? (items[0] ?? this.#build.none) : this.#build.and(items);
  }

  #concatenation(): Regex {
    const items = [this.#repetition()];
    const ends = this.#on('intersection') ? ')|&' : ')|';
    while (this.#more() && !ends.includes(this.#peek())) items.push(this.#repetition());
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
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT))
      this.#fail('a repetition counts to 10,000 at most', 'write it as several simpler expressions');
    this.#at += found[0].length;
    // lucene: Operations.repeat gives the empty language for {3,1}
    return min > max ? this.#build.none : this.#build.repeat(node, min, max);
  }

  #complement(): Regex {
    return this.#on('complement') && this.#match('~') ? this.#build.not(this.#complement()) : this.#charClass();
  }

  #charClass(): Regex {
    const start = this.#at;
    if (!this.#match('[')) return this.#simple();
    const negated = this.#match('^');
    const ranges: number[] = [];
    // The first item may be "]"; a "-" always makes a range, also before the closing bracket: "[a-]" is a range up to "]".
    do {
      if (!this.#more()) {
        this.#at = start;
        this.#fail('the character class has no end', 'close it with ], or escape a literal bracket as \\[');
      }
      ranges.push(...this.#classItem());
    } while (this.#peek() !== ']');
    this.#at++;
    const all = normalise(ranges);
    return this.#build.class(negated ? complement(all) : all);
  }

  #classItem(): Ranges {
    const escaped = this.#escaped();
    if (escaped !== undefined) return escaped;
    const low = this.#character();
    if (!this.#match('-')) return this.#fold ? foldRanges([low, low]) : [low, low];
    const at = this.#at;
    const high = this.#character();
    if (high < low) {
      this.#at = at;
      this.#fail(
        'the range of the character class is the wrong way round',
        'a "-" that is not first makes a range; write it first, or escape it as \\-',
      );
    }
    return this.#foldRanges ? foldRanges([low, high]) : [low, high];
  }

  /** After a backslash: a class such as `\d`, or a backslash. Other escaped letters are errors, other characters themselves. */
  #escaped(): Ranges | undefined {
    if (!this.#match('\\')) return undefined;
    const next = this.#peek();
    const ranges = next === '\\' ? BACKSLASH : classOf(next);
    if (ranges !== undefined) this.#at++;
    else if (/^[A-Za-z]$/.test(next)) {
      this.#at--;
      this.#fail(
        `\\${next} means nothing in Lucene's regular expressions`,
        `only \\d \\w \\s and \\D \\W \\S do; write ${next} if you mean the letter, or the character itself`,
      );
    }
    return ranges;
  }

  #character(): number {
    const escaped = this.#match('\\') || this.#text[this.#at - 1] === '\\';
    if (!this.#more() && escaped) this.#fail('the pattern ends after a backslash', 'write \\\\ for a backslash');
    if (!this.#more())
      this.#fail('the pattern ends where something has to follow', 'finish it, or escape its last sign');
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
    if (this.#on('empty') && this.#match('#')) return this.#build.none;
    if (this.#on('anystring') && this.#match('@')) return this.#build.anything;
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
    if (this.#on('interval') && this.#match('<')) return this.#interval(start);
    const escaped = this.#escaped();
    if (escaped !== undefined) return this.#build.class(escaped);
    return this.#literal(this.#character());
  }

  #interval(start: number): Regex {
    const end = this.#text.indexOf('>', this.#at);
    const inner = end < 0 ? '' : this.#text.slice(this.#at, end);
    const found = /^(\d+)-(\d+)$/.exec(inner);
    if (found === null || Number(found[1]) > MAX_INT || Number(found[2]) > MAX_INT) {
      this.#at = start;
      this.#fail('"<" begins an interval of numbers such as <1-100>, up to 2147483647', 'escape a literal one as \\<');
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
    const matches = matcherOf(build, new Parser(pattern, build, options).parse());
    return (value) => guarded(() => matches(value));
  });
}

/** Turns "too many states" and "nested too deep" into an error that speaks of the pattern. */
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooComplex || error instanceof RangeError)
      throw new PatternError('the regular expression is too complex', 0, 'write it as several simpler ones');
    throw error;
  }
}

/** The language of a pattern, or undefined where it cannot be compiled. */
function languageOf(pattern: string): { readonly node: Regex; readonly build: RegexBuilder } | undefined {
  if (pattern.length > MAX_LENGTH) return undefined;
  const build = new RegexBuilder(MAX_STATES);
  try {
    return { node: guarded(() => new Parser(pattern, build, {}).parse()), build };
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}

/** Longest single string that is looked for. */
const MAX_SINGLE = 1000;

function single(node: Regex): string | undefined {
  switch (node.op) {
    case 'empty':
      return '';
    case 'class': {
      const [low, high] = node.ranges;
      return node.ranges.length === 2 && low !== undefined && low === high ? String.fromCodePoint(low) : undefined;
    }
    case 'cat': {
      let text = '';
      let rest: Regex = node;
      for (; rest.op === 'cat'; rest = rest.right) {
        const left = single(rest.left);
        if (left === undefined) return undefined;
        text += left;
      }
      const last = single(rest);
      return last === undefined ? undefined : text + last;
    }
    case 'repeat': {
      const inner = single(node.inner);
      if (inner === undefined || (inner !== '' && (node.min !== node.max || inner.length * node.min > MAX_SINGLE)))
        return undefined;
      return inner === '' ? '' : inner.repeat(node.min);
    }
    case 'or': {
      const texts = new Set(node.items.map((item) => single(item)));
      return texts.size === 1 ? [...texts][0] : undefined;
    }
    default:
      return undefined;
  }
}

/** The one string that a pattern fits, or undefined when it fits none or several (or is broken). */
export function onlyString(pattern: string): string | undefined {
  const language = languageOf(pattern);
  return language === undefined ? undefined : single(language.node);
}

/** Whether a pattern fits every string, such as `.*`, `@` or `a|.*`. */
export function fitsEveryString(pattern: string): boolean {
  const language = languageOf(pattern);
  return language !== undefined && language.node === language.build.anything;
}
