import { cover, span } from '../../text/span.ts';
import type { Expression, Literal } from './ast.ts';
import type { Token } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { parseLiteral, parsePrimary } from './parse-primary.ts';
import { describe, type ParserState } from './parser-state.ts';

/** A primary and what may stand behind it: `in (…)`, `: "…"`, `like`, `regex`. */
export function parsePredicate(state: ParserState): Expression {
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
    if (after.text !== 'in' || after.kind === 'string') return operand;
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
  state.enter();
  const items = parseList(state, open, () => parseExpression(state));
  state.leave();
  return { kind: 'in', negated, caseInsensitive, operand, items, span: cover(operand.span, state.previous) };
}

/** Values separated by commas up to the closing parenthesis, of which there is at least one. */
function parseList<T>(state: ParserState, open: Token, readOne: () => T): T[] {
  if (state.is(')'))
    state.abandon(cover(open, state.next()), 'the list is empty', 'put at least one value between the parentheses');
  const items = [readOne()];
  for (;;) {
    const { kind } = state.peek();
    if (kind === 'string' || kind === 'integer' || kind === 'decimal')
      state.report(
        state.peek(),
        `a comma is missing before ${describe(state.peek())}`,
        'separate the values of a list with commas',
      );
    else {
      const comma = state.accept(',');
      if (comma === undefined) break;
      if (state.is(')')) {
        state.report(comma, 'a comma without a value behind it', 'take the comma out, or add the value');
        break;
      }
    }
    items.push(readOne());
  }
  closeParenthesis(state, open);
  return items;
}

/** The closing parenthesis. Where something else stands, that is reported and left out. */
export function closeParenthesis(state: ParserState, open: Token): void {
  if (state.accept(')') !== undefined) return;
  const token = state.peek();
  if (token.kind === 'end' || state.is(']') || state.is('|')) {
    state.report(open, 'the parenthesis is not closed', 'add the closing parenthesis');
    return;
  }
  state.report(
    token,
    `${describe(token)} is not expected here`,
    'close the parenthesis, or put "and" or "or" before it',
  );
  state.skipTo([')', ']', '|']);
  state.accept(')');
}

function parsePattern(state: ParserState, operand: Expression): Expression {
  const token = state.next();
  const operator = token.text === ':' ? ':' : token.text === 'like' ? 'like' : 'regex';
  const tilde = operator !== ':' && acceptTilde(state);
  if (operator === ':' && state.is('~')) {
    state.report(state.next(), '":" has no variant with "~"', 'take the "~" out: ":" ignores case already');
  }
  const operatorSpan = span(token.start, state.previous.end);
  const readOne = (): Literal => {
    const literal = parseLiteral(state);
    if (literal !== undefined) return literal;
    const found = state.peek();
    const isName = found.kind === 'identifier' || found.kind === 'quoted' || found.text === '?';
    return state.abandon(
      found,
      isName
        ? `the right side of "${operator}" has to be a string, not a field`
        : `"${operator}" needs a string behind it, not ${describe(found)}`,
      isName
        ? 'put the text in double quotes; fields are compared inside functions, such as startsWith~(a, b)'
        : 'write a string in double quotes, or a list of them in parentheses',
    );
  };
  const open = state.accept('(');
  const patterns = open === undefined ? [readOne()] : parseList(state, open, readOne);
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
