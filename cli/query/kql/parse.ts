import type { Diagnostic } from '../../text/diagnostic.ts';
import { cover, span, type Span } from '../../text/span.ts';
import type { KqlNode, KqlRange, KqlValue } from './ast.ts';
import { KqlFault, Scanner } from './scanner.ts';

export interface KqlParse {
  /** Absent when the text does not parse. */
  readonly ast?: KqlNode;
  /** What could be read of a text that does not parse: for editors and for further messages, never for a verdict. */
  readonly partial?: KqlNode;
  readonly diagnostics: readonly Diagnostic[];
}

export interface KqlParseOptions {
  /** Default true, as in the detection engine. */
  readonly allowLeadingWildcards?: boolean;
}

/** Deepest nesting of brackets that is read; Elasticsearch gives up at 30 clauses inside each other. */
const MAX_DEPTH = 200;
/** Faults after which a text is given up. */
const MAX_FAULTS = 20;

/**
 * Parses KQL exactly as Kibana does (kibana: kbn-es-query/src/kuery/grammar/grammar.peggy). Faults are diagnostics with their
 * place in `text`, several where the rest can still be read. Never throws for any text.
 */
export function parseKql(text: string, options: KqlParseOptions = {}): KqlParse {
  const { node, faults } = new Parser(text, options.allowLeadingWildcards ?? true).parse();
  if (faults.length === 0 && node !== undefined) return { ast: node, diagnostics: [] };
  return { ...(node === undefined ? {} : { partial: node }), diagnostics: faults.map(toDiagnostic) };
}

const toDiagnostic = (fault: KqlFault): Diagnostic => ({
  id: 'query/syntax',
  severity: 'error',
  message: fault.message,
  span: fault.span,
  why: 'Kibana cannot read the query, so the rule fails at every run',
  ...(fault.help === undefined ? {} : { help: fault.help }),
  ...(fault.label === undefined ? {} : { label: fault.label }),
});

const NO_FIELD: KqlValue = { kind: 'literal', value: null, quoted: false, span: span(0, 0) };
const NOWHERE = span(0, 0);
const STAR: KqlValue = { kind: 'wildcard', parts: ['', ''], span: span(0, 0) };

const OPERATORS: readonly (readonly [string, KqlRange['operator']])[] = [
  ['<=', 'lte'],
  ['>=', 'gte'],
  ['<', 'lt'],
  ['>', 'gt'],
];

/** Characters on either side of a fault that its advice looks at. */
const AROUND = 200;

class Parser {
  readonly #scan: Scanner;
  readonly #leadingWildcards: boolean;
  #depth = 0;
  /** Offsets of the brackets that are open at the place that is read, outermost first. */
  #open: readonly number[] = [];
  readonly #faults: KqlFault[] = [];

  constructor(text: string, leadingWildcards: boolean) {
    this.#scan = new Scanner(text);
    this.#leadingWildcards = leadingWildcards;
  }

  parse(): { readonly node: KqlNode | undefined; readonly faults: readonly KqlFault[] } {
    const scan = this.#scan;
    scan.skipSpace();
    const whole = span(0, scan.text.length);
    if (scan.end) return { node: { kind: 'is', field: STAR, value: STAR, span: whole }, faults: [] };
    const parts: KqlNode[] = [];
    try {
      do {
        const node = this.#or(() => this.#notQuery());
        if (node !== undefined) parts.push(node);
      } while (this.#goesOn());
    } catch (error) {
      if (!(error instanceof KqlFault)) throw error;
      this.#faults.push(error);
    }
    const [first] = parts;
    const node: KqlNode | undefined = parts.length < 2 ? first : { kind: 'and', children: parts, span: whole };
    return { node, faults: this.#faults };
  }

  /** Reports what is left over behind the query. True: an operator follows, and then more to read. */
  #goesOn(): boolean {
    const scan = this.#scan;
    for (;;) {
      if (scan.acceptOperator('and') || scan.acceptOperator('or')) return !scan.end;
      scan.skipSpace();
      if (scan.end) return false;
      this.#guard(() => this.#leftOver());
      // A bracket that closes nothing is left behind.
      if (scan.peek() === ')' || scan.peek() === '}') scan.at++;
    }
  }

  /** Reads one part. A fault in it is kept, and reading goes on behind the part. */
  #guard<T>(read: () => T): T | undefined {
    const open = this.#open;
    const depth = this.#depth;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof KqlFault) || error.fatal || this.#faults.length >= MAX_FAULTS - 1) throw error;
      this.#faults.push(error);
      this.#scan.skipPart(this.#open.length - open.length);
      this.#open = open;
      this.#depth = depth;
      return undefined;
    }
  }

  #here(): Span {
    const at = Math.min(this.#scan.at, this.#scan.text.length);
    return span(at, Math.min(at + 1, this.#scan.text.length));
  }

  #fail(message: string, help?: string, where?: Span): never {
    throw new KqlFault(message, where ?? this.#here(), help === undefined ? {} : { help });
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH)
      throw new KqlFault(`the query is nested more than ${MAX_DEPTH} levels deep`, this.#here(), {
        help: 'write it flatter',
        fatal: true,
      });
    const result = read();
    this.#depth--;
    return result;
  }

  /** Whether the value around a place can as well be put in quotes: with a star in it, that would be no wildcard any more. */
  #quotable(at: number): boolean {
    const { text } = this.#scan;
    const before = /[^\s():]*$/.exec(text.slice(Math.max(0, at - AROUND), at))?.[0] ?? '';
    return !/^[^\s()]*\*/.test(before + text.slice(at, at + AROUND));
  }

  #leftOver(): never {
    const { text, at } = this.#scan;
    const character = text[at] ?? '';
    const rest = text.slice(at);
    if (character === ')' || character === '}')
      this.#fail(`"${character}" closes nothing`, 'take it out, or add the opening one');
    if (character === ':')
      this.#fail(
        'a second ":" in one comparison',
        `escape it as \\:${this.#quotable(at) ? ' or put the value in quotes' : ''}; between two comparisons write "and" or "or"`,
      );
    if (character === '\\') {
      const next = text[at + 1] ?? '';
      this.#fail(
        next === '' ? 'the query ends after a backslash' : `"\\${next}" is not an escape`,
        /[^\p{L}\p{N}\s]/u.test(next)
          ? `"${next}" needs no escape; for a backslash write \\\\`
          : `write \\\\ for a backslash${this.#quotable(at) ? ', or put the value in quotes' : ''}`,
        span(at, Math.min(at + 2, text.length)),
      );
    }
    if (character === '"') {
      const equals = /(==?)[ \t\r\n\u00a0]*$/.exec(text.slice(Math.max(0, at - 40), at));
      if (equals !== null)
        this.#fail(
          `KQL compares with ":", not with "${equals[1] ?? '='}"`,
          'write field: value; "=" is an ordinary character here',
          span(at - equals[0].length, at - equals[0].length + (equals[1] ?? '').length),
        );
      this.#fail('quotes cannot begin inside a value', 'put the whole value in quotes, or escape the quote as \\"');
    }
    if (character === '<' || character === '>')
      this.#fail(
        `"${character}" is not expected here`,
        'ranges are written field >= value, each with a field of its own; escape a literal one with a backslash',
      );
    if (character === '{') this.#fail('"{" is not expected here', 'a nested group is written path: { field: value }');
    if (character === '(') {
      if (/(?:^|[\s(])not$/i.test(text.slice(Math.max(0, at - 4), at)))
        this.#fail('"not" needs a blank behind it', 'write not (…)', span(at - 3, at));
      if (/[\s)]in[ \t\r\n\u00a0]*$/i.test(text.slice(Math.max(0, at - 20), at)))
        this.#fail('KQL has no "in"', 'write field: (one or another)');
      this.#fail('"(" is not expected here', 'put "and" or "or" before it, or escape it as \\(');
    }
    if (/^not\s/i.test(rest))
      this.#fail(
        '"not" inside a value',
        'put the value in quotes; "not" negates only in front of a comparison',
        span(at, at + 3),
      );
    const operator = /^(or|and)\b/i.exec(rest.trimStart());
    if (operator !== null) {
      const word = text.length - rest.trimStart().length;
      this.#fail(
        `"${operator[0]}" has nothing behind it`,
        'add the second condition, or take the keyword out',
        span(word, word + operator[0].length),
      );
    }
    this.#fail(`${JSON.stringify(character)} is not expected here`, 'join conditions with "and" or "or"');
  }

  #or(item: () => KqlNode): KqlNode | undefined {
    return this.#chain('or', () => this.#chain('and', () => this.#guard(item)));
  }

  /** Parts joined by one keyword; what could not be read is left out. Undefined: nothing could. */
  #chain(kind: 'and' | 'or', item: () => KqlNode | undefined): KqlNode | undefined {
    const children: KqlNode[] = [];
    for (;;) {
      const child = item();
      if (child !== undefined) children.push(child);
      const before = this.#scan.at;
      if (!this.#scan.acceptOperator(kind)) break;
      if (this.#scan.end) {
        this.#scan.at = before;
        this.#guard(() => this.#leftOver());
        break;
      }
    }
    const [first] = children;
    if (children.length < 2) return first;
    return { kind, children, span: cover(first?.span ?? NOWHERE, children.at(-1)?.span ?? NOWHERE) };
  }

  /** What stands between two brackets. The fault of an empty part has been kept by then. */
  #inside(open: number, bracket: ')' | '}', item: () => KqlNode): KqlNode {
    const around = this.#open;
    this.#open = [...around, open];
    const node = this.#deeper(() => this.#or(item));
    this.#close(bracket);
    this.#open = around;
    return node ?? { kind: 'is', field: NO_FIELD, value: NO_FIELD, span: span(open, this.#scan.at) };
  }

  #notQuery(): KqlNode {
    return this.#negatable(() => this.#subQuery());
  }

  #negatable(read: () => KqlNode): KqlNode {
    const start = this.#scan.at;
    if (!this.#scan.acceptNot()) return read();
    if (this.#scan.guarded() && !this.#scan.end)
      this.#fail('"not" cannot stand twice', 'write not (not field: value)', span(start, this.#scan.at + 3));
    const child = read();
    return { kind: 'not', child, span: span(start, child.span.end) };
  }

  #subQuery(): KqlNode {
    const scan = this.#scan;
    if (scan.peek() !== '(') return this.#expression();
    const open = scan.at++;
    scan.skipSpace();
    if (scan.peek() === ')')
      this.#fail('the parentheses are empty', 'put a condition between them', span(open, ++scan.at));
    const node = this.#inside(open, ')', () => this.#notQuery());
    return { ...node, span: span(open, scan.at) };
  }

  #close(bracket: ')' | '}'): void {
    const scan = this.#scan;
    scan.skipSpace();
    if (scan.peek() === bracket) {
      scan.at++;
      return;
    }
    if (scan.end) this.#unclosed();
    this.#leftOver();
  }

  /** One message for a text that ends inside brackets: the innermost one is the likeliest to have been forgotten. */
  #unclosed(): never {
    const open = this.#open.at(-1) ?? 0;
    const bracket = this.#scan.text[open] ?? '';
    throw new KqlFault(`"${bracket}" is not closed`, span(open, open + 1), {
      help: `add the closing "${bracket === '{' ? '}' : ')'}"`,
      fatal: true,
    });
  }

  #expression(): KqlNode {
    const scan = this.#scan;
    const start = scan.at;
    const first = scan.value();
    if (first === undefined) this.#noValue();
    scan.skipSpace();
    for (const [text, operator] of OPERATORS) {
      if (!scan.text.startsWith(text, scan.at)) continue;
      scan.at += text.length;
      scan.skipSpace();
      if (scan.peek() === '(')
        this.#fail(
          `"${text}" takes one value, not a list`,
          `write field ${text} value for each, joined with "and" or "or"`,
        );
      const value = scan.value() ?? this.#noValue(text);
      return { kind: 'range', field: first, operator, value, span: span(start, value.span.end) };
    }
    if (scan.peek() === ':') {
      scan.at++;
      scan.skipSpace();
      if (scan.peek() === '{') return this.#nested(first, start);
      return this.#list(first, start);
    }
    this.#leading(first);
    scan.at = Math.max(first.span.end, start);
    return { kind: 'is', field: NO_FIELD, value: first, span: first.span };
  }

  #nested(path: KqlValue, start: number): KqlNode {
    const scan = this.#scan;
    const open = scan.at++;
    scan.skipSpace();
    if (scan.peek() === '}')
      this.#fail('the nested group is empty', 'put a condition between the braces', span(open, ++scan.at));
    const child = this.#inside(open, '}', () => this.#notQuery());
    return { kind: 'nested', path, child, span: span(start, scan.at) };
  }

  #list(field: KqlValue, start: number): KqlNode {
    const scan = this.#scan;
    if (scan.peek() !== '(') {
      const value = scan.value() ?? this.#noValue(':');
      this.#leading(value);
      return { kind: 'is', field, value, span: span(start, value.span.end) };
    }
    const node = this.#group(field);
    return { ...node, span: span(start, node.span.end) };
  }

  #group(field: KqlValue): KqlNode {
    const scan = this.#scan;
    const open = scan.at++;
    scan.skipSpace();
    if (scan.peek() === ')')
      this.#fail(
        'the list of values is empty',
        'put at least one value between the parentheses',
        span(open, ++scan.at),
      );
    const node = this.#inside(open, ')', () => this.#negatable(() => this.#listItem(field)));
    return { ...node, span: span(open, scan.at) };
  }

  #listItem(field: KqlValue): KqlNode {
    if (this.#scan.peek() === '(') return this.#group(field);
    const value = this.#scan.value() ?? this.#noValue();
    this.#leading(value);
    return { kind: 'is', field, value, span: value.span };
  }

  #leading(value: KqlValue): void {
    if (this.#leadingWildcards || value.kind !== 'wildcard' || value.parts[0] !== '') return;
    if (value.parts.length === 2 && value.parts[1] === '') return;
    this.#fail('leading wildcards are switched off', 'they are slow: begin the value with text', value.span);
  }

  #noValue(after?: string): never {
    const scan = this.#scan;
    const rest = scan.text.slice(scan.at);
    const character = rest[0];
    if (/^not\s/i.test(rest) && after === ':')
      this.#fail(
        '"not" cannot stand behind ":"',
        'write not field: value, or field: (not value)',
        span(scan.at, scan.at + 3),
      );
    if (character === undefined && this.#open.length > 0) this.#unclosed();
    if (character === undefined)
      this.#fail(
        after === undefined ? 'a condition is missing at the end' : `a value is missing behind "${after}"`,
        'write field: value',
        span(Math.max(0, scan.text.trimEnd().length - 1), scan.text.trimEnd().length),
      );
    if (after === ':' && (character === '<' || character === '>'))
      this.#fail(`":" and "${character}" together`, `write the range without ":": field ${character} value`);
    if (character === '\\' || character === ')' || character === '}') this.#leftOver();
    this.#fail(
      after === undefined
        ? `a condition is expected, not ${JSON.stringify(character)}`
        : `a value is expected behind "${after}", not ${JSON.stringify(character)}`,
      'write field: value; special characters are escaped with a backslash or put in quotes',
    );
  }
}
