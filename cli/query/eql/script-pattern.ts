import { PatternError } from '../../fields/patterns/pattern-error.ts';
import { compileJavaRegexp, fitsEveryString, onlyString } from '../../fields/patterns/regexp.ts';
import { compileWildcard } from '../../fields/patterns/wildcard.ts';
import { Unsupported } from '../failure.ts';

/** A like pattern has no escapes: a backslash is an ordinary character. */
export const escapeLike = (pattern: string): string => pattern.replaceAll('\\', '\\\\');

/** The one string that a pattern fits, or undefined. */
export function exactPattern(operator: ':' | 'like' | 'regex', pattern: string): string | undefined {
  if (operator === 'regex') return onlyString(pattern);
  return /[*?]/.test(pattern) ? undefined : pattern;
}

/** Whether a pattern fits every string. */
export const fitsAll = (operator: ':' | 'like' | 'regex', pattern: string): boolean =>
  operator === 'regex' ? fitsEveryString(pattern) : /^\*+$/.test(pattern);

/**
 * A pattern over a computed string. Here `like` is a Java expression whose `*` and `?` do not cross line breaks, `regex` is
 * Java's language (elasticsearch: x-pack/plugin/ql/.../predicate/regex/RegexProcessor.java). Letters are folded in ASCII
 * alone; whether Elasticsearch folds others here is not settled.
 */
export function compileScriptPattern(
  operator: ':' | 'like' | 'regex',
  pattern: string,
  fold: boolean,
): (value: string) => boolean {
  if (operator === 'regex') return compileJavaRegexp(javaToLucene(pattern), fold);
  const fits = compileWildcard(escapeLike(pattern), { caseInsensitive: fold });
  const lineBreaks = /[\n\r\u0085\u2028\u2029]/;
  if (lineBreaks.test(pattern)) throw new Unsupported('a pattern with a line break over a computed string');
  return (value) => !lineBreaks.test(value) && fits(value);
}

/**
 * A Java expression in Lucene's syntax, as far as the two mean the same over a whole value. Anything else is refused by
 * name: look-around, back references, word boundaries, possessive quantifiers, inline flags.
 */
export function javaToLucene(pattern: string): string {
  let out = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] ?? '';
    const refuse = (what: string): never => {
      throw new PatternError(`${what} in a regular expression over a computed string cannot be run offline`, i);
    };
    if (character === '\\') {
      const next = pattern[++i] ?? refuse('a backslash at the end');
      if (/[1-9]/.test(next)) refuse('a back reference');
      if (/[bBAGzZQEkpPRXhHvVN]/.test(next)) refuse(`\\${next}`);
      const control: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f', e: '\u001b', a: '\u0007' };
      out += Object.hasOwn(control, next) ? (control[next] ?? '') : `\\${next}`;
    } else if (inClass) {
      if (character === '[' || (character === '&' && pattern[i + 1] === '&')) refuse('a nested character class');
      if (character === ']') inClass = false;
      // In Java a "-" before the closing bracket is a character, in Lucene it makes a range
      out += character === '-' && pattern[i + 1] === ']' ? '\\-' : character;
    } else if (character === '[') {
      inClass = true;
      out += character;
      if (pattern[i + 1] === '^') out += pattern[++i] ?? '';
    } else if (character === '(') {
      if (pattern[i + 1] === '?') {
        if (pattern[i + 2] !== ':') refuse('a special group "(?…"');
        i += 2;
      }
      out += '(';
    } else if (character === '.') out += '[^\n\r\u0085\u2028\u2029]';
    else if (character === '^') {
      if (i !== 0) refuse('an anchor in the middle');
    } else if (character === '$') {
      if (i !== pattern.length - 1) refuse('an anchor in the middle');
    } else if ('*+?}'.includes(character)) {
      out += character;
      if (pattern[i + 1] === '?') i++;
      else if (pattern[i + 1] === '+') refuse('a possessive quantifier');
    } else out += '~&@#<>"'.includes(character) ? `\\${character}` : character;
  }
  return out;
}
