import { suggest } from '../../text/suggest.ts';
import { cover, span } from '../../text/span.ts';
import type { Call, Comparison, Expression, FieldRef, Literal, Name } from './ast.ts';
import type { Token } from './lexer.ts';
import { describe, MAX_DEPTH, type ParserState } from './parser-state.ts';

export const KEYWORDS = new Set([
  'and', 'any', 'by', 'false', 'in', 'join', 'like', 'maxspan', 'not', 'null', 'of', 'or', 'regex', 'runs', 'sample', 'sequence',
  'true', 'until', 'where', 'with',
]); // prettier-ignore

/** Words that begin no expression. `runs` is only special behind `with`. */
const RESERVED = new Set([...KEYWORDS].filter((word) => word !== 'runs'));

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** condition := or; loosest first: or, and, not, comparison, + -, * / %, sign, predicate, primary. */
export function parseExpression(state: ParserState): Expression {
  return parseOr(state);
}

function deeper<T>(state: ParserState, read: () => T): T {
  if (++state.depth > MAX_DEPTH)
    state.abandon(state.peek(), `the expression is nested more than ${MAX_DEPTH} levels deep`, 'write it flatter');
  try {
    return read();
  } finally {
    state.depth--;
  }
}

function parseOr(state: ParserState): Expression {
  let left = parseAnd(state);
  while (state.accept('or')) {
    const right = parseAnd(state);
    left = { kind: 'or', left, right, span: cover(left.span, right.span) };
  }
  return left;
}

function parseAnd(state: ParserState): Expression {
  let left = parseNot(state);
  for (;;) {
    if (state.is('&&') || state.is('&'))
      state.report(state.peek(), `${state.peek().text} is not an operator`, 'write "and"');
    else if (!state.is('and')) return left;
    state.next();
    const right = parseNot(state);
    left = { kind: 'and', left, right, span: cover(left.span, right.span) };
  }
}

function parseNot(state: ParserState): Expression {
  const nots: Token[] = [];
  while (state.is('not')) nots.push(state.next());
  if (nots.length > MAX_DEPTH) state.abandon(nots[0] ?? state.peek(), `more than ${MAX_DEPTH} times "not"`);
  let operand = parseComparison(state);
  for (const token of nots.reverse()) operand = { kind: 'not', operand, span: cover(token, operand.span) };
  return operand;
}

function parseComparison(state: ParserState): Expression {
  const left = parseSum(state);
  const token = state.peek();
  if (token.kind === 'operator' && token.text === '=') {
    state.abandon(token, '"=" does not compare', 'write "==" for equal, or ":" for equal without regard to case');
  }
  if (token.kind !== 'operator' || !COMPARISONS.has(token.text)) return left;
  state.next();
  const right = parseSum(state);
  const again = state.peek();
  if (again.kind === 'operator' && COMPARISONS.has(again.text))
    state.abandon(again, 'comparisons cannot be chained', 'write "a < b and b < c"');
  return {
    kind: 'comparison',
    operator: token.text as Comparison['operator'],
    left,
    right,
    operatorSpan: span(token.start, token.end),
    span: cover(left.span, right.span),
  };
}

function parseSum(state: ParserState): Expression {
  let left = parseProduct(state);
  while (state.is('+') || state.is('-')) {
    const operator = state.next().text === '+' ? '+' : '-';
    const right = parseProduct(state);
    left = { kind: 'arithmetic', operator, left, right, span: cover(left.span, right.span) };
  }
  return left;
}

function parseProduct(state: ParserState): Expression {
  let left = parseSign(state);
  while (state.is('*') || state.is('/') || state.is('%')) {
    const token = state.next();
    const right = parseSign(state);
    left = {
      kind: 'arithmetic',
      operator: token.text === '*' ? '*' : token.text === '/' ? '/' : '%',
      left,
      right,
      span: cover(left.span, right.span),
    };
  }
  return left;
}

function parseSign(state: ParserState): Expression {
  if (!state.is('-') && !state.is('+')) return parsePredicate(state);
  return deeper(state, () => {
    const sign = state.next();
    const operand = parseSign(state);
    return { kind: sign.text === '-' ? 'negate' : 'plus', operand, span: cover(sign, operand.span) } as const;
  });
}

function parsePredicate(state: ParserState): Expression {
  const operand = parsePrimary(state);
  const negated = state.is('not');
  if (negated) {
    const after = state.peek(1);
    if (after.text === 'like' || after.text === 'regex' || after.text === ':')
      state.abandon(
        cover(state.peek(), after),
        `"not" does not stand before ${describe(after)}`,
        `write "not field ${after.text} …" with "not" in front`,
      );
    if (after.text !== 'in') return operand;
    state.next();
  }
  const token = state.peek();
  if (state.is('in')) return parseIn(state, operand, negated);
  if (token.kind === 'operator' && token.text === '!' && state.is(':', 1))
    state.abandon(cover(token, state.peek(1)), '"!:" is not an operator', 'write "not field : …"');
  if (state.is(':') || state.is('like') || state.is('regex')) return parsePattern(state, operand);
  return operand;
}

/** A `~` glued to the word before it: the variant without regard to case. */
function acceptTilde(state: ParserState): boolean {
  if (!state.is('~') || state.peek().start !== state.previous.end) return false;
  state.next();
  return true;
}

function parseIn(state: ParserState, operand: Expression, negated: boolean): Expression {
  state.next();
  const caseInsensitive = acceptTilde(state);
  const open = state.expect(
    '(',
    `"in" needs a list in parentheses, not ${describe(state.peek())}`,
    'write in ("a", "b")',
  );
  if (state.is(')'))
    state.abandon(cover(open, state.peek()), 'the list is empty', 'put at least one value between the parentheses');
  const items = [deeper(state, () => parseExpression(state))];
  while (state.accept(',')) {
    if (state.is(')'))
      state.abandon(state.previous, 'a comma without a value behind it', 'take the comma out, or add the value');
    items.push(deeper(state, () => parseExpression(state)));
  }
  const close = closing(state, open);
  return { kind: 'in', negated, caseInsensitive, operand, items, span: cover(operand.span, close) };
}

function closing(state: ParserState, open: Token): Token {
  if (state.is(')')) return state.next();
  const token = state.peek();
  if (token.kind === 'string' || token.kind === 'integer' || token.kind === 'decimal')
    return state.abandon(
      token,
      `a comma is missing before ${describe(token)}`,
      'separate the values of a list with commas',
    );
  return state.abandon(
    token.kind === 'end' ? open : token,
    token.kind === 'end' ? 'the parenthesis is not closed' : `${describe(token)} is not expected here`,
    token.kind === 'end' ? 'add the closing parenthesis' : 'close the parenthesis, or put "and" or "or" before it',
  );
}

function parsePattern(state: ParserState, operand: Expression): Expression {
  const token = state.next();
  const operator = token.text === ':' ? ':' : token.text === 'like' ? 'like' : 'regex';
  const tilde = operator !== ':' && acceptTilde(state);
  const operatorSpan = span(token.start, state.previous.end);
  const patterns: Literal[] = [];
  const readOne = (): void => {
    const literal = parseLiteral(state);
    if (literal !== undefined) {
      patterns.push(literal);
      return;
    }
    const found = state.peek();
    const isName = found.kind === 'identifier' || found.kind === 'quoted' || found.text === '?';
    state.abandon(
      found,
      isName
        ? `the right side of "${operator}" has to be a string, not a field`
        : `"${operator}" needs a string behind it, not ${describe(found)}`,
      isName
        ? 'put the text in double quotes; fields are compared inside functions, such as startsWith~(a, b)'
        : 'write a string, or a list of strings in parentheses',
    );
  };
  const open = state.accept('(');
  if (open === undefined) {
    readOne();
  } else {
    if (state.is(')'))
      state.abandon(cover(open, state.peek()), 'the list is empty', 'put at least one value between the parentheses');
    readOne();
    while (state.accept(',')) {
      if (state.is(')'))
        state.abandon(state.previous, 'a comma without a value behind it', 'take the comma out, or add the value');
      readOne();
    }
    closing(state, open);
  }
  return {
    kind: 'pattern',
    operator,
    caseInsensitive: operator === ':' || tilde,
    operand,
    patterns,
    operatorSpan,
    span: cover(operand.span, state.previous),
  };
}

const INT = 2147483647n;
const LONG = 9223372036854775807n;

/** A literal at this place, or undefined when there is none. */
export function parseLiteral(state: ParserState): Literal | undefined {
  const token = state.peek();
  const where = span(token.start, token.end);
  if (token.kind === 'string') {
    state.next();
    return { kind: 'literal', type: 'string', value: token.text, span: where };
  }
  if (token.kind === 'integer') {
    state.next();
    const value = BigInt(token.text);
    if (value <= INT) return { kind: 'literal', type: 'integer', value: Number(value), span: where };
    if (value <= LONG) return { kind: 'literal', type: 'long', value, span: where };
    return { kind: 'literal', type: 'double', value: Number(value), span: where };
  }
  if (token.kind === 'decimal') {
    state.next();
    const value = Number(token.text);
    if (!Number.isFinite(value)) state.report(where, `${token.text.slice(0, 40)} is too large for a number`);
    return { kind: 'literal', type: 'double', value, span: where };
  }
  if (token.kind !== 'identifier') return undefined;
  if (token.text === 'true' || token.text === 'false') {
    state.next();
    return { kind: 'literal', type: 'boolean', value: token.text === 'true', span: where };
  }
  if (token.text === 'null') {
    state.next();
    return { kind: 'literal', type: 'null', value: null, span: where };
  }
  return undefined;
}

function parsePrimary(state: ParserState): Expression {
  const literal = parseLiteral(state);
  if (literal !== undefined) return literal;
  const token = state.peek();
  if (token.text === '(' && token.kind === 'operator') {
    state.next();
    const inner = deeper(state, () => parseExpression(state));
    const close = closing(state, token);
    return { ...inner, span: cover(token, close) };
  }
  if (state.is('?') || token.kind === 'quoted') return parseField(state);
  if (token.kind === 'identifier') {
    if ((token.text === 'child' || token.text === 'descendant' || token.text === 'event') && state.is('of', 1)) {
      const start = state.next();
      const end = state.next();
      state.abandon(
        cover(start, end),
        'process relationships are not supported',
        'join the events in a sequence by process.entity_id',
      );
    }
    if (RESERVED.has(token.text))
      state.abandon(
        token,
        token.text === 'where' || token.text === 'and' || token.text === 'or'
          ? `a condition is missing before "${token.text}"`
          : `"${token.text}" is a keyword and no condition`,
        'put a name that is a keyword in back quotes',
      );
    const called = callAt(state);
    return called ?? parseField(state);
  }
  const what =
    token.kind === 'end' ? 'the query ends where a condition is expected' : `${describe(token)} is not expected here`;
  return state.abandon(token, what, 'a condition compares a field: process.name == "cmd.exe"');
}

function callAt(state: ParserState): Call | undefined {
  const tilde = state.is('~', 1) && state.peek(1).start === state.peek().end;
  if (!state.is('(', tilde ? 2 : 1)) return undefined;
  const token = state.next();
  if (tilde) state.next();
  const name: Name = { text: token.text, span: span(token.start, token.end) };
  const open = state.next();
  const args: Expression[] = [];
  if (!state.is(')')) {
    args.push(deeper(state, () => parseExpression(state)));
    while (state.accept(',')) args.push(deeper(state, () => parseExpression(state)));
  }
  const close = closing(state, open);
  return { kind: 'call', name, caseInsensitive: tilde, args, span: cover(token, close) };
}

/** A field with its dotted path; `?` in front makes it optional. */
export function parseField(state: ParserState): FieldRef {
  const first = state.peek();
  const optional = state.accept('?') !== undefined;
  const segments: string[] = [];
  const readSegment = (): void => {
    const token = state.peek();
    if (token.kind === 'identifier' || token.kind === 'quoted') {
      state.next();
      if (token.text === '') state.abandon(token, 'the quoted name is empty');
      segments.push(token.text);
      return;
    }
    state.abandon(
      token,
      `a field name is expected, not ${describe(token)}`,
      'names with special characters take back quotes',
    );
  };
  readSegment();
  while (state.is('.') && state.peek().start === state.previous.end) {
    state.next();
    readSegment();
  }
  if (state.is('['))
    if (state.peek().start === state.previous.end)
      state.abandon(
        state.peek(),
        'array indexes are not supported',
        'a comparison is true if any value of the field satisfies it',
      );
  const end = state.previous;
  const next = state.peek();
  if (next.kind === 'string' || next.kind === 'integer')
    state.abandon(
      next,
      `an operator is missing between ${segments.join('.')} and ${describe(next)}`,
      'write == or : between them',
    );
  if (next.kind === 'identifier' && !RESERVED.has(next.text) && next.text !== 'runs') {
    const meant = suggest(next.text, ['and', 'or', 'not', 'in', 'like', 'regex']);
    state.abandon(
      next,
      `"${next.text}" is not expected behind ${segments.join('.')}`,
      /^(AND|OR|NOT|IN|LIKE|REGEX)$/.test(next.text)
        ? `keywords are lower case: ${next.text.toLowerCase()}`
        : 'join conditions with "and" or "or"',
      meant === undefined ? {} : { label: `did you mean ${meant}?` },
    );
  }
  return { kind: 'field', name: segments.join('.'), optional, span: cover(first, end) };
}
