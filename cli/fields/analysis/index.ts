import type { AnalyzerDefinition } from '../mapping.ts';
import { KnownError } from '../../text/known-error.ts';
import { letterTokens, whitespaceTokens } from './character-tokenizer.ts';
import { standardTokens } from './standard-tokenizer.ts';
import type { Token } from './token.ts';

export type { Token } from './token.ts';

/** Analyzers that every index has. */
const BUILT_IN: Readonly<Record<string, AnalyzerDefinition>> = {
  standard: { type: 'standard', lowercase: true, typeName: 'standard' },
  default: { type: 'standard', lowercase: true, typeName: 'standard' },
  keyword: { type: 'keyword', lowercase: false, typeName: 'keyword' },
  whitespace: { type: 'whitespace', lowercase: false, typeName: 'whitespace' },
  simple: { type: 'simple', lowercase: true, typeName: 'simple' },
  pattern: { type: 'pattern', lowercase: true, pattern: '\\W+', typeName: 'pattern' },
};

export const builtInAnalyzer = (name: string): AnalyzerDefinition | undefined =>
  Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;

/** Lower-casing per code point, as Lucene's LowerCaseFilter does: `İ` becomes `i`. */
function lowerCase(text: string): string {
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => {
    const lower = character.toLowerCase();
    return [...lower].length === 1 ? lower : String.fromCodePoint(lower.codePointAt(0) ?? 0);
  }).join('');
}

/**
 * Separators of pattern analyzers that are known: each Java pattern with the equivalent class of word characters. A
 * pattern that is not listed is refused, since Java's and the host's expressions differ.
 */
const WORD_CLASSES: Readonly<Record<string, RegExp>> = {
  '\\W+': /[A-Za-z0-9_]+/g,
  '[\\W&&[^-]]+': /[A-Za-z0-9_-]+/g,
  '[^\\w]+': /[A-Za-z0-9_]+/g,
  '\\s+': /[^ \t\n\v\f\r]+/g,
  ',': /[^,]+/g,
};

const words = (text: string, pattern: RegExp): Token[] =>
  Array.from(text.matchAll(pattern), ({ 0: term, index }, position) => ({ term, position, end: index + term.length }));

function tokenize(text: string, analyzer: AnalyzerDefinition): Token[] {
  switch (analyzer.type) {
    case 'standard':
      return standardTokens(text);
    case 'keyword':
      // The empty text is a token as well
      return [{ term: text, position: 0, end: text.length }];
    case 'whitespace':
      return whitespaceTokens(text);
    case 'simple':
      return letterTokens(text);
    case 'pattern': {
      const pattern = analyzer.pattern ?? '\\W+';
      const known = Object.hasOwn(WORD_CLASSES, pattern) ? WORD_CLASSES[pattern] : undefined;
      if (known === undefined) throw new KnownError(`the pattern analyzer ${pattern} cannot be run offline`);
      return words(text, known);
    }
    case 'unsupported':
      throw new KnownError(`analyzer ${analyzer.typeName} cannot be run offline`);
  }
}

/** The tokens that a text field holds for a text, or looks for in a query. Throws a KnownError for an unknown analyzer. */
export function analyze(text: string, analyzer: AnalyzerDefinition): Token[] {
  const tokens = tokenize(text, analyzer);
  return analyzer.lowercase ? tokens.map((token) => ({ ...token, term: lowerCase(token.term) })) : tokens;
}

/** A value under a keyword normalizer. Only `lowercase` is built in. Throws a KnownError for another one. */
export function normalizeKeyword(value: string, normalizer: string | undefined): string {
  if (normalizer === undefined) return value;
  if (normalizer === 'lowercase') return lowerCase(value);
  throw new KnownError(`normalizer ${normalizer} cannot be run offline`);
}

export { lowerCase };
