import { cover, span } from '../../text/span.ts';
import type { Arithmetic, Comparison, Expression } from './ast.ts';
import type { Token } from './lexer.ts';
import { parsePredicate } from './parse-predicate.ts';
import { unexpected } from './parse-unexpected.ts';
import type { ParserState } from './parser-state.ts';

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Tokens that may stand behind an expression, at one place or another. */
const ENDS = [')', ']', '|', ',', '[', '![', 'and', 'or', 'by', 'with', 'until'];

/** condition := or; loosest first: or, and, not, comparison, + -, * / %, sign, predicate, primary. */
export function parseExpression(state: ParserState): Expression {
  let left = parseAnd(state);
  for (;;) {
    if (state.is('|') && state.is('|', 1)) {
      state.report(cover(state.next(), state.peek()), '"||" is not an operator', 'write "or"');
      state.next();
    } else if (state.accept('or') === undefined) return left;
    const right = parseAnd(state);
    left = { kind: 'or', left, right, span: cover(left.span, right.span) };
  }
}

function parseAnd(state: ParserState): Expression {
  let left = parseOperand(state);
  for (;;) {
    if (state.is('&&') || state.is('&')) state.report(state.next(), '"&&" is not an operator', 'write "and"');
    else if (state.accept('and') === undefined) return left;
    const right = parseOperand(state);
    left = { kind: 'and', left, right, span: cover(left.span, right.span) };
  }
}

/** One operand of `and` and `or`. After a fault reading goes on at the next one, so that one run shows all faults. */
function parseOperand(state: ParserState): Expression {
  const start = state.peek();
  const { depth } = state;
  try {
    const nots = parseNots(state);
    state.enter(nots.length);
    let operand = parseComparison(state);
    state.leave(nots.length);
    for (const token of nots.reverse()) operand = { kind: 'not', operand, span: cover(token, operand.span) };
    const next = state.peek();
    if (next.kind === 'end' || ENDS.some((end) => state.is(end)) || state.is('&&') || state.is('&')) return operand;
    unexpected(state, next);
  } catch (error) {
    state.recover(error, depth);
  }
  state.skipTo([')', ']', '|', ',', 'and', 'or', '&&', '&']);
  return { kind: 'broken', span: span(start.start, Math.max(start.start, state.previous.end)) };
}

function parseNots(state: ParserState): Token[] {
  const nots: Token[] = [];
  while (state.is('not') || state.is('!')) {
    if (state.is('!')) state.report(state.peek(), '"!" is not an operator', 'write "not"');
    nots.push(state.next());
  }
  return nots;
}

function parseComparison(state: ParserState): Expression {
  const left = parseArithmetic(state, 1);
  const token = state.peek();
  if (token.kind === 'operator' && token.text === '=')
    state.abandon(token, '"=" does not compare', 'write "==" for equal, or ":" for equal without regard to case');
  if (token.kind !== 'operator' || !COMPARISONS.has(token.text)) return left;
  state.next();
  if (token.text === '<' && state.is('>') && state.peek().start === token.end)
    state.abandon(cover(token, state.peek()), '"<>" is not an operator', 'write "!="');
  if (state.is('=') && state.peek().start === token.end)
    state.abandon(cover(token, state.peek()), `"${token.text}=" is not an operator`, `write "${token.text}"`);
  const right = parseArithmetic(state, 1);
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

const PRECEDENCE: Readonly<Record<string, 1 | 2>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2 };

/** Sums and products, which bind to the left; a chain is as deep as it is long. `least`: 1 for both, 2 for products. */
function parseArithmetic(state: ParserState, least: 1 | 2): Expression {
  let left = parseSign(state);
  for (let links = 1; ; links++) {
    const { kind, text } = state.peek();
    const precedence = kind === 'operator' && Object.hasOwn(PRECEDENCE, text) ? PRECEDENCE[text] : undefined;
    if (precedence === undefined || precedence < least) return left;
    state.next();
    state.enter(links);
    const right = precedence === 1 ? parseArithmetic(state, 2) : parseSign(state);
    state.leave(links);
    left = {
      kind: 'arithmetic',
      operator: text as Arithmetic['operator'],
      left,
      right,
      span: cover(left.span, right.span),
    };
  }
}

function parseSign(state: ParserState): Expression {
  const signs: Token[] = [];
  while (state.is('-') || state.is('+')) signs.push(state.next());
  state.enter(signs.length);
  let operand = parsePredicate(state);
  state.leave(signs.length);
  for (const sign of signs.reverse())
    operand = { kind: sign.text === '-' ? 'negate' : 'plus', operand, span: cover(sign, operand.span) };
  return operand;
}
