import { describe, expect, it } from 'vitest';
import { checkEql } from './check.ts';
import type { EqlErrorType } from './diagnostic.ts';
import { parseEql } from './parse.ts';
import { mappingOf } from './test-support.ts';

const mapping = mappingOf({
  'event.category': 'keyword',
  f: 'keyword',
  g: 'keyword',
  n: 'long',
  m: 'integer',
  d: 'double',
  b: 'boolean',
  ip: 'ip',
  at: 'date',
  ver: 'version',
  plain: 'text',
  text: { type: 'text', fields: { raw: { type: 'keyword' } } },
  two: { type: 'text', fields: { one: { type: 'keyword' }, other: { type: 'keyword' } } },
  lower: { type: 'keyword', normalizer: 'lowercase' },
  flat: 'flattened',
  range: 'integer_range',
  geo: 'geo_point',
  object: { properties: { inner: { type: 'keyword' } } },
  nested: { type: 'nested', properties: { inner: { type: 'keyword' } } },
  constant: { type: 'constant_keyword', value: 'x' },
  pid: 'long',
  ppid: 'long',
});

type Fault = readonly [marked: string, message: string, errorType?: EqlErrorType | 'warning'];

const said = (query: string, stack?: string): Fault[] => {
  const { statement, diagnostics } = parseEql(query);
  if (statement === undefined || diagnostics.length > 0) throw new Error(diagnostics[0]?.message ?? 'no tree');
  return checkEql(statement, mapping, stack === undefined ? {} : { stack }).map(
    ({ span, message, errorType, severity }) => {
      const kind = severity === 'warning' ? 'warning' : errorType;
      const marked = query.slice(span.start, span.end);
      return kind === 'verification_exception' ? [marked, message] : [marked, message, kind];
    },
  );
};

describe('checkEql accepts', () => {
  it.each([
    'any where b',
    'any where f == "a" and (n > 1 or b)',
    'any where not b == true',
    'any where n == "abc" and b == 0 and b == "bar" and at == "" and ip == 0',
    'any where f like 5 and f == 5',
    'any where ip == "10.0.0.1" or ip == "::1"',
    'any where text == "a" and text : "b" and length(text) > 1 and text < "x"',
    'any where two.one == "a" and text.raw == "b"',
    'any where object.inner == "a"',
    'any where plain > "a" and plain == null',
    'any where lower > "a"',
    'any where ?nowhere == 1 and ?nowhere : "a" and startsWith(?nowhere, ?other) and ?nowhere == f',
    'any where startsWith~(f, g) and n - m > 0 and startsWith(f, substring(g, 0, -1))',
    'any where n in (1, 2.5, null) and f in (null) and b in (true)',
    'any where cidrMatch(ip, "10.0.0.0/8", concat("10.", "1.0.0/16")) and string(ip) : "10.*"',
    'any where between(f, "a", "b", b) == "x" and substring(f, n, m) == "y" and number(f, 16) == 1',
    'any where indexOf(f, "a", length(g)) > add(1, 2) and substring(f, add(1, 1)) == ""',
    'any where string(b) == "true" and concat(n, d, b, ip) == "x"',
    'any where 1 == 2 and "a" == 1',
    'any where f regex "a.*" and f regex~ ("[a-z]+", "@")',
    'sequence by f [any where true] by n [any where true] by m',
    'sequence by text [any where true] [any where true]',
  ])('%s', (query) => {
    expect(said(query)).toEqual([]);
  });
});

describe('checkEql refuses', () => {
  it.each<readonly [string, readonly Fault[]]>([
    ['any where nowhere == 1', [['nowhere', "nowhere is in none of the rule's indices"]]],
    ['any where nowhere', [['nowhere', "nowhere is in none of the rule's indices"]]],
    ['any where f', [['f', 'a condition has to be true or false, this is a string']]],
    [
      'any where at and n',
      [
        ['at', 'a condition has to be true or false, this is a date'],
        ['n', 'a condition has to be true or false, this is a whole number'],
      ],
    ],
    ['any where not 5', [['5', 'a condition has to be true or false, this is a whole number']]],
    ['any where not b', [['not b', '"not" cannot stand before the bare field b', 'ql_illegal_argument_exception']]],
    ['any where f == g', [['g', 'two fields cannot be compared with each other', 'ql_illegal_argument_exception']]],
    [
      'any where length(f) > n',
      [['n', 'two fields cannot be compared with each other', 'ql_illegal_argument_exception']],
    ],
    ['any where n : "5"', [['n', '":" works on strings, this is a whole number']]],
    ['any where ip : "10.*"', [['ip', '":" works on strings, this is an IP address']]],
    ['any where ver like "1.*"', [['ver', '"like" works on strings, this is a version']]],
    ['any where f : 5', [['5', '":" needs a string behind it']]],
    ['any where f : null', [['null', '":" needs a string behind it']]],
    ['any where f like null', [['null', '"like" needs a string behind it']]],
    ['any where f regex 5', [['5', '"regex" needs a string behind it']]],
    ['any where f regex "(a"', [['"(a"', 'the parenthesis is not closed', 'ql_illegal_argument_exception']]],
    ['any where n in (1, "a")', [['"a"', 'the list needs a whole number, this is a string']]],
    ['any where f in (5)', [['5', 'the list needs a string, this is a whole number']]],
    ['any where b in ("true")', [['"true"', 'the list needs a boolean, this is a string']]],
    ['any where ip in ("10.0.0.1")', [['"10.0.0.1"', 'the list needs an IP address, this is a string']]],
    ['any where at not in ("2020-01-01")', [['"2020-01-01"', 'the list needs a date, this is a string']]],
    ['any where ver in ("1.2")', [['"1.2"', 'the list needs a version, this is a string']]],
    ['any where f in (g)', [['g', 'the values of a list have to be constant']]],
    ['any where n in~ ("5")', [['n', '"in~" needs a string, this is a whole number']]],
    ['any where f in~ (5)', [['5', 'the list needs a string, this is a whole number']]],
    [
      'any where plain == "a"',
      [['plain', 'plain is text without a keyword sub-field, so EQL has nothing exact to compare']],
    ],
    [
      'any where length(plain) > 1',
      [['plain', 'plain is text without a keyword sub-field, so EQL has nothing exact to compare']],
    ],
    ['any where two : "a"', [['two', 'two is text with more than one keyword sub-field']]],
    ['any where lower == "a"', [['lower', 'lower is a keyword with a normalizer, which EQL does not compare exactly']]],
    ['any where flat.key == "a"', [['flat.key', 'flat.key is a flattened key, a type that EQL cannot use']]],
    ['any where range == 1', [['range', 'range is an integer_range, a type that EQL cannot use']]],
    ['any where geo == 1', [['geo', 'geo is a geo_point, a type that EQL cannot use']]],
    ['any where object == 1', [['object', 'object is an object, not a field']]],
    [
      'any where nested.inner == "a"',
      [['nested.inner', 'nested.inner lies inside the nested field nested, which EQL cannot read']],
    ],
    ['any where f + 1 == 2', [['f', '"+" needs numbers, this is a string']]],
    ['any where -f == 2', [['f', 'a sign needs numbers, this is a string']]],
    ['any where foo(f)', [['foo', 'there is no function foo']]],
    ['any where length~(f) > 1', [['length', 'length has no variant with "~"', 'parsing_exception']]],
    ['any where length() > 1', [['length()', 'length takes one argument, it has 0', 'parsing_exception']]],
    [
      'any where between(f) == ""',
      [['between(f)', 'between takes three or four arguments, it has 1', 'parsing_exception']],
    ],
    [
      'any where cidrMatch(ip)',
      [['cidrMatch(ip)', 'cidrMatch takes at least two arguments, it has 1', 'parsing_exception']],
    ],
    [
      'any where cidrMatch(f, "10.0.0.0/8")',
      [['f', 'the first argument of cidrMatch has to be an IP address, this is a string']],
    ],
    ['any where cidrMatch(ip, f)', [['f', 'the second argument of cidrMatch has to be a constant']]],
    [
      'any where cidrMatch(ip, 5)',
      [['5', 'the second argument of cidrMatch has to be a string, this is a whole number']],
    ],
    ['any where length(n) > 1', [['n', 'the first argument of length has to be a string, this is a whole number']]],
    [
      'any where substring(f, 1.5) == ""',
      [['1.5', 'the second argument of substring has to be a whole number, this is a number']],
    ],
    [
      'any where indexOf(f, "a", 1.0) == 1',
      [['1.0', 'the third argument of indexOf has to be a whole number, this is a number']],
    ],
    [
      'any where between(f, "a", "b", "true") == ""',
      [['"true"', 'the fourth argument of between has to be a boolean, this is a string']],
    ],
    ['join by f [any where true] [any where true]', [['join', 'Elasticsearch does not run "join"']]],
    [
      'sequence [any where true] by f [any where true] by n',
      [['n', 'the join key n is a whole number, f before it is a string']],
    ],
    [
      'sequence by plain [any where true] [any where true]',
      [['plain', 'plain is text without a keyword sub-field, so EQL has nothing exact to compare']],
    ],
  ])('%s', (query, faults) => {
    expect(said(query)).toEqual(faults);
  });

  it('all faults in one run', () => {
    expect(said('process where foo == 1 and n : "a" and length() == 1 and f in (5)').map(([marked]) => marked)).toEqual(
      ['foo', 'n', 'length()', '5'],
    );
  });

  it('a category whose field is not mapped, once', () => {
    const { statement } = parseEql('sequence [a where true] [b where true] [any where true]');
    if (statement === undefined) throw new Error('no tree');
    const found = checkEql(statement, mapping, { eventCategoryField: 'kind' });
    expect(found.map(({ message }) => message)).toEqual([
      "kind, the field of the event category, is in none of the rule's indices",
    ]);
  });

  it('says what may have been meant', () => {
    const labels = (query: string): (string | undefined)[] => {
      const { statement } = parseEql(query);
      return statement === undefined ? [] : checkEql(statement, mapping).map(({ label }) => label);
    };
    expect(labels('any where pib == 1')).toEqual(['did you mean pid or ppid?']);
    expect(labels('any where lenght(f) > 1')).toEqual(['did you mean length?']);
    expect(labels('any where zzzzzzzz == 1')).toEqual([undefined]);
  });
});

describe('checkEql warns of', () => {
  it.each<readonly [string, readonly Fault[]]>([
    [
      'any where endsWith(f, "\\\\x")',
      [['"\\\\x"', '"*", "?" and backslash are special in the constant of endsWith', 'warning']],
    ],
    [
      'any where stringContains~(f, "a*")',
      [['"a*"', '"*", "?" and backslash are special in the constant of stringContains', 'warning']],
    ],
    ['any where startsWith(f, "a*") and stringContains(substring(f, 1), "a*")', []],
    ['any where constant == "x*"', [['"x*"', '"*", "?" and backslash are read differently by constant', 'warning']]],
    ['any where at == "2020-05"', [['"2020-05"', '"2020-05" means its first day', 'warning']]],
    [
      'any where string(f != "a") == "true"',
      [['f != "a"', 'a negation inside a function has no defined meaning', 'warning']],
    ],
    ['any where substring(f, 1) like~ "é*"', [['"é*"', 'letters beyond ASCII keep their case here', 'warning']]],
    [
      'sequence [any where true] [any where true] until ![any where true]',
      [['![', 'the "!" in front of this term is ignored', 'warning']],
    ],
  ])('%s', (query, faults) => {
    expect(said(query)).toEqual(faults);
  });
});

describe('checkEql for an older target', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['sample by f [any where true] [any where true]', '8.5', ['sample needs version 8.6']],
    ['sample by f [any where true] [any where true]', '8.6', []],
    ['sequence with maxspan=1m [any where true] ![any where true]', '8.8.2', ['a missing event needs version 8.9']],
    ['sequence with maxspan=1m [any where true] ![any where true]', '8.10.0', []],
    ['any where ?nowhere == 1', '7.15', ['an optional field needs version 7.16']],
    ['sequence [any where true] with runs=2', '7.15', ['"with runs" needs version 7.16']],
    ['any where ip == "10.0.0.1" or ip == "10.0.0.2"', '8.15.2', ['several values of ip cannot be joined with "or"']],
    ['any where ip == "10.0.0.1" or ip == "10.0.0.2"', '9.0', ['several values of ip cannot be joined with "or"']],
    ['any where ip == "10.0.0.1" or ip == "10.0.0.2"', '8.19', []],
    ['any where f == "a" or f == "b" or n == 1 or n == 2.5', '8.15', []],
  ])('%s in %s', (query, stack, messages) => {
    expect(said(query, stack).map(([, message]) => message)).toEqual(messages);
  });
});
