import { cover, span } from '../../text/span.ts';
import { suggest } from '../../text/suggest.ts';
import type { EventFilter, Expression, Name, Pipe, Sequence, Sample, Join, Statement } from './ast.ts';
import type { Token } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { parseJoin, parseSample, parseSequence } from './parse-sequence.ts';
import { didYouMean, unexpected } from './parse-unexpected.ts';
import { pipeCount } from './pipe-count.ts';
import { describe, KEYWORDS, type ParserState } from './parser-state.ts';

export function parseStatement(state: ParserState): Statement {
  const start = state.peek();
  const body = parseBody(state);
  const pipes: Pipe[] = [];
  for (;;) {
    const token = state.peek();
    if (token.kind === 'end') break;
    if (!state.is('|')) {
      unexpected(state, token);
      state.skipTo(['|']);
      continue;
    }
    const pipe = state.attempt(() => parsePipe(state));
    if (pipe === undefined) state.skipTo(['|']);
    else pipes.push(pipe);
  }
  const [piped] = pipes;
  if (body.kind === 'sample' && piped !== undefined)
    state.report(piped.span, 'a sample takes no pipe', 'take it out; max_signals limits what a rule reports');
  return { body, pipes, span: span(start.start, state.previous.end) };
}

function parseBody(state: ParserState): EventFilter | Sequence | Sample | Join {
  if (state.is('sequence')) return parseSequence(state);
  if (state.is('sample')) return parseSample(state);
  if (state.is('join')) return parseJoin(state);
  return parseEvent(state, ['|']);
}

/** `category where condition`; `stops` end it where it is broken. */
export function parseEvent(state: ParserState, stops: readonly string[]): EventFilter {
  const start = state.peek();
  let category: Name | 'any' | undefined;
  const condition = state.attemptAll(() => {
    category = parseCategory(state);
    if (category !== undefined) expectWhere(state);
    return parseExpression(state);
  });
  return {
    kind: 'event',
    ...(typeof category === 'object' ? { category } : {}),
    condition: condition ?? broken(state, start, stops),
    span: span(start.start, Math.max(start.start, state.previous.end)),
  };
}

/** A category, `any`, or undefined where none can be read (which has been reported). */
function parseCategory(state: ParserState): Name | 'any' | undefined {
  const token = state.peek();
  const word = token.kind === 'string' || (token.kind === 'identifier' && !KEYWORDS.has(token.text));
  if (word) {
    state.next();
    return { text: token.text, span: span(token.start, token.end) };
  }
  if (state.accept('any') !== undefined) return 'any';
  const help =
    token.kind === 'quoted'
      ? `a category takes double quotes, not back quotes: "${token.text}" where …`
      : 'write the category and "where": process where …; "any where …" takes every category';
  state.report(token, `an event category is expected, not ${describe(token)}`, help);
  if (token.kind === 'quoted' || (token.kind === 'identifier' && state.is('where', 1))) {
    state.next();
    return { text: token.text, span: span(token.start, token.end) };
  }
  if (state.accept('where') === undefined) state.abandonHere();
  return undefined;
}

function expectWhere(state: ParserState): void {
  if (state.accept('where') !== undefined) return;
  const found = state.peek();
  if (found.text === '.' || found.text === ':' || found.text === '==')
    return state.abandon(
      found,
      'the query begins with a condition, without a category',
      'write the category in front: process where …; "any where …" takes every category',
    );
  const capital = found.text.toLowerCase() === 'where';
  const meant = capital ? undefined : suggest(found.text, ['where']);
  state.report(
    found,
    `"where" is expected behind the category, not ${describe(found)}`,
    capital ? 'keywords are lower case: where' : 'an event query is: category where condition',
    didYouMean(meant),
  );
  if (capital || meant !== undefined) state.next();
  else if (found.kind === 'end') state.abandonHere();
}

function broken(state: ParserState, start: Token, stops: readonly string[]): Expression {
  state.skipTo(stops);
  return { kind: 'broken', span: span(start.start, Math.max(start.start, state.previous.end)) };
}

const PIPES = ['head', 'tail'];
const OLD_PIPES = ['count', 'filter', 'sort', 'unique', 'unique_count'];

function parsePipe(state: ParserState): Pipe {
  const bar = state.next();
  const token = state.next();
  if (state.is('|') && token.text === '|') state.next();
  if (token.kind !== 'identifier')
    state.abandon(
      token,
      `a pipe is expected, not ${describe(token)}`,
      token.text === '|' ? 'to join conditions, write "or"' : 'the pipes are head and tail',
    );
  const name: Name = { text: token.text, span: span(token.start, token.end) };
  if (OLD_PIPES.includes(token.text))
    state.abandon(
      token,
      `pipe "${token.text}" is not supported`,
      'the pipes are head and tail; for counts use a threshold rule',
    );
  if (!PIPES.includes(token.text))
    state.abandon(
      token,
      `there is no pipe "${token.text}"`,
      'the pipes are head and tail',
      didYouMean(suggest(token.text, PIPES)),
    );
  const args: Expression[] = [];
  if (state.peek().kind !== 'end' && !state.is('|')) {
    args.push(parseExpression(state));
    while (state.accept(',')) args.push(parseExpression(state));
  }
  const [only] = args;
  if (args.length !== 1 || only === undefined || pipeCount(only) === undefined)
    state.report(
      only === undefined ? token : cover(only.span, args.at(-1)?.span ?? only.span),
      `pipe "${token.text}" takes one whole number`,
      `write: | ${token.text} 10`,
    );
  return { kind: 'pipe', name, args, span: span(bar.start, state.previous.end) };
}
