import { suggest } from '../../text/suggest.ts';
import { cover, span } from '../../text/span.ts';
import type {
  Comment, Duration, EventFilter, Expression, FieldRef, Join, Name, Pipe, Sample, Sequence, SequenceTerm, Statement,
} from './ast.ts'; // prettier-ignore
import type { EqlDiagnostic } from './diagnostic.ts';
import { lex, type Token } from './lexer.ts';
import { KEYWORDS, parseExpression } from './parse-expression.ts';
import { Abandon, describe, ParserState } from './parser-state.ts';

export interface EqlParse {
  /** The tree, also when there are diagnostics: what could not be read is a `broken` node. Absent: nothing was there. */
  readonly statement?: Statement;
  readonly diagnostics: readonly EqlDiagnostic[];
  readonly comments: readonly Comment[];
}

/** Longest query that is read: a hundred times the longest real one. */
const MAX_LENGTH = 5_000_000;

const tooLong = (text: string): EqlDiagnostic => ({
  id: 'query/syntax',
  errorType: 'parsing_exception',
  severity: 'error',
  message: `the query has ${text.length.toLocaleString('en')} characters`,
  span: span(0, 1),
  help: `${MAX_LENGTH.toLocaleString('en')} are the limit`,
});

/** Parses an EQL query. Never throws; all faults are diagnostics with spans in `text`. */
export function parseEql(text: string): EqlParse {
  if (text.length > MAX_LENGTH) return { diagnostics: [tooLong(text)], comments: [] };
  const { tokens, comments, diagnostics } = lex(text);
  const state = new ParserState(tokens, diagnostics);
  if (state.peek().kind === 'end') {
    state.report(
      span(0, text.length),
      'the query is empty',
      'write a category and a condition: process where process.name == "cmd.exe"',
    );
    return { diagnostics: state.diagnostics, comments };
  }
  const statement = guarded(state, () => parseStatement(state));
  return { ...(statement === undefined ? {} : { statement }), diagnostics: unique(state.diagnostics), comments };
}

/** Parses a lone expression, such as a constant. */
export function parseEqlExpression(text: string): {
  readonly expression?: Expression;
  readonly diagnostics: readonly EqlDiagnostic[];
} {
  const { tokens, diagnostics } = lex(text);
  const state = new ParserState(tokens, diagnostics);
  const expression = guarded(state, () => {
    const found = parseExpression(state);
    if (state.peek().kind !== 'end') state.abandon(state.peek(), `${describe(state.peek())} is not expected here`);
    return found;
  });
  return { ...(expression === undefined ? {} : { expression }), diagnostics: state.diagnostics };
}

function guarded<T>(_state: ParserState, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Abandon) return undefined;
    throw error;
  }
}

/** In the order of the text; of two faults at one place the first one found says enough. */
function unique(diagnostics: readonly EqlDiagnostic[]): readonly EqlDiagnostic[] {
  const seen = new Set<number>();
  return [...diagnostics]
    .sort((a, b) => a.span.start - b.span.start)
    .filter(({ span: { start } }) => !seen.has(start) && seen.add(start) !== undefined);
}

function parseStatement(state: ParserState): Statement {
  const start = state.peek();
  const body = state.is('sequence')
    ? parseSequence(state)
    : state.is('sample')
      ? parseSample(state)
      : state.is('join')
        ? parseJoin(state)
        : parseEvent(state, ['|']);
  const pipes: Pipe[] = [];
  while (state.is('|')) {
    const pipe = guarded(state, () => parsePipe(state));
    if (pipe === undefined) state.skipTo(['|']);
    else pipes.push(pipe);
  }
  const rest = state.peek();
  if (rest.kind !== 'end') leftOver(state, rest);
  return { body, pipes, span: span(start.start, state.previous.end) };
}

function leftOver(state: ParserState, token: Token): void {
  if (token.text === ')' || token.text === ']')
    state.report(token, `"${token.text}" closes nothing`, 'take it out, or add the opening one');
  else if (token.text === '[')
    state.report(
      token,
      'array indexes are not supported',
      'a comparison is true if any value of the field satisfies it',
    );
  else if (token.text === '!=' || token.text === '==' || token.text === '=')
    state.report(token, 'comparisons cannot be chained', 'write "a == b and b == c"');
  else if (/^(AND|OR|NOT)$/.test(token.text))
    state.report(token, `"${token.text}" is not a keyword`, `keywords are lower case: ${token.text.toLowerCase()}`);
  else {
    const meant = suggest(token.text, ['and', 'or']);
    state.report(
      token,
      `${describe(token)} is not expected here`,
      'join conditions with "and" or "or"',
      meant === undefined ? {} : { label: `did you mean ${meant}?` },
    );
  }
}

/** `category where condition`; `stops` end it when it is broken. */
function parseEvent(state: ParserState, stops: readonly string[]): EventFilter {
  const token = state.peek();
  let category: Name | undefined;
  const word = token.kind === 'string' || token.kind === 'identifier';
  if (
    !word ||
    (token.kind === 'identifier' && KEYWORDS.has(token.text) && token.text !== 'any' && token.text !== 'runs')
  )
    state.abandon(
      token,
      `an event category is expected, not ${describe(token)}`,
      'write the category and "where": process where …; "any where …" takes every category',
    );
  state.next();
  if (token.text !== 'any' || token.kind === 'string')
    category = { text: token.text, span: span(token.start, token.end) };
  if (!state.accept('where')) {
    const found = state.peek();
    const meant = suggest(found.text, ['where']);
    const capital = found.text.toLowerCase() === 'where';
    state.abandon(
      found,
      `"where" is expected behind the category, not ${describe(found)}`,
      capital ? 'keywords are lower case: where' : 'an event query is: category where condition',
      meant === undefined || capital ? {} : { label: `did you mean ${meant}?` },
    );
  }
  const conditionStart = state.peek();
  const condition: Expression = guarded(state, () => parseExpression(state)) ?? broken(state, conditionStart, stops);
  return {
    kind: 'event',
    ...(category === undefined ? {} : { category }),
    condition,
    span: span(token.start, state.previous.end),
  };
}

function broken(state: ParserState, start: Token, stops: readonly string[]): Expression {
  state.skipTo(stops);
  return { kind: 'broken', span: span(start.start, Math.max(start.start, state.previous.end)) };
}

function parseKeys(state: ParserState): readonly FieldRef[] {
  const keys: FieldRef[] = [];
  do {
    const start = state.peek();
    const key = guarded(state, () => parseExpression(state));
    if (key === undefined) throw new Abandon();
    if (key.kind !== 'field')
      state.report(
        key.span.end > key.span.start ? key.span : start,
        'a join key has to be a field',
        'compute nothing in "by"; compare inside the terms instead',
      );
    else keys.push(key);
  } while (state.accept(','));
  return keys;
}

const UNITS = ['ms', 's', 'm', 'h', 'd'] as const;

/** `=` and a duration behind `maxspan`. */
function parseDuration(state: ParserState): Duration | undefined {
  const amount = state.peek();
  if (amount.kind !== 'integer' && amount.kind !== 'decimal') {
    if (amount.text === '-') {
      state.report(amount, 'maxspan has to be positive', 'write maxspan=5m');
      state.next();
      return parseDuration(state);
    }
    return state.abandon(
      amount,
      `a duration is expected, not ${describe(amount)}`,
      'write maxspan=30s; the units are ms s m h d',
    );
  }
  state.next();
  const unit = state.peek();
  const glued = unit.kind === 'identifier' && unit.start === amount.end ? unit : undefined;
  if (glued !== undefined) state.next();
  const where = span(amount.start, (glued ?? amount).end);
  const known = UNITS.find((one) => one === glued?.text);
  if (amount.kind === 'decimal')
    state.report(
      where,
      `${amount.text}${glued?.text ?? ''} is not a whole number of units`,
      'take a smaller unit: 2.5m is 150s',
    );
  else if (glued === undefined)
    state.report(
      where,
      `the duration ${amount.text} has no unit`,
      `write ${amount.text}s for seconds; the units are ms s m h d`,
    );
  else if (known === undefined) {
    const meant = suggest(glued.text, UNITS);
    state.report(
      glued,
      `"${glued.text}" is not a unit of time`,
      'the units are ms s m h d',
      meant === undefined ? {} : { label: `did you mean ${meant}?` },
    );
  } else if (Number(amount.text) <= 0) state.report(where, 'maxspan has to be positive', 'write maxspan=5m');
  return known === undefined || amount.kind === 'decimal'
    ? undefined
    : { amount: Number(amount.text), unit: known, span: where };
}

interface Head {
  by: readonly FieldRef[];
  maxspan?: Duration;
}

/** `by …` and `with maxspan=…`, in this order. */
function parseHead(state: ParserState, withMaxspan: boolean): Head {
  const head: Head = { by: [] };
  if (state.accept('by')) head.by = parseKeys(state);
  if (state.is('with')) {
    const word = state.next();
    if (!withMaxspan) state.abandon(word, 'a sample has no "with"', 'samples are not ordered in time; take it out');
    state.expect(
      'maxspan',
      `"maxspan" is expected behind "with", not ${describe(state.peek())}`,
      'write: sequence by key with maxspan=5m',
    );
    state.expect('=', `"=" is expected behind "maxspan", not ${describe(state.peek())}`, 'write maxspan=5m');
    const duration = parseDuration(state);
    if (duration !== undefined) head.maxspan = duration;
    if (state.is('by')) {
      state.report(
        state.peek(),
        '"by" has to stand before "with"',
        'write: sequence by key with maxspan=5m [ … ] [ … ]',
      );
      state.next();
      head.by = parseKeys(state);
    }
  }
  return head;
}

function parseTerm(state: ParserState, kind: 'sequence' | 'sample' | 'until'): SequenceTerm {
  const open = state.next();
  const missing = open.text === '![';
  const filter = parseEvent(state, [']']);
  if (!state.accept(']')) {
    if (state.peek().kind !== 'end') leftOver(state, state.peek());
    else state.report(open, 'the bracket is not closed', 'close the term with ]');
    state.skipTo([']']);
    state.accept(']');
  }
  const by = state.accept('by') ? parseKeys(state) : [];
  let runs = 1;
  if (state.is('with') && state.is('runs', 1)) {
    const start = state.next();
    state.next();
    state.expect('=', `"=" is expected behind "runs", not ${describe(state.peek())}`, 'write: with runs=3');
    const count = state.next();
    const where = cover(start, count);
    if (count.kind !== 'integer')
      state.report(count, `a whole number is expected, not ${describe(count)}`, 'write: with runs=3');
    else {
      runs = Number(count.text);
      if (runs < 1 || runs > 100) {
        state.report(where, `runs has to be from 1 to 100, not ${count.text}`, 'a higher count needs a threshold rule');
        runs = 1;
      }
    }
    if (kind === 'sample') state.report(where, 'a term of a sample cannot have runs', 'repeat the term');
  }
  if (missing && kind === 'sample')
    state.report(
      open,
      'a sample has no missing events',
      'a sample asks for events that are there; use a sequence with maxspan',
    );
  return { kind: 'term', missing, filter, by, runs, span: span(open.start, state.previous.end) };
}

function parseTerms(state: ParserState, kind: 'sequence' | 'sample'): SequenceTerm[] {
  const terms: SequenceTerm[] = [];
  while (state.is('[') || state.is('![')) {
    const term = guarded(state, () => parseTerm(state, kind));
    if (term === undefined) {
      state.skipTo([']', '|']);
      state.accept(']');
    } else terms.push(term);
  }
  return terms;
}

function checkKeys(state: ParserState, by: readonly FieldRef[], terms: readonly SequenceTerm[]): void {
  const expected = by.length + (terms[0]?.by.length ?? 0);
  for (const term of terms) {
    const found = by.length + term.by.length;
    const last = term.by.at(-1);
    if (found !== expected)
      state.report(
        last === undefined ? span(term.span.end - 1, term.span.end) : cover(term.by[0]?.span ?? last.span, last.span),
        `this term has ${found} join key${found === 1 ? '' : 's'}, the first one has ${expected}`,
        'give every term, and "until", the same number of keys',
      );
  }
}

function parseSequence(state: ParserState): Sequence {
  const word = state.next();
  const { by, maxspan } = parseHead(state, true);
  const terms = parseTerms(state, 'sequence');
  let until: SequenceTerm | undefined;
  if (state.accept('until')) {
    if (state.is('[') || state.is('![')) until = parseTerm(state, 'until');
    else
      state.abandon(
        state.peek(),
        `"until" needs a term in brackets, not ${describe(state.peek())}`,
        'write: until [category where condition]',
      );
  }
  const rest = state.peek();
  if (rest.kind !== 'end' && rest.text !== '|')
    state.abandon(
      rest,
      `${describe(rest)} is not expected here`,
      rest.text === 'fork'
        ? 'fork is gone; overlapping sequences are always found'
        : 'a sequence consists of terms in brackets, then "until" and pipes',
    );
  checkKeys(state, by, until === undefined ? terms : [...terms, until]);
  const stages = terms.reduce((sum, term) => sum + term.runs, 0);
  if (terms.length === 0)
    state.report(word, 'the sequence has no terms', 'write at least two: sequence [a where …] [b where …]');
  else if (stages < 2)
    state.report(
      word,
      'a sequence needs at least two events',
      'add a term, or say "with runs=2" behind the one that is there',
    );
  const missing = terms.filter((term) => term.missing);
  if (missing.length > 0 && maxspan === undefined)
    state.report(
      missing[0]?.span ?? word,
      'a missing event needs a maxspan',
      'say how long to wait for it: sequence with maxspan=5m …',
    );
  if (missing.length > 0 && missing.length === terms.length)
    state.report(word, 'all terms of the sequence are missing events', 'at least one event has to be there');
  return {
    kind: 'sequence',
    by,
    ...(maxspan === undefined ? {} : { maxspan }),
    terms,
    ...(until === undefined ? {} : { until }),
    span: span(word.start, state.previous.end),
  };
}

function parseSample(state: ParserState): Sample {
  const word = state.next();
  const { by } = parseHead(state, false);
  const terms = parseTerms(state, 'sample');
  if (state.is('until'))
    state.abandon(state.peek(), 'a sample has no "until"', 'samples are not ordered in time; take it out');
  const keys = by.length + (terms[0]?.by.length ?? 0);
  if (terms.length < 2)
    state.report(word, 'a sample needs at least two terms', 'write: sample by key [a where …] [b where …]');
  else if (keys === 0)
    state.report(word, 'a sample needs at least one join key', 'write: sample by host.id [a where …] [b where …]');
  checkKeys(state, by, terms);
  return { kind: 'sample', by, terms, span: span(word.start, state.previous.end) };
}

function parseJoin(state: ParserState): Join {
  const word = state.next();
  const { by } = parseHead(state, false);
  const terms = parseTerms(state, 'sequence');
  const until = state.accept('until') ? parseTerm(state, 'until') : undefined;
  return {
    kind: 'join',
    by,
    terms,
    ...(until === undefined ? {} : { until }),
    span: span(word.start, state.previous.end),
  };
}

const PIPES = ['head', 'tail'];
const OLD_PIPES = ['count', 'filter', 'sort', 'unique', 'unique_count'];

function parsePipe(state: ParserState): Pipe {
  const bar = state.next();
  const token = state.next();
  if (token.kind !== 'identifier')
    state.abandon(token, `a pipe is expected, not ${describe(token)}`, 'the pipes are head and tail');
  const name: Name = { text: token.text, span: span(token.start, token.end) };
  if (OLD_PIPES.includes(token.text))
    state.abandon(
      token,
      `pipe "${token.text}" is not supported`,
      'the pipes are head and tail; for counts use a threshold rule',
    );
  if (!PIPES.includes(token.text)) {
    const meant = suggest(token.text, PIPES);
    state.abandon(
      token,
      `there is no pipe "${token.text}"`,
      'the pipes are head and tail',
      meant === undefined ? {} : { label: `did you mean ${meant}?` },
    );
  }
  const args: Expression[] = [];
  if (state.peek().kind !== 'end' && !state.is('|')) {
    args.push(parseExpression(state));
    while (state.accept(',')) args.push(parseExpression(state));
  }
  const [only] = args;
  if (args.length !== 1 || only?.kind !== 'literal' || only.type !== 'integer')
    state.report(
      only === undefined ? token : cover(only.span, args.at(-1)?.span ?? only.span),
      `pipe "${token.text}" takes one whole number`,
      `write: | ${token.text} 10`,
    );
  return { kind: 'pipe', name, args, span: span(bar.start, state.previous.end) };
}
