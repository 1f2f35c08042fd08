import { describe, expect, it } from 'vitest';
import { QueryFailure } from '../../failure.ts';
import { valueOfText } from '../test-support.ts';
import type { EqlValue } from '../value.ts';

type Rows = readonly (readonly [expression: string, value: EqlValue])[];

function give(rows: Rows): void {
  it.each(rows)('%s is %s', (expression, value) => {
    expect(valueOfText(expression)).toStrictEqual(value);
  });
}

function fail(rows: readonly (readonly [expression: string, message: string])[]): void {
  it.each(rows)('%s fails: %s', (expression, message) => {
    expect(() => valueOfText(expression)).toThrow(QueryFailure);
    expect(() => valueOfText(expression)).toThrow(message);
  });
}

describe('arithmetic', () => {
  give([
    ['7 / 2', 3n],
    ['-7 / 2', -3n],
    ['7 % -3', 1n],
    ['-7 % 3', -1n],
    ['modulo(-10, -6)', -4n],
    ['divide(4, 3)', 1n],
    ['7 / 2.0', 3.5],
    ['1.0 / 0', Infinity],
    ['7.5 % 2', 1.5],
    ['2 + 3 * 4', 14n],
    ['-2 - -3', 1n],
    ['2147483647 * 1.0', 2147483647],
    ['2147483648 + 2147483647', 4294967295n],
    ['9223372036854775807 - 1', 9223372036854775806n],
    ['(-2147483647 - 1) / -1', -2147483648n],
    ['add(null, 1)', null],
    ['1 - null', null],
    ['-null', null],
    ['+5', 5n],
    ['ADD(1, 2)', 3n],
  ]);
  fail([
    ['2147483647 + 1', 'overflows 32 bits'],
    ['-(-2147483647 - 1)', 'overflows 32 bits'],
    ['65536 * 65536', 'overflows 32 bits'],
    ['9223372036854775807 + 1', 'overflows 64 bits'],
    ['length("ab") * 2147483647', 'overflows 32 bits'],
    ['1 / 0', 'division by zero'],
    ['1 % 0', 'division by zero'],
    ['false and 1 / 0 == 1', 'division by zero'],
    ['true or number("x") == 1', 'number cannot read "x"'],
  ]);
});

describe('between', () => {
  give([
    ['between("welcome to the planet", "welcome", "e", false)', ' to th'],
    ['between("welcome to the planet", "welcome", "e", true)', ' to the plan'],
    ['between("welcome", "WEL", "e")', ''],
    ['between~("weLcome", "WEL", "E")', 'com'],
    ['between("abc", "", "c")', 'abc'],
    ['between("abc", "a", "")', 'abc'],
    ['between("", "a", "b")', ''],
    ['between("abc", "a", "z")', ''],
    ['between("bac", "a", "b", false)', ''],
    ['between("bab", "a", "b", true)', ''],
    ['between("bac", "a", "x", true)', ''],
    ['between(null, "a", "b")', null],
    ['between(null, null, null, null)', null],
  ]);
  fail([
    ['between("abc", null, "c")', 'received null'],
    ['between("bac", "a", "b", true)', 'the last end before the start'],
    ['between~("aba", "AB", "B", true)', 'the last end before the start'],
    ['between("abc", "a", null)', 'received null'],
    ['between("abc", "a", "c", null)', 'received null'],
  ]);
});

describe('concat and string', () => {
  give([
    ['concat("a", 1, true, 42.5)', 'a1true42.5'],
    ['concat("a", null)', null],
    ['string(1.0)', '1.0'],
    ['string(10000000.0)', '1.0E7'],
    ['string(123456789.5)', '1.234567895E8'],
    ['string(0.001)', '0.001'],
    ['string(0.0001)', '1.0E-4'],
    ['string(-0.0)', '-0.0'],
    ['string(1.0 / 0)', 'Infinity'],
    ['string(0.0 / 0)', 'NaN'],
    ['string(8589934592)', '8589934592'],
    ['string(true)', 'true'],
    ['string(null)', null],
  ]);
});

describe('startsWith, endsWith, stringContains', () => {
  give([
    ['startsWith("ab", "")', true],
    ['startsWith("ab", "A")', false],
    ['startsWith~("äb", "Ä")', true],
    ['startsWith("ab", null)', null],
    ['startsWith(null, "a")', null],
    ['endsWith("ab", "")', true],
    ['endsWith~("ab", "B")', true],
    ['endsWith(null, null)', null],
    ['stringContains("ab", "")', false],
    ['stringContains("a*b", "*")', true],
    ['stringContains("axb", "a*b")', false],
    ['stringContains~("ab", "B")', true],
    ['stringContains(null, null)', null],
  ]);
  fail([['stringContains("ab", null)', 'received null']]);
});

describe('indexOf and length', () => {
  give([
    ['indexOf("abcabc", "c")', 2n],
    ['indexOf("abcabc", "c", 3)', 5n],
    ['indexOf("abcabc", "c", -5)', 2n],
    ['indexOf("abc", "c", 10)', null],
    ['indexOf("abc", "", 10)', 3n],
    ['indexOf("abc", "", 1)', 1n],
    ['indexOf("abc", "C")', null],
    ['indexOf~("abc", "C")', 2n],
    ['indexOf("abc", "z")', null],
    ['indexOf("abc", "c", null)', 2n],
    ['length("")', 0n],
    ['length("\\u{1f4a9}")', 2n],
    ['length(null)', null],
  ]);
});

describe('number', () => {
  give([
    ['number("3")', 3n],
    ['number("3.0")', 3],
    ['number("+3")', 3n],
    ['number(" 3 ")', 3],
    ['number("3.")', 3],
    ['number("3f")', 3],
    ['number("3.5")', 3.5],
    ['number(".5")', 0.5],
    ['number("1E3")', 1000],
    ['number("-1e-3")', -0.001],
    ['number("-Infinity")', -Infinity],
    ['number("-0")', 0n],
    ['number("-0.0")', -0],
    ['number("-17")', -17n],
    ['number("9223372036854775807")', 9223372036854775807n],
    ['number("9223372036854775808")', 9223372036854775808],
    ['number("0x1337")', 4919n],
    ['number("0x1337", null)', 4919n],
    ['number("1337", 16)', 4919n],
    ['number("ff", 16)', 255n],
    ['number("-z", 36)', -35n],
    ['number("5", null)', 5n],
    ['number(null, 8)', null],
  ]);
  fail([
    ['number("abc")', 'number cannot read "abc"'],
    ['number("")', 'number cannot read ""'],
    ['number("1 2")', 'number cannot read "1 2"'],
    ['number("++1")', 'number cannot read "++1"'],
    ['number("1,000")', 'number cannot read "1,000"'],
    ['number(".")', 'number cannot read "."'],
    ['number("-0x1")', 'number cannot read "-0x1"'],
    ['number("0X10")', 'number cannot read "0X10"'],
    ['number("0x10", 10)', 'number cannot read "0x10"'],
    ['number("8", 8)', 'in base 8'],
    ['number("1", 40)', 'in base 40'],
    ['number("1.5", 16)', 'in base 16'],
  ]);
});

describe('substring', () => {
  give([
    ['substring("hello world", -5, 100)', 'world'],
    ['substring("hello world", 0, -6)', 'hello'],
    ['substring("hello", -100)', 'hello'],
    ['substring("hello", 3, 2)', ''],
    ['substring("hello", 9)', ''],
    ['substring("hello", null, 2)', 'hello'],
    ['substring("hello", 1, null)', 'ello'],
    ['substring(null, 1)', null],
  ]);
});

describe('comparison and lists', () => {
  give([
    ['3 == 3.0', true],
    ['"Foo" < "foo"', true],
    ['"a" == 1', null],
    ['true == "true"', null],
    ['null == null', true],
    ['null != 1', true],
    ['null < 1', null],
    ['0.0 == -0.0', false],
    ['0.0 / 0 == 0.0 / 0', true],
    ['9007199254740993 == 9007199254740992.0', true],
    ['1 in (2, null)', null],
    ['1 in (1, null)', true],
    ['1 not in (2, null)', null],
    ['null in (1)', null],
    ['1 in (1.4)', true],
    ['1.4 in (1)', false],
    ['"a" in~ ("A", null)', true],
    ['"b" in~ ("A", null)', null],
    ['"a" : "A"', true],
    ['"abc" : "A*"', true],
    ['"abc" like "a?c"', true],
    ['"abc" like "A*"', false],
    ['"abc" like~ ("x", "A*")', true],
    ['"abc" regex "a.c"', true],
    ['"abc" regex ("x", "ab")', false],
    ['"abc" regex~ "A.C"', true],
    ['"5" like 5', true],
    ['"a\\nb" like "a*"', false],
    ['"a\\nb" like "*"', true],
    ['null : "*"', false],
    ['null like "a"', false],
    ['null like~ "a"', null],
    ['not null', null],
    ['wildcard("abc", "x", "a*")', true],
  ]);
});
