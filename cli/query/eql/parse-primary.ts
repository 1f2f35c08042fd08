import { cover, span } from '../../text/span.ts';
import type { Call, Expression, FieldRef, Literal, Name } from './ast.ts';
import type { Token } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { closeParenthesis } from './parse-predicate.ts';
import { describe, KEYWORDS, type ParserState } from './parser-state.ts';

const INT = 2147483647n;
const UNSIGNED_LONG = 2n ** 64n - 1n;

/** A literal at this place, or undefined when there is none. */
export function parseLiteral(state: ParserState): Literal | undefined {
  const token = state.peek();
  const where = span(token.start, token.end);
  switch (token.kind) {
    case 'string':
      state.next();
      return { kind: 'literal', type: 'string', value: token.text, written: token.written, span: where };
    case 'integer':
    case 'decimal':
      state.next();
      return number(state, token);
    case 'identifier':
      if (token.text === 'true' || token.text === 'false') {
        state.next();
        return { kind: 'literal', type: 'boolean', value: token.text === 'true', span: where };
      }
      if (token.text !== 'null') return undefined;
      state.next();
      return { kind: 'literal', type: 'null', value: null, span: where };
    default:
      return undefined;
  }
}

/**
 * Whole numbers are ints, longs, exact up to the last of unsigned_long, and beyond that doubles
 * (elasticsearch: x-pack/plugin/ql/.../util/StringUtils.java parseIntegral, eql/.../parser/ExpressionBuilder.java visitIntegerLiteral).
 */
function number(state: ParserState, token: Token): Literal {
  const where = span(token.start, token.end);
  const { written } = token;
  // BigInt takes time that is quadratic in the digits, and beyond 400 the value is infinite anyway.
  const whole = token.kind === 'integer' && token.text.length <= 400 ? BigInt(token.text) : undefined;
  if (whole !== undefined && whole <= INT)
    return { kind: 'literal', type: 'integer', value: Number(whole), written, span: where };
  if (whole !== undefined && whole <= UNSIGNED_LONG)
    return { kind: 'literal', type: 'long', value: whole, written, span: where };
  const value = Number(token.text);
  if (!Number.isFinite(value)) state.report(where, `${token.text.slice(0, 40)} is too large for a number`);
  return { kind: 'literal', type: 'double', value, written, span: where };
}

export function parsePrimary(state: ParserState): Expression {
  const literal = parseLiteral(state);
  if (literal !== undefined) return literal;
  const token = state.peek();
  if (state.is('(')) {
    state.next();
    state.enter();
    const inner = parseExpression(state);
    state.leave();
    closeParenthesis(state, token);
    return { ...inner, span: cover(token, state.previous) };
  }
  if (state.is('?') || token.kind === 'quoted') return parseField(state);
  if (token.kind !== 'identifier')
    return state.abandon(
      token,
      token.kind === 'end' ? 'the query ends where a condition is expected' : `${describe(token)} is not expected here`,
      'a condition compares a field: process.name == "cmd.exe"',
    );
  if ((token.text === 'child' || token.text === 'descendant' || token.text === 'event') && state.is('of', 1)) {
    const where = cover(state.next(), state.next());
    state.abandon(
      where,
      'process relationships are not supported',
      'join the events in a sequence by process.entity_id',
    );
  }
  return parseCall(state) ?? parseField(state);
}

function parseCall(state: ParserState): Call | undefined {
  const tilde = state.is('~', 1) && state.peek(1).start === state.peek().end;
  if (KEYWORDS.has(state.peek().text) || !state.is('(', tilde ? 2 : 1)) return undefined;
  const token = state.next();
  if (tilde) state.next();
  const name: Name = { text: token.text, span: span(token.start, token.end) };
  const open = state.next();
  const args: Expression[] = [];
  if (!state.is(')'))
    do {
      if (state.is(')') && args.length > 0) {
        state.report(state.previous, 'a comma without a value behind it', 'take the comma out, or add the value');
        break;
      }
      state.enter();
      args.push(parseExpression(state));
      state.leave();
    } while (state.accept(',') !== undefined);
  closeParenthesis(state, open);
  return { kind: 'call', name, caseInsensitive: tilde, args, span: cover(token, state.previous) };
}

/** A part of a dotted name. */
function parseSegment(state: ParserState, before: readonly string[]): string {
  const token = state.peek();
  if (token.kind === 'quoted') {
    state.next();
    if (token.text === '') state.abandon(token, 'the quoted name is empty', 'write a name between the back quotes');
    return token.text;
  }
  if (token.kind !== 'identifier')
    return state.abandon(
      token,
      `a field name is expected, not ${describe(token)}`,
      'names with special characters take back quotes',
    );
  if (KEYWORDS.has(token.text)) {
    const condition = before.length === 0 && ['where', 'and', 'or'].includes(token.text);
    state.abandon(
      token,
      condition
        ? `a condition is missing before "${token.text}"`
        : `"${token.text}" is a keyword and no ${before.length === 0 ? 'condition' : 'name'}`,
      condition
        ? 'a condition compares a field: process.name == "cmd.exe"'
        : `a name that is a keyword takes back quotes: ${[...before, `\`${token.text}\``].join('.')}`,
    );
  }
  state.next();
  return token.text;
}

/** A field with its dotted path; `?` in front makes it optional. */
function parseField(state: ParserState): FieldRef {
  const first = state.peek();
  const optional = state.accept('?') !== undefined;
  const segments = [parseSegment(state, [])];
  while (state.accept('.') !== undefined) segments.push(parseSegment(state, segments));
  const end = state.previous;
  const next = state.peek();
  const name = segments.join('.');
  if (state.is('[') && state.peek(1).kind === 'integer')
    state.abandon(
      next,
      'array indexes are not supported',
      'a comparison is true if any value of the field satisfies it',
    );
  if (next.kind === 'string' || next.kind === 'integer' || next.kind === 'decimal')
    state.abandon(next, `an operator is missing between ${name} and ${describe(next)}`, 'write == or : between them');
  return { kind: 'field', name, optional, span: cover(first, end) };
}
