import { suggest } from '../../text/suggest.ts';
import type { Token } from './lexer.ts';
import { describe, type ParserState } from './parser-state.ts';

export const didYouMean = (word: string | undefined): { label?: string } =>
  word === undefined ? {} : { label: `did you mean ${word}?` };

/** What people write who know another language, and what it is here. Lower case. */
const FOREIGN: Readonly<Record<string, string>> = {
  contains: 'write stringContains(field, "…"), or field : "*…*"',
  startswith: 'write startsWith(field, "…"), or field : "…*"',
  endswith: 'write endsWith(field, "…"), or field : "*…"',
  matches: 'write field regex "…"',
  rlike: 'write field regex "…"',
  is: 'write field == null, or field != null',
  exists: 'write field != null',
  between: 'write field >= 1 and field <= 9',
  '||': 'write "or"',
  '&&': 'write "and"',
  '!': 'write "not"',
  '=': 'write "==" for equal, or ":" for equal without regard to case',
};

const KEYWORDS_BETWEEN = ['and', 'or', 'not', 'in', 'like', 'regex'];

/** Reports a token that nothing can be made of behind a complete expression. */
export function unexpected(state: ParserState, token: Token): void {
  const { text, kind } = token;
  const key = text.toLowerCase();
  if (kind === 'string' || kind === 'integer' || kind === 'decimal') {
    state.report(
      token,
      `an operator is missing before ${describe(token)}`,
      'write "==", ":" or "and" between them; values of a list take commas',
    );
    return;
  }
  if (text === ')' || text === ']') {
    state.report(token, `"${text}" closes nothing`, 'take it out, or add the opening one');
    return;
  }
  if (text === '[' || text === '![') {
    state.report(
      token,
      `${describe(token)} is not expected here`,
      'terms in brackets belong to a sequence: sequence [a where …] [b where …]',
    );
    return;
  }
  if (['!=', '==', '<', '<=', '>', '>='].includes(text)) {
    state.report(token, 'comparisons cannot be chained', 'write "a < b and b < c"');
    return;
  }
  if (key !== text && KEYWORDS_BETWEEN.includes(key)) {
    state.report(token, `"${text}" is not a keyword`, `keywords are lower case: ${key}`);
    return;
  }
  const foreign = Object.hasOwn(FOREIGN, key) ? FOREIGN[key] : undefined;
  const meant = kind === 'identifier' && foreign === undefined ? suggest(text, KEYWORDS_BETWEEN) : undefined;
  state.report(
    token,
    `${describe(token)} is not expected here`,
    foreign ?? 'join conditions with "and" or "or"',
    didYouMean(meant),
  );
}
