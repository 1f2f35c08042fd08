import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { mappingOf, verdicts } from './test-support.ts';

const mapping = mappingOf({
  f: 'keyword',
  g: 'keyword',
  x: 'keyword',
  y: 'long',
  n: 'long',
  d: 'double',
  b: 'boolean',
  ip: 'ip',
  at: 'date',
  ver: 'version',
  text: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 5 } } },
  short: { type: 'keyword', ignore_above: 3 },
  filled: { type: 'keyword', null_value: 'none' },
  cmd: 'wildcard',
  constant: { type: 'constant_keyword', value: 'logs' },
  empty: 'constant_keyword',
  ul: 'unsigned_long',
  scaled: { type: 'scaled_float', scaling_factor: 100 },
  half: 'half_float',
  i: 'integer',
});

type Rows = readonly (readonly [condition: string, verdicts: string])[];

/** Each row: a condition and its verdict on each document. */
function hold(documents: readonly JsonObject[], rows: Rows): void {
  it.each(rows)('%s: %s', (condition, expected) => {
    expect(verdicts(condition, mapping, documents)).toBe(expected);
  });
}

describe('a missing field that is mapped', () => {
  hold(
    [{ y: 1 }],
    [
      ['x == "a"', 'F'],
      ['x != "a"', 'T'],
      ['not x == "a"', 'T'],
      ['not x : "a"', 'T'],
      ['not x : "a*"', 'T'],
      ['x not in ("a", "b")', 'T'],
      ['x not in~ ("a", "b")', 'T'],
      ['not length(x) > 3', 'T'],
      ['not startsWith(x, "a")', 'T'],
      ['length(x) != 3', 'T'],
      ['not n > 3', 'T'],
      ['x == null', 'T'],
      ['x != null', 'F'],
      ['x : "a" or y == 1', 'T'],
      ['not x : "a" and y == 1', 'T'],
    ],
  );
});

describe('a field in no mapping, marked optional', () => {
  hold(
    [{ y: 1 }],
    [
      ['?u == "a"', 'F'],
      ['?u == 1', 'F'],
      ['length(?u) == 1', 'F'],
      ['?u != "a"', 'T'],
      ['not ?u == "a"', 'T'],
      ['length(?u) != 1', 'T'],
      ['?u : "a"', 'F'],
      ['?u : "a*"', 'F'],
      ['?u like "a*"', 'F'],
      ['?u regex "a.*"', 'F'],
      ['not ?u : "a"', 'F'],
      ['not ?u : "a*"', 'F'],
      ['not ?u like "a*"', 'F'],
      ['not ?u regex "a.*"', 'F'],
      ['?u like "a"', 'F'],
      ['not ?u like "a"', 'T'],
      ['?u like~ "a"', 'F'],
      ['not ?u like~ "a"', 'F'],
      ['not ?u regex "net\\\\.exe"', 'T'],
      ['not ?u regex "[a]b{2}(c|c)"', 'T'],
      ['not ?u regex~ "net\\\\.exe"', 'F'],
      ['?u : "*"', 'F'],
      ['not ?u : "*"', 'T'],
      ['not ?u : "**"', 'T'],
      ['not ?u regex ".*"', 'T'],
      ['not ?u regex ("a", "@")', 'T'],
      ['not ?u like ("a", "b")', 'T'],
      ['not ?u like ("a", "b*")', 'F'],
      ['not ?u : ("a", "b")', 'F'],
      ['not ?u : ("*", "b")', 'F'],
      ['not ?u : ("*", "**")', 'T'],
      ['not ?u regex ("a", "b")', 'F'],
      ['not wildcard(?u, "a")', 'T'],
      ['not wildcard~(?u, "a")', 'F'],
      ['?u > 1', 'F'],
      ['not ?u > 1', 'F'],
      ['?u in (1)', 'F'],
      ['?u not in (1)', 'F'],
      ['?u not in~ ("a")', 'F'],
      ['length(?u) > 0', 'F'],
      ['not length(?u) > 0', 'F'],
      ['startsWith(?u, "a")', 'F'],
      ['not startsWith(?u, "a")', 'F'],
      ['startsWith(?u, "a") == false', 'F'],
      ['startsWith(?u, "a") != true', 'T'],
      ['?u == null', 'T'],
      ['length(?u) == null', 'T'],
      ['?u == ?v', 'T'],
      ['?u != null', 'F'],
      ['not ?u == null', 'F'],
      ['?u == x', 'T'],
      ['?u == y', 'F'],
      ['?u != y', 'T'],
      ['y == ?u', 'F'],
      ['?u', 'F'],
      ['not ?u', 'F'],
      ['?u == false', 'F'],
      ['?u != true', 'T'],
      ['y == 1 and not ?u : "a"', 'F'],
      ['y == 1 or ?u : "a"', 'T'],
      ['not (?u : "a" and y == 1)', 'F'],
      ['not (?u : "a" or y == 1)', 'F'],
      ['not (?u : "a" or y == 2)', 'T'],
      ['not (?u == "a" and y == 1)', 'T'],
      ['(?u > 1 and y == 1) == false', 'F'],
      ['(?u > 1 and y == 1) != false', 'F'],
      ['?x != "a"', 'T'],
      ['not ?x : "a"', 'T'],
    ],
  );
});

describe('a keyword without, with one and with two values', () => {
  hold(
    [{}, { f: 'a' }, { f: 'b' }, { f: ['a', 'b'] }],
    [
      ['f == "a"', 'FTFT'],
      ['f != "a"', 'TFTF'],
      ['not f == "a"', 'TFTF'],
      ['not not f == "a"', 'FTFT'],
      ['f in ("a", "c")', 'FTFT'],
      ['f not in ("a", "c")', 'TFTF'],
      ['f in ("a", null)', 'FTFT'],
      ['f in (null)', 'FFFF'],
      ['f not in (null)', 'FFFF'],
      ['f not in (null, null)', 'FFFF'],
      ['f : "A"', 'FTFT'],
      ['f like~ "A*"', 'FTFT'],
      ['f regex~ "A"', 'FTFT'],
      ['f in~ ("A", "C")', 'FTFT'],
      ['f not in~ ("A", "C")', 'TFTF'],
      ['f in~ ("A*")', 'FFFF'],
      ['f like "A*"', 'FFFF'],
      ['f like "a*"', 'FTFT'],
      ['f like ("x", "a*")', 'FTFT'],
      ['f : ("x", "A?")', 'FFFF'],
      ['not f : "A"', 'TFTF'],
      ['f == null', 'TFFF'],
      ['null == f', 'TFFF'],
      ['f != null', 'FTTT'],
      ['f : "*"', 'FTTT'],
      ['f regex ".*"', 'FTTT'],
      ['f > "a"', 'FFTT'],
      ['not f > "a"', 'TTFF'],
      ['"a" < f', 'FFTT'],
      ['startsWith(f, "a")', 'FTFT'],
      ['startsWith(f, "a") == false', 'TFTF'],
      ['endsWith~(f, "A") != true', 'TFTF'],
      ['length(f) == 1', 'FTTT'],
      ['1 == length(f)', 'FTTT'],
      ['length(f) != 1', 'TFFF'],
      ['length(f) == null', 'TFFF'],
      ['length(f) != null', 'FTTT'],
      ['length(f) in (1, 2)', 'FTTT'],
      ['length(f) in (1.4)', 'FTTT'],
      ['length(f) not in (1, null)', 'TFFF'],
      ['not length(f) > 5', 'TTTT'],
      ['concat(f, "x") == "ax"', 'FTFT'],
      ['concat(f, f) == "ab"', 'FFFT'],
      ['indexOf(f, "z") == null', 'TTTT'],
      ['indexOf(f, "z") != 0', 'TTTT'],
      ['string(f) : "A*"', 'FTFT'],
      ['string(indexOf(f, "a")) : "*"', 'FTFT'],
      ['string(indexOf(f, "a")) != null', 'FTFF'],
      ['wildcard(f, "a*", "c")', 'FTFT'],
      ['substring(f, 0) in~ ("A")', 'FTFT'],
      ['substring(f, 0) : "A"', 'FTFT'],
      ['substring(f, 0) like "a"', 'FTFT'],
      ['substring(f, 0) regex "[a-b]"', 'FTTT'],
      ['(f : "a") == true', 'FTFT'],
      ['(f : "a") == false', 'TFTF'],
      ['(f == "a" and f == "b") == true', 'FFFT'],
    ],
  );
});

describe('a number without, with one and with two values', () => {
  hold(
    [{}, { n: 1 }, { n: 10 }, { n: [1, 10] }],
    [
      ['n > 2 and n < 8', 'FFFT'],
      ['n == 1 and n == 10', 'FFFT'],
      ['n != 1 and n != 10', 'TFFF'],
      ['n % 3 == 1', 'FTTT'],
      ['not n % 3 == 1', 'TFFF'],
      ['n + n == 11', 'FFFT'],
      ['n + 2 == 12', 'FFTT'],
      ['2 + n == 3', 'FTFT'],
      ['20 - n == 10', 'FFTT'],
      ['20 - n > 10', 'FTFT'],
      ['-n < -5', 'FFTT'],
      ['-n == -1', 'FTFT'],
      ['+n == 1', 'FTFT'],
      ['n * 2 == 20', 'FFTT'],
      ['n * 2 == 3', 'FFFF'],
      ['n * -1 < -5', 'FFTT'],
      ['n / 2 == 0', 'FTFT'],
      ['add(n, 1) == 2', 'FTFT'],
      ['n == "10"', 'FFTT'],
      ['n >= "2"', 'FFTT'],
      ['n == 1.5', 'FFFF'],
      ['n > 9.5', 'FFTT'],
      ['n == 1.0', 'FTFT'],
      ['n in (1, 2.0)', 'FTFT'],
      ['n == length("a")', 'FTFT'],
      ['n == number("0x0a")', 'FFTT'],
      ['n / 0 == 1', 'F!!!'],
      ['n * 9223372036854775807 > 0', 'FTTT'],
      ['n * 9223372036854775807 > 1', 'FT!T'],
      ['n + 9223372036854775807 > 0', 'FTTT'],
      ['n + 9223372036854775807 < -2', 'F!!!'],
      ['length(concat(n, "")) * 2147483647 > 1', 'FT!T'],
      ['string(n) == "10"', 'FFTT'],
      ['n == null', 'TFFF'],
      ['n == concat("1", null)', 'TFFF'],
    ],
  );
});

describe('a boolean', () => {
  hold(
    [{}, { b: true }, { b: false }],
    [
      ['b', 'FTF'],
      ['b and true', 'FTF'],
      ['b or false', 'FTF'],
      ['b == true', 'FTF'],
      ['true == b', 'FTF'],
      ['b == false', 'FFT'],
      ['b != true', 'TFT'],
      ['not b == true', 'TFT'],
      ['b != false', 'TTF'],
      ['b != null', 'FTT'],
      ['b == "true"', 'FTF'],
      ['b in (true)', 'FTF'],
      ['string(b) == "true"', 'FTF'],
    ],
  );
});

describe('what counts as a value', () => {
  hold(
    [{}, { f: null, filled: null }, { f: [] }, { f: [null] }, { f: '' }],
    [
      ['f == null', 'TTTTF'],
      ['f : "*"', 'FFFFT'],
      ['f == ""', 'FFFFT'],
      ['filled == "none"', 'FTFFF'],
      ['filled == null', 'TFTTT'],
    ],
  );
  hold(
    [
      { short: 'abc', text: 'abc def' },
      { short: 'abcd', text: 'abc' },
    ],
    [
      ['short == null', 'FT'],
      ['short : "ABC*"', 'TF'],
      ['length(short) == 4', 'FF'],
      ['text == null', 'FF'],
      ['text.keyword == null', 'TF'],
      ['text : "abc"', 'FT'],
      ['length(text) == 7', 'FF'],
      ['text >= "def"', 'TF'],
      ['not text : "ABC*"', 'TF'],
    ],
  );
});

describe('patterns of a field', () => {
  hold(
    [
      { f: 'C:\\Windows\\cmd.exe', cmd: 'a\nb' },
      { f: 'c:\\windows\\CMD.EXE', cmd: 'A?B*' },
      { f: 'C:\\WindowsX', cmd: 'é' },
    ],
    [
      ['f : "c:\\\\windows\\\\*.exe"', 'TTF'],
      ['f like "C:\\\\Windows\\\\*"', 'TFF'],
      ['f like """C:\\Windows\\*"""', 'TFF'],
      ['f : "*cmd.ex?"', 'TTF'],
      ['f : "cmd.exe"', 'FFF'],
      ['cmd : "a*b"', 'TFF'],
      ['cmd : "a?b"', 'TFF'],
      ['cmd == "A?B*"', 'FTF'],
      ['cmd regex """a\\?b\\*"""', 'FFF'],
      ['cmd regex~ """a\\?b\\*"""', 'FTF'],
      ['cmd : "É"', 'FFF'],
      ['startsWith~(cmd, "É")', 'FFF'],
      ['startsWith~(concat(cmd, ""), "É")', 'FFT'],
      ['substring(cmd, 0) : "É"', 'FFT'],
      ['substring(cmd, 0) like "a*b"', 'FFF'],
      ['f regex "C:.*"', 'TFT'],
      ['f regex "^C:.*"', 'FFF'],
      ['cmd regex ("é", "x")', 'FFT'],
      ['f like 5', 'FFF'],
    ],
  );
  hold(
    [{ f: '5' }, { f: '5.0' }],
    [
      ['f == 5.0', 'FT'],
      ['f != 5.0', 'TF'],
      ['f >= 5.0', 'FT'],
      ['f == 5', 'TF'],
    ],
  );
  hold(
    [{ f: '5' }],
    [
      ['f like 5', 'T'],
      ['f == 5', 'T'],
      ['length(f) == 1', 'T'],
      ['concat(f, "") == 5', 'F'],
    ],
  );
});

describe('startsWith, endsWith and stringContains', () => {
  hold(
    [{ f: 'C:\\System32\\cmd.exe' }, { f: 'System32cmd.exe' }, { f: 'xTemp*' }, { f: 'a1b' }],
    [
      ['endsWith(f, "\\\\cmd.exe")', 'TTFF'],
      ['endsWith(f, "System32\\\\cmd.exe")', 'FTFF'],
      ['endsWith(f, "System32\\\\\\\\cmd.exe")', 'TFFF'],
      ['stringContains(f, "Temp\\\\")', 'FFTF'],
      ['stringContains(f, "a*b")', 'FFFT'],
      ['stringContains(substring(f, 0), "a*b")', 'FFFF'],
      ['stringContains(f, "")', 'TTTT'],
      ['stringContains(substring(f, 0), "")', 'FFFF'],
      ['startsWith(f, "C:\\\\")', 'TFFF'],
      ['startsWith(f, "a?")', 'FFFF'],
      ['startsWith~(f, "system")', 'FTFF'],
      ['endsWith(f, "")', 'TTTT'],
    ],
  );
});

describe('field types', () => {
  hold(
    [{ ip: '10.1.2.3' }, { ip: ['192.168.0.1', '::1'] }, {}],
    [
      ['ip == "10.1.2.3"', 'TFF'],
      ['ip == "10.0.0.0/8"', 'TFF'],
      ['ip != "10.1.2.3"', 'FTT'],
      ['ip == "10.1.2.3" or ip == "::1"', 'TTF'],
      ['cidrMatch(ip, "10.0.0.0/8", "::/64")', 'TTF'],
      ['cidrMatch(ip, "10.0.0.0/8") == false', 'FTT'],
      ['string(ip) : "10.*"', 'TFF'],
      ['string(cidrMatch(ip, "192.168.0.0/16")) == "true"', 'FTF'],
      ['ip > "100.0.0.0"', 'FTF'],
    ],
  );
  hold(
    [{ at: '2020-05-01T12:00:00Z' }, { at: '2020-05-02T00:00:00Z' }, {}],
    [
      ['at == "2020-05-01T12:00:00Z"', 'TFF'],
      ['at == "2020-05-01"', 'TFF'],
      ['at > "2020-05-01"', 'FTF'],
      ['at >= "2020-05-02"', 'FTF'],
      ['at > "2020-05"', 'FTF'],
      ['at < 1588377600000', 'TFF'],
      ['not at > "2020-05-01"', 'TFT'],
      ['string(at) == "2020-05-01T12:00Z"', 'TFF'],
    ],
  );
  hold(
    [{ ver: '1.2.4' }, { ver: '1.11.3' }, { ver: 'abc' }],
    [
      ['ver == "1.2.4"', 'TFF'],
      ['ver > "1.2.4"', 'FTT'],
      ['ver < "1.11.3"', 'TFF'],
      ['startsWith(string(ver), "1.")', 'TTF'],
    ],
  );
  hold(
    [{ constant: 'logs', empty: 'x' }, {}],
    [
      ['constant == "logs"', 'TT'],
      ['constant == "lo*"', 'TT'],
      ['constant : "LOGS"', 'TT'],
      ['constant : "l*"', 'TT'],
      ['startsWith(constant, "log")', 'TT'],
      ['constant != null', 'TT'],
      ['length(constant) == 4', 'TT'],
      ['concat(constant, "-", constant) == "logs-logs"', 'TT'],
      ['empty == "x"', 'FF'],
      ['length(empty) == null', 'TT'],
    ],
  );
  hold(
    [{ ul: '18446744073709551615', scaled: 1.234, half: 0.1, d: 0.1, i: 7 }],
    [
      ['ul == 18446744073709551615', 'T'],
      ['ul == 18446744073709551614', 'F'],
      ['ul in (18446744073709551615, 1)', 'T'],
      ['ul == 18446744073709551616', 'F'],
      ['ul > 9223372036854775807', 'T'],
      ['scaled == 1.23', 'T'],
      ['half == 0.1', 'T'],
      ['d == 0.1', 'T'],
      ['d + 1 == 1.1', 'T'],
      ['d * 10 == 1', 'T'],
      ['i == 7.0', 'T'],
      ['i * 2 == 14', 'T'],
      ['string(d) == "0.1"', 'T'],
    ],
  );
});

describe('several fields', () => {
  hold(
    [{ f: 'DC01$', g: ['dc02', 'DC01'] }, { f: 'DC01$' }, { f: ['a', 'b'], g: 'b' }],
    [
      ['startsWith~(f, g)', 'TFT'],
      ['startsWith~(g, substring(f, 0, -1))', 'TFT'],
      ['not startsWith~(f, g)', 'FTF'],
      ['startsWith(f, g) == false', 'FTF'],
      ['concat(f, g) == null', 'FTF'],
      ['concat(f, g) != null', 'TFT'],
    ],
  );
  hold(
    [{ n: [5, 7], y: 2 }],
    [
      ['n - y == 3', 'T'],
      ['n - y == 4', 'F'],
      ['n - y > 0 and y > 1', 'T'],
    ],
  );
});
