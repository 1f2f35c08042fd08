import { complementOf, foldedRange, type Ranges } from './ranges.ts';
import { caseVariants } from './case-folding.ts';
import { PatternError } from './pattern-error.ts';
import { concat, type RegexpNode } from './regexp-node.ts';

/** `~`, `&`, `#`, `@`, `<1-5>` and `<name>`. */
export type RegexpOperator = 'complement' | 'intersection' | 'empty' | 'anystring' | 'interval' | 'automaton';

export interface RegexpSyntax {
  readonly caseInsensitive?: boolean;
  /** The optional operators that are on; default all. The others are ordinary characters. */
  readonly operators?: ReadonlySet<RegexpOperator>;
  /**
   * As before Lucene 10.2 (Elasticsearch 9.1): case-insensitive means ASCII letters, and in a class an escaped character may begin a
   * range and is folded.
   */
  readonly ascii?: boolean;
  /** Whether ranges such as `[a-z]` are folded: in Java's language they are, in Lucene's not (lucene issue 14378). */
  readonly foldRanges?: boolean;
}

/** Java's largest int, for bounds of `{1,5}` and `<1-5>`. */
const MAX_INT = 2_147_483_647;

const DIGIT: Ranges = [48, 57];
const WORD: Ranges = [48, 57, 65, 90, 95, 95, 97, 122];
const SPACE: Ranges = [9, 10, 13, 13, 32, 32];

const CLASSES: ReadonlyMap<string, Ranges> = new Map([
  ['d', DIGIT], ['w', WORD], ['s', SPACE], ['D', complementOf(DIGIT)], ['W', complementOf(WORD)], ['S', complementOf(SPACE)],
  ['\\', [92, 92]],
]); // prettier-ignore

/**
 * Parser of Lucene's regular expressions (lucene:lucene/core/src/java/org/apache/lucene/util/automaton/RegExp.java). The optional
 * operators are `~` complement, `&` intersection, `@` any string, `#` nothing, `<1-5>` numbers; `"…"` is literal. There are no
 * anchors, lazy quantifiers, look-around or back references: a second quantifier applies to the first.
 */
export class RegexpParser {
  readonly #text: string;
  readonly #syntax: RegexpSyntax;
  #at = 0;

  constructor(text: string, syntax: RegexpSyntax) {
    this.#text = text;
    this.#syntax = syntax;
  }

  parse(): RegexpNode {
    if (this.#text === '') return { kind: 'text', codes: [] };
    const node = this.#union();
    if (this.#more()) this.#fail('unexpected ")"', 'escape it as \\) if it is meant as a character');
    return node;
  }

  #on(operator: RegexpOperator): boolean {
    return this.#syntax.operators?.has(operator) ?? true;
  }

  #fail(what: string, help?: string, at = this.#at): never {
    throw new PatternError(what, Math.min(at, this.#text.length), help);
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

  #union(): RegexpNode {
    const first = this.#intersection();
    if (this.#peek() !== '|') return first;
    const items = [first];
    while (this.#match('|')) items.push(this.#intersection());
    return { kind: 'union', items: items.flatMap((item) => (item.kind === 'union' ? item.items : [item])) };
  }

  #intersection(): RegexpNode {
    let left = this.#concatenation();
    while (this.#on('intersection') && this.#match('&'))
      left = { kind: 'intersection', left, right: this.#concatenation() };
    return left;
  }

  #concatenation(): RegexpNode {
    const ends = this.#on('intersection') ? ')|&' : ')|';
    let node = this.#repetition();
    while (this.#more() && !ends.includes(this.#peek())) node = concat(node, this.#repetition());
    return node;
  }

  #repetition(): RegexpNode {
    let inner = this.#complement();
    for (;;) {
      if (this.#match('?')) inner = { kind: 'optional', inner };
      else if (this.#match('*')) inner = { kind: 'star', inner };
      else if (this.#match('+')) inner = { kind: 'repeat', inner, min: 1, max: Infinity };
      else if (this.#peek() === '{') inner = this.#counted(inner);
      else return inner;
    }
  }

  #counted(inner: RegexpNode): RegexpNode {
    const start = this.#at++;
    const min = this.#number(start);
    const max = !this.#match(',') ? min : this.#peek() === '}' ? Infinity : this.#number(start);
    if (!this.#match('}')) this.#fail(COUNTED, COUNTED_HELP, start);
    if (min > max)
      this.#fail('the repetition is the wrong way round', 'write the smaller number first, as in {1,3}', start);
    return { kind: 'repeat', inner, min, max };
  }

  #number(start: number): number {
    const from = this.#at;
    while (/^[0-9]$/.test(this.#peek())) this.#at++;
    const number = Number(this.#text.slice(from, this.#at));
    if (this.#at === from) this.#fail(COUNTED, COUNTED_HELP, start);
    if (number > MAX_INT) this.#fail('a repetition counts to 2147483647 at most', undefined, start);
    return number;
  }

  #complement(): RegexpNode {
    return this.#on('complement') && this.#match('~') ? { kind: 'not', inner: this.#complement() } : this.#charClass();
  }

  /** The first item may be "]"; a "-" always makes a range, also before the closing bracket: "[a-]" is a range up to "]". */
  #charClass(): RegexpNode {
    const start = this.#at;
    if (!this.#match('[')) return this.#simple();
    const negated = this.#match('^');
    const ranges: number[] = [];
    do {
      if (!this.#more())
        this.#fail('the character class has no end', 'close it with ], or escape a literal bracket as \\[', start);
      ranges.push(...this.#classItem());
    } while (this.#peek() !== ']');
    this.#at++;
    const [low = 0, high] = ranges;
    // A class of one character is that character, which is folded even where the class did not fold it
    const whole = ranges.length === 2 && low === high ? this.#folded(low) : ranges;
    return { kind: 'class', ranges: negated ? complementOf(whole) : whole };
  }

  #classItem(): Ranges {
    const escaped = this.#peek() === '\\';
    const known = this.#escaped();
    if (known !== undefined) return known;
    const low = this.#character();
    if (escaped && this.#syntax.ascii !== true) return [low, low];
    if (!this.#match('-')) return this.#folded(low);
    const at = this.#at;
    const high = this.#character();
    if (high < low)
      this.#fail(
        'the range of the character class is the wrong way round',
        'a "-" that is not first makes a range; write it first, or escape it as \\-',
        at,
      );
    return this.#syntax.caseInsensitive === true && this.#syntax.foldRanges === true
      ? foldedRange(low, high)
      : [low, high];
  }

  #folded(code: number): Ranges {
    if (this.#syntax.caseInsensitive !== true) return [code, code];
    if (this.#syntax.ascii === true) return foldedRange(code, code);
    return caseVariants(code).flatMap((one) => [one, one]);
  }

  /** After a backslash: a class such as `\d`, or a backslash. Other escaped letters are errors, other characters themselves. */
  #escaped(): Ranges | undefined {
    if (!this.#match('\\')) return undefined;
    const next = this.#peek();
    const ranges = CLASSES.get(next);
    if (ranges !== undefined) this.#at++;
    else if (/^[A-Za-z]$/.test(next))
      this.#fail(
        `\\${next} means nothing in Lucene's regular expressions`,
        `only \\d \\w \\s and \\D \\W \\S do; write ${next} if you mean the letter, or the character itself`,
        this.#at - 1,
      );
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

  #simple(): RegexpNode {
    const start = this.#at;
    if (this.#match('.')) return { kind: 'class', ranges: complementOf([]) };
    if (this.#on('empty') && this.#match('#')) return { kind: 'nothing' };
    if (this.#on('anystring') && this.#match('@')) return { kind: 'anything' };
    if (this.#match('"')) {
      const end = this.#text.indexOf('"', this.#at);
      if (end < 0)
        this.#fail('the quoted text has no end', 'a double quote begins literal text; escape it as \\"', start);
      const codes = Array.from(this.#text.slice(this.#at, end), (character) => character.codePointAt(0) ?? 0);
      this.#at = end + 1;
      return { kind: 'text', codes };
    }
    if (this.#match('(')) {
      if (this.#match(')')) return { kind: 'text', codes: [] };
      const node = this.#union();
      if (!this.#match(')')) this.#fail('the parenthesis is not closed', 'close it, or escape it as \\(', start);
      return node;
    }
    if ((this.#on('interval') || this.#on('automaton')) && this.#match('<')) return this.#interval(start);
    const escaped = this.#escaped();
    return escaped === undefined ? { kind: 'text', codes: [this.#character()] } : { kind: 'class', ranges: escaped };
  }

  /** Ends as Java reads ints, with a plus sign if they like. Named automata (`<name>`) are none in Elasticsearch. */
  #interval(start: number): RegexpNode {
    const end = this.#text.indexOf('>', this.#at);
    const found = end < 0 ? null : /^(\+?\d+)-(\+?\d+)$/.exec(this.#text.slice(this.#at, end));
    const [low, high] = [Number(found?.[1] ?? NaN), Number(found?.[2] ?? NaN)];
    if (found === null || low > MAX_INT || high > MAX_INT || !this.#on('interval'))
      this.#fail(
        '"<" begins an interval of numbers such as <1-100>, up to 2147483647',
        'escape a literal one as \\<',
        start,
      );
    this.#at = end + 1;
    const digits = found[1]?.length === found[2]?.length ? (found[1]?.length ?? 0) : 0;
    return { kind: 'interval', min: Math.min(low, high), max: Math.max(low, high), digits };
  }
}

const COUNTED = 'a repetition is written {n}, {n,} or {n,m}';
const COUNTED_HELP = 'escape a literal brace as \\{';
