import { lowerCaseOf, upperCaseOf } from './case-mapping.ts';

/**
 * Letters that are one when case is ignored although no simple mapping leads from each to each: a form of a letter with a sign of
 * its own (`K` and the Kelvin sign), a final or long form (`ς`, `ſ`), a title case (Unicode's CaseFolding.txt, as
 * lucene:lucene/core/src/java/org/apache/lucene/util/automaton/CaseFolding.java takes it).
 */
const CLASSES = [
  'Kk\u212a', 'Ss\u017f', '\u00b5\u039c\u03bc', '\u00c5\u00e5\u212b', '\u00df\u1e9e', '\u01c4\u01c5\u01c6', '\u01c7\u01c8\u01c9',
  '\u01ca\u01cb\u01cc', '\u01f1\u01f2\u01f3', '\u0345\u0399\u03b9\u1fbe', '\u0390\u1fd3', '\u0392\u03b2\u03d0',
  '\u0395\u03b5\u03f5', '\u0398\u03b8\u03d1\u03f4', '\u039a\u03ba\u03f0', '\u03a0\u03c0\u03d6', '\u03a1\u03c1\u03f1',
  '\u03a3\u03c2\u03c3', '\u03a6\u03c6\u03d5', '\u03a9\u03c9\u2126', '\u03b0\u1fe3', '\u0412\u0432\u1c80', '\u0414\u0434\u1c81',
  '\u041e\u043e\u1c82', '\u0421\u0441\u1c83', '\u0422\u0442\u1c84\u1c85', '\u042a\u044a\u1c86', '\u0462\u0463\u1c87',
  '\u1c88\ua64a\ua64b', '\u1e60\u1e61\u1e9b', '\ufb05\ufb06',
]; // prettier-ignore

const CLASS_OF: ReadonlyMap<number, readonly number[]> = new Map(
  CLASSES.map((letters) => Array.from(letters, (letter) => letter.codePointAt(0) ?? 0)).flatMap((codes) =>
    codes.map((code) => [code, codes] as const),
  ),
);

/**
 * What one character of a case-insensitive regular expression meets, in ascending order. The letter `ı` meets `I`, its upper case;
 * `I` does not meet it.
 */
export const caseVariants = (code: number): readonly number[] =>
  [...new Set([code, upperCaseOf(code), lowerCaseOf(code), ...(CLASS_OF.get(code) ?? [])])].sort((a, b) => a - b);

/** The same with ASCII letters alone, as in Lucene before 10.2 (Elasticsearch before 9.1). */
export function asciiVariants(code: number): readonly number[] {
  const upper = code >= 65 && code <= 90;
  if (!upper && (code < 97 || code > 122)) return [code];
  return upper ? [code, code + 32] : [code - 32, code];
}
