import { KnownError } from '../../text/known-error.ts';
import type { Query } from '../algebra/query.ts';

/** What stands between the operators. */
export type SimpleTerm =
  | { readonly kind: 'text' | 'prefix'; readonly text: string }
  | { readonly kind: 'phrase'; readonly text: string; readonly slop: number }
  | { readonly kind: 'fuzzy'; readonly text: string; readonly edits: number };

/** Makes a clause of a term; undefined: it comes to nothing, and the text is read as if it were not there. */
export type MakeClause = (term: SimpleTerm) => Query | undefined;

/** Operators that `flags` can switch off, one by one. */
export type SimpleOperator =
  'and' | 'not' | 'or' | 'prefix' | 'phrase' | 'precedence' | 'escape' | 'whitespace' | 'fuzzy' | 'near';

/** Parentheses inside each other, and changes between `+` and `|`, that are read: each is a level of the query. */
const MAX_LEVELS = 500;

const isSpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\n' || character === '\r';

/**
 * Reads the syntax of simple_query_string; whatever cannot be an operator is text, so nothing fails (lucene:
 * lucene/queryparser/src/java/org/apache/lucene/queryparser/simple/SimpleQueryParser.java). Undefined: nothing to look for.
 */
export const parseSimpleQuery = (
  text: string,
  byDefault: 'and' | 'or',
  operators: ReadonlySet<SimpleOperator>,
  make: MakeClause,
): Query | undefined => new SimpleParser(text, byDefault, operators, make).part(0, text.length, 0);

class SimpleParser {
  readonly #text: string;
  readonly #default: 'and' | 'or';
  readonly #on: ReadonlySet<SimpleOperator>;
  readonly #make: MakeClause;
  /** Place of the parenthesis that closes the one at a place. */
  readonly #closing: ReadonlyMap<number, number>;
  #at = 0;
  #end = 0;

  constructor(text: string, byDefault: 'and' | 'or', operators: ReadonlySet<SimpleOperator>, make: MakeClause) {
    this.#text = text;
    this.#make = make;
    this.#default = byDefault;
    this.#on = operators;
    this.#closing = closings(text, operators.has('escape'));
  }

  #is(operator: SimpleOperator, sign: string): boolean {
    return this.#text[this.#at] === sign && this.#on.has(operator);
  }

  /** The clauses between two places. Each operator joins all that was read so far with what follows it. */
  part(from: number, to: number, depth: number): Query | undefined {
    this.#at = from;
    this.#end = to;
    const tree = new Tree(this.#default, depth);
    for (let negated = false; this.#at < this.#end; negated = false) {
      while (this.#at < this.#end && this.#is('not', '-')) {
        negated = !negated;
        this.#at++;
      }
      if (this.#at >= this.#end) break;
      if (this.#is('precedence', '(')) {
        const open = this.#at;
        const close = this.#closing.get(open) ?? Infinity;
        if (close >= to) this.#at++;
        else if (close === open + 1) {
          tree.forget();
          this.#at = close + 1;
        } else {
          const inner = this.part(open + 1, close, depth + 1);
          tree.add(inner, negated);
          this.#at = close + 1;
          this.#end = to;
        }
      } else if (this.#is('precedence', ')')) this.#at++;
      else if (this.#is('phrase', '"')) {
        const start = this.#at;
        const phrase = this.#phrase();
        if (phrase !== undefined) tree.add(this.#make(phrase), negated);
        else if (this.#at === start + 2) tree.forget();
      } else if (this.#is('and', '+')) {
        tree.operator('and');
        this.#at++;
      } else if (this.#is('or', '|')) {
        tree.operator('or');
        this.#at++;
      } else if (this.#on.has('whitespace') && isSpace(this.#text[this.#at])) this.#at++;
      else {
        const term = this.#token();
        tree.add(term === undefined ? undefined : this.#make(term), negated);
      }
    }
    return tree.query;
  }

  /** Nothing where the quotes are empty and no slop follows, and where they have no end: the opening one is passed over then. */
  #phrase(): SimpleTerm | undefined {
    const start = ++this.#at;
    let text = '';
    for (let at = start; at < this.#end; at++) {
      const character = this.#text[at] ?? '';
      if (character === '\\' && this.#on.has('escape')) {
        at++;
        if (at < this.#end) text += this.#text[at] ?? '';
      } else if (character === '"') {
        this.#at = at + 1;
        // With a slop behind them empty quotes are a phrase without a word (SimpleQueryParser.java consumePhrase)
        if (this.#text[this.#at] !== '~' || this.#at >= this.#end || !this.#on.has('near'))
          return at === start ? undefined : { kind: 'phrase', text, slop: 0 };
        const alone = this.#at + 1 >= this.#end;
        const slop = this.#number();
        // The character that ends the number is passed over, be it an operator (SimpleQueryParser.java consumePhrase)
        this.#at++;
        return { kind: 'phrase', text, slop: alone ? 0 : slop };
      } else text += character;
    }
    this.#at = start;
    return undefined;
  }

  #token(): SimpleTerm | undefined {
    let text = '';
    let prefix = false;
    let fuzzy = false;
    while (this.#at < this.#end) {
      const character = this.#text[this.#at] ?? '';
      if (character === '\\' && this.#on.has('escape')) {
        prefix = false;
        if (this.#at + 1 < this.#end) text += this.#text[this.#at + 1] ?? '';
        this.#at += 2;
        continue;
      }
      if (this.#endsToken()) break;
      if (text !== '' && this.#is('fuzzy', '~')) {
        fuzzy = true;
        break;
      }
      prefix = text !== '' && this.#is('prefix', '*');
      text += character;
      this.#at++;
    }
    this.#at = Math.min(this.#at, this.#end);
    if (text === '') return undefined;
    if (fuzzy) {
      const edits = Math.min(2, this.#number());
      return edits === 0 ? { kind: 'text', text } : { kind: 'fuzzy', text, edits };
    }
    return prefix ? { kind: 'prefix', text: text.slice(0, -1) } : { kind: 'text', text };
  }

  #endsToken(): boolean {
    return (
      this.#is('phrase', '"') ||
      this.#is('or', '|') ||
      this.#is('and', '+') ||
      this.#is('precedence', '(') ||
      this.#is('precedence', ')') ||
      (this.#on.has('whitespace') && isSpace(this.#text[this.#at]))
    );
  }

  /** The number behind `~`: two when nothing stands there, none when it is no number. */
  #number(): number {
    const start = ++this.#at;
    while (this.#at < this.#end && !this.#endsToken()) this.#at++;
    const written = this.#text.slice(start, this.#at);
    if (written === '') return 2;
    return /^\+?\d{1,9}$/.test(written) ? Number(written) : 0;
  }
}

/** What was read so far. A change of operator puts all of it into one clause of the new one. */
class Tree {
  readonly #default: 'and' | 'or';
  #levels: number;
  #top: Query | undefined;
  #list: Query[] | undefined;
  #previous: 'and' | 'or' | undefined;
  #next: 'and' | 'or' | undefined;

  constructor(byDefault: 'and' | 'or', depth: number) {
    this.#default = byDefault;
    this.#levels = depth;
    this.#count();
  }

  get query(): Query | undefined {
    return this.#top;
  }

  /** The first of several operators counts, and none before the first clause does. */
  operator(kind: 'and' | 'or'): void {
    if (this.#top !== undefined) this.#next ??= kind;
  }

  forget(): void {
    this.#next = undefined;
  }

  add(branch: Query | undefined, negated: boolean): void {
    if (branch === undefined) return;
    // The optional clause counts for minimum_should_match
    const clause: Query = negated ? { kind: 'bool', mustNot: [branch], should: [{ kind: 'match_all' }] } : branch;
    if (this.#top === undefined) this.#top = clause;
    else {
      const kind = this.#next ?? this.#default;
      if (this.#list === undefined || kind !== this.#previous) {
        this.#levels++;
        this.#count();
        this.#list = [this.#top];
        this.#top = { kind: 'bool', [kind === 'and' ? 'must' : 'should']: this.#list };
        this.#previous = kind;
      }
      this.#list.push(clause);
    }
    this.#next = undefined;
  }

  #count(): void {
    if (this.#levels > MAX_LEVELS)
      throw new KnownError(`[simple_query_string] is nested more than ${MAX_LEVELS} levels deep`);
  }
}

function closings(text: string, escapes: boolean): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && escapes) at++;
    else if (character === '(') open.push(at);
    else if (character === ')') {
      const start = open.pop();
      if (start !== undefined) found.set(start, at);
    }
  }
  return found;
}
