import { describe, expect, it } from 'vitest';
import { QueryFailure } from '../failure.ts';
import { lexLucene } from './lexer.ts';

const kinds = (text: string): string =>
  lexLucene(text)
    .slice(0, -1)
    .map(({ kind, text: content }) => `${kind}<${content}>`)
    .join(' ');

describe('lexLucene', () => {
  it.each([
    ['a AND b && c', 'term<a> and<AND> term<b> and<&&> term<c>'],
    ['a OR b || c', 'term<a> or<OR> term<b> or<||> term<c>'],
    ['NOT a !b', 'not<NOT> term<a> not<!> term<b>'],
    ['and or not', 'term<and> term<or> term<not>'],
    ['ANDROID a&&b', 'term<ANDROID> term<a&&b>'],
    ['+a -b a-b a+b', '+<+> term<a> -<-> term<b> term<a-b> term<a+b>'],
    ['f:v \\:x a\\ b', 'term<f> :<:> term<v> term<\\:x> term<a\\ b>'],
    ['* a* *a a? ? ** a\\*', 'star<*> prefix<a*> wild<*a> wild<a?> wild<?> wild<**> term<a\\*>'],
    ['a\\** \\*a*', 'prefix<a\\**> prefix<\\*a*>'],
    ['"a b" "a\\"b" ""', 'quoted<a b> quoted<a\\"b> quoted<>'],
    ['/a b/ /a\\/b/ //', 'regexp<a b> regexp<a\\/b> regexp<>'],
    ['/a\\/', 'regexp<a\\>'],
    ['a~ a~1 a~0.5 "x y"~10', 'term<a> fuzzy<> term<a> fuzzy<1> term<a> fuzzy<0.5> quoted<x y> fuzzy<10>'],
    ['a~1x-y b', 'term<a> fuzzy<1x-y> term<b>'],
    ['a^2 b^2.5c', 'term<a> ^<2> term<b> ^<2.5> term<c>'],
    ['(a)', '(<(> term<a> )<)>'],
    ['a\u3000b\tc', 'term<a> term<b> term<c>'],
    ['\u00a0', 'term<\u00a0>'],
    ["a@b#c$d%e,f.g;h=i<j>k'l", "term<a@b#c$d%e,f.g;h=i<j>k'l>"],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toBe(expected);
  });

  it('takes a sign before white space for a term', () => {
    expect(kinds('a - b + c ! d')).toBe('term<a> bare<-> term<b> bare<+> term<c> bare<!> term<d>');
    expect(lexLucene('a - b')[1]).toEqual({ kind: 'bare', text: '-', start: 2, end: 3 });
  });

  it.each([
    ['[a TO b]', 'a b true true'],
    ['{a TO b}', 'a b false false'],
    ['[a TO b}', 'a b true false'],
    ['[ a   TO   b ]', 'a b true true'],
    ['["a b" TO "c]d"]', '"a b "c]d true true'],
    ['["a\\"b" TO c]', '"a\\"b c true true'],
    ['[TO TO TO]', 'TO TO true true'],
    ['[2024-01-15T10:00:00Z TO now/d]', '2024-01-15T10:00:00Z now/d true true'],
    ['["a"b TO c]', '"a"b c true true'],
    ['[[a TO b]', '[a b true true'],
    ['["" TO a]', '"" a true true'],
  ])('range %s', (text, expected) => {
    const [token] = lexLucene(text);
    const bound = (one: { text: string; quoted: boolean } | undefined): string =>
      `${one?.quoted === true ? '"' : ''}${one?.text ?? ''}`;
    const { low, high, includeLow, includeHigh } = token?.range ?? {};
    expect(`${bound(low)} ${bound(high)} ${includeLow} ${includeHigh}`).toBe(expected);
    expect(token?.end).toBe(text.length);
  });

  it.each([
    ['"a', 0, 'the quoted text has no end'],
    ['"C:\\"', 0, 'the quoted text has no end'],
    ['/a', 0, '"/" begins a regular expression that has no end'],
    ['a/b', 1, '"/" begins a regular expression that has no end'],
    ['10.0.0.0/8', 8, '"/" begins a regular expression that has no end'],
    ['a]', 1, '"]" closes nothing'],
    ['a}', 1, '"}" closes nothing'],
    ['a\\', 1, 'the query ends after a backslash'],
    ['a^b', 1, '"^" needs a number directly behind it'],
    ['a^ 2', 1, '"^" needs a number directly behind it'],
    ['[a b]', 0, 'a range is written [low TO high]'],
    ['[a TO b', 0, 'the range has no end'],
    ['[a to b]', 0, 'a range is written [low TO high]'],
    ['[a]', 0, 'a range is written [low TO high]'],
    ['[a TO b c]', 0, 'a range is written [low TO high]'],
  ])('refuses %s', (text, start, message) => {
    let fault: unknown;
    try {
      lexLucene(text);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(QueryFailure);
    if (!(fault instanceof QueryFailure)) return;
    expect({ message: fault.message, start: fault.span?.start }).toEqual({ message, start });
  });
});
