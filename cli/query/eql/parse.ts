import { span } from '../../text/span.ts';
import type { Comment, Expression, Statement } from './ast.ts';
import type { EqlDiagnostic } from './diagnostic.ts';
import { lex } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { parseStatement } from './parse-statement.ts';
import { describe, ParserState } from './parser-state.ts';

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

/** A rule's query is parsed to be checked, to be made ready and by lint, mostly one right after the other. */
let last: { readonly text: string; readonly parse: EqlParse } | undefined;

/** Parses an EQL query. Never throws; all faults are diagnostics with spans in `text`. */
export function parseEql(text: string): EqlParse {
  if (last?.text !== text) last = { text, parse: parse(text) };
  return last.parse;
}

function parse(text: string): EqlParse {
  if (text.length > MAX_LENGTH) return { diagnostics: [tooLong(text)], comments: [] };
  const { tokens, comments, diagnostics } = lex(text);
  const state = new ParserState(tokens, diagnostics);
  if (state.peek().kind === 'end') {
    if (diagnostics.length === 0)
      state.report(
        span(0, text.length),
        'the query is empty',
        'write a category and a condition: process where process.name == "cmd.exe"',
      );
    return { diagnostics: state.diagnostics, comments };
  }
  const statement = state.attemptAll(() => parseStatement(state));
  return { ...(statement === undefined ? {} : { statement }), diagnostics: unique(state.diagnostics), comments };
}

/** Parses a lone expression, such as a constant. */
export function parseEqlExpression(text: string): {
  readonly expression?: Expression;
  readonly diagnostics: readonly EqlDiagnostic[];
} {
  const { tokens, diagnostics } = lex(text);
  const state = new ParserState(tokens, diagnostics);
  const expression = state.attemptAll(() => {
    const found = parseExpression(state);
    if (state.peek().kind !== 'end') state.abandon(state.peek(), `${describe(state.peek())} is not expected here`);
    return found;
  });
  return { ...(expression === undefined ? {} : { expression }), diagnostics: unique(state.diagnostics) };
}

/** In the order of the text; of two faults at one place the first one found says enough. */
function unique(diagnostics: readonly EqlDiagnostic[]): readonly EqlDiagnostic[] {
  const seen = new Set<number>();
  return [...diagnostics]
    .sort((a, b) => a.span.start - b.span.start)
    .filter(({ span: { start } }) => !seen.has(start) && seen.add(start) !== undefined);
}
