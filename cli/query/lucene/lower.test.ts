import { describe, expect, it } from 'vitest';
import { searchLucene, type Index } from '../test-support.ts';

const tags: Index = {
  properties: { tag: { type: 'keyword' }, low: { type: 'keyword', normalizer: 'lowercase' } },
  docs: {
    a: { tag: 'a' },
    b: { tag: 'b' },
    c: { tag: 'c' },
    ab: { tag: ['a', 'b'] },
    ac: { tag: ['a', 'c'] },
    abc: { tag: ['a', 'b', 'c'] },
    none: {},
  },
};

describe('the boolean algebra of the classic parser', () => {
  it.each([
    ['tag:a tag:b', 'a b ab ac abc'],
    ['tag:a OR tag:b AND tag:c', 'abc'],
    ['tag:a AND tag:b OR tag:c', 'ab abc'],
    ['tag:a AND tag:b OR tag:c AND tag:a', 'abc'],
    ['tag:a OR NOT tag:b', 'a ac'],
    ['tag:a OR (NOT tag:b)', 'a c ab ac abc none'],
    ['NOT tag:a', 'b c none'],
    ['NOT tag:a NOT tag:b', 'c none'],
    ['NOT (NOT tag:a)', 'a ab ac abc'],
    ['tag:a && !tag:b || tag:c', 'a ac'],
    ['+tag:a tag:b', 'a ab ac abc'],
    ['tag:(a OR b) AND tag:c', 'ac abc'],
    ['(tag:a OR tag:b)^2 AND tag:c', 'ac abc'],
    ['tag:((a))', 'a ab ac abc'],
    ['tag:a tag:b AND NOT tag:c', 'b ab'],
  ])('%s', (query, expected) => {
    expect(searchLucene(tags, query)).toBe(expected);
  });

  it.each([
    ['tag:a tag:b', 'ab abc'],
    ['tag:a OR tag:b', 'a b ab ac abc'],
    ['tag:a tag:b OR tag:c', 'a ab ac abc'],
    ['tag:a NOT tag:b', 'a ac'],
    // In this mode a plus behind OR does not make a clause required (lucene: QueryParserBase.addClause).
    ['tag:a OR +tag:b', 'a b ab ac abc'],
    ['+tag:a tag:c', 'ac abc'],
  ])('with default_operator AND: %s', (query, expected) => {
    expect(searchLucene(tags, query, { default_operator: 'AND' })).toBe(expected);
  });

  it('hands consecutive bare words to a keyword as one value', () => {
    const index: Index = { properties: tags.properties, docs: { one: { tag: 'a b' }, two: { tag: ['a', 'b'] } } };
    expect(searchLucene(index, 'tag:(a b)')).toBe('one');
    expect(searchLucene(index, 'tag:(a OR b)')).toBe('two');
    // The last word belongs to the operator behind it.
    expect(searchLucene(index, 'tag:(a b OR c)')).toBe('two');
    expect(searchLucene(index, 'tag:(x a b OR c)')).toBe('two');
    expect(searchLucene(index, 'tag:(a b -c)')).toBe('one');
    expect(searchLucene(index, 'tag:a\\ b')).toBe('one');
  });

  it('takes a lone sign for a term', () => {
    expect(searchLucene(tags, 'tag:a - tag:b')).toBe('a b ab ac abc');
    expect(searchLucene(tags, 'tag:a -tag:b')).toBe('a ac');
  });

  it.each([
    ['tag:a tag:b tag:c', 2, 'ab ac abc'],
    ['tag:a tag:b tag:c', '-1', 'ab ac abc'],
    ['tag:a', 1, 'a ab ac abc'],
    ['NOT tag:a', 1, ''],
    ['+tag:a tag:b tag:c', 1, 'ab ac abc'],
  ])('minimum_should_match of %s: %s', (query, minimum, expected) => {
    expect(searchLucene(tags, query, { minimum_should_match: minimum })).toBe(expected);
  });

  it('counts the words of bare terms, but as one clause where the field has a boost', () => {
    const index: Index = {
      properties: { t: { type: 'text' }, al: { type: 'alias', path: 't' } },
      docs: { 1: { t: 'b' }, 2: { t: 'a b' } },
    };
    const found = (query: string, ...fields: string[]): string =>
      searchLucene(index, query, { fields, minimum_should_match: 2 });
    expect(found('NOT x a b c', 't')).toBe('2');
    expect(found('NOT x a b c', 't^2', 't*^0.5')).toBe('2');
    expect(found('NOT x a b c', 't^2', 'al^0.5')).toBe('');
    // The last factor of a name counts
    expect(found('NOT x a b c', 't^0.5', 't^2')).toBe('');
    expect(found('NOT x a b c', 't^2', 't^1')).toBe('2');
    expect(found('NOT x a b c', 't^2')).toBe('');
    expect(found('t:(NOT x a b c)', 't^2')).toBe('2');
  });
});

const messages: Index = {
  properties: {
    message: { type: 'text' },
    name: { type: 'keyword' },
    low: { type: 'keyword', normalizer: 'lowercase' },
    port: { type: 'long' },
    ip: { type: 'ip' },
    ts: { type: 'date' },
    flag: { type: 'boolean' },
    host: { properties: { name: { type: 'keyword' }, ip: { type: 'ip' } } },
    flat: { type: 'flattened' },
  },
  docs: {
    1: { message: 'The quick brown fox', name: 'alpha', port: 80, ts: '2024-01-15T10:00:00Z' },
    2: { message: 'brown and quick', name: 'beta', low: 'ABC', ip: '10.0.0.5', flag: true },
    3: { message: 'foo-bar', host: { name: 'h1', ip: '10.0.0.9' }, flat: { env: 'prod' } },
    4: { message: '', name: '>5', port: [22, 443] },
  },
};

describe('terms of query_string', () => {
  it.each([
    ['message:quick', '1 2'],
    ['message:(quick fox)', '1 2'],
    ['message:"quick brown"', '1'],
    ['message:"brown quick"~2', '1 2'],
    ['message:"..."', ''],
    ['message:... AND name:alpha', '1'],
    ['message:qu*', '1 2'],
    ['message:QU*', '1 2'],
    ['message:foo\\-ba*', '3'],
    ['message:... OR name:alpha', '1'],
    ['message:\\-* OR name:alpha', '1'],
    ['message:*UICK', '1 2'],
    ['message:/qui.k/', '1 2'],
    ['message:/QUICK/', ''],
    ['message:quikc~', '1 2'],
    ['message:QUIKC~1', '1 2'],
    ['message:quick~0', '1 2'],
    // A fuzzy term is one term: it is not split into tokens.
    ['message:foo\\-bar~1', ''],
    ['message:qui*~', '1 2'],
    ['message:[a TO c]', '1 2 3'],
    ['message:[BROWN TO BROWN]', '1 2'],
    ['message:*', '1 2 3 4'],
    ['message:[* TO *]', '1 2 3'],
    ['low:abc', '2'],
    ['low:ab*', '2'],
    ['low:A?C', '2'],
    ['low:[ABB TO ABD]', '2'],
    ['port:80', '1'],
    // Each half may be met by another value.
    ['port:(>=80 AND <443)', '1 4'],
    ['port:[23 TO *}', '1 4'],
    ['port:["*" TO 80]', '1 4'],
    ['port:abc', ''],
    ['port:8*', ''],
    ['ip:10.0.0.0\\/8', '2'],
    ['ip:[10.0.0.0 TO 10.0.0.255]', '2'],
    ['ts:2024-01-15', '1'],
    ['ts:>=2024-01-15', '1'],
    ['ts:[2024-01-16 TO *]', ''],
    ['flag:true', '2'],
    ['_exists_:host', '3'],
    ['_exists_:"port"', '1 4'],
    ['NOT _exists_:port', '2 3'],
    ['host:*', '3'],
    ['host.\\*:h1', '3'],
    ['host.\\*:10.0.0.9', '3'],
    ['nope:x', ''],
    ['NOT nope:x', '1 2 3 4'],
    ['no\\*:x', ''],
    ['*:*', '1 2 3 4'],
    ['*', '1 2 3 4'],
    ['flat.env:pr*', '3'],
    // The sign is looked for once the escapes are gone.
    ['name:\\>5', '1 2 4'],
    ['name:">5"', '4'],
    ['443', '4'],
    ['>400', '1 2 3 4'],
    ['quick AND alpha', '1'],
    ['  ', ''],
    ['\\u0061lpha', '1'],
  ])('%s', (query, expected) => {
    expect(searchLucene(messages, query)).toBe(expected);
  });

  it.each([
    // With a list of fields no comparison is looked for, and nothing is lenient.
    ['>5', { fields: ['name'] }, '4'],
    ['>5', { default_field: 'port' }, '1 4'],
    ['*', { default_field: 'port' }, '1 4'],
    ['*', { fields: ['port', 'ip'] }, '1 2 4'],
    ['abc', { fields: ['port'] }, 'fails: "abc" is not a long'],
    ['abc', { fields: ['port'], lenient: true }, ''],
    ['8*', { fields: ['port'] }, 'fails: a prefix cannot be used on port, which is a long'],
    ['80~', { fields: ['port'] }, 'fails: a fuzzy term cannot be used on port, which is a long'],
    ['2024-01-15', { fields: ['ts'] }, '1'],
    ['quick', { fields: ['message^2', 'nope'] }, '1 2'],
    ['x', { fields: ['nope'] }, ''],
    ['h1', { fields: ['host.*'], lenient: true }, '3'],
    ['quick alpha', { fields: ['message', 'name'] }, '1 2'],
    ['foo-ba*', { fields: ['message'], analyze_wildcard: false }, ''],
    ['foo-ba*', { fields: ['message'], default_operator: 'and' }, '3'],
    ['quick fox', { fields: ['message'], default_operator: 'and' }, '1'],
    ['quick fox', { fields: ['message'], type: 'phrase', phrase_slop: 1 }, '1'],
    ['"quick fox"', { fields: ['message'], phrase_slop: 1 }, '1'],
    ['quick fox', { fields: ['message'], minimum_should_match: 2 }, '1'],
    ['foo-bar', { fields: ['message'], minimum_should_match: 2 }, '3'],
    ['f(x', { fields: ['message'], escape: true }, ''],
    [
      '*ick',
      { fields: ['message'], allow_leading_wildcard: false },
      'fails: the pattern begins with a wildcard, which this query_string does not allow',
    ],
    ['quikc~', { fields: ['message'], fuzziness: 0 }, ''],
    ['x~0.5', {}, 'fails: "~0.5" is no number of edits'],
    ['x~3', {}, 'fails: "~3" is no number of edits'],
  ])('%s with %j', (query, parameters, expected) => {
    expect(searchLucene(messages, query, parameters)).toBe(expected);
  });
});

it('reads a regular expression that ends in a backslash, which only the field refuses', () => {
  expect(searchLucene(tags, 'tag:/a\\/ OR tag:b')).toBe('b ab abc');
  expect(searchLucene(tags, '/a\\/', { fields: ['tag'] })).toMatch(/^fails: the pattern ends after a backslash/);
});

it('takes only what Java trims for a text without a term', () => {
  const index: Index = { properties: tags.properties, docs: { one: { tag: '\u00a0' }, two: {} } };
  expect(searchLucene(index, '\u00a0')).toBe('one');
  expect(searchLucene(index, ' \t\u0001')).toBe('');
});

it('leaves out a text of blanks where the field splits texts into words', () => {
  const split: Index = {
    properties: {
      s: { type: 'keyword', split_queries_on_whitespace: true },
      f: { type: 'flattened', split_queries_on_whitespace: true },
    },
    docs: { a: { s: 'a' }, blank: { s: ' ', f: { x: ' ' } } },
  };
  expect(searchLucene(split, 's:\\  -s:x')).toBe('a blank');
  expect(searchLucene(split, 's:" " -s:x')).toBe('blank');
  expect(searchLucene(split, 'f:" " -s:x')).toBe('a blank');
  expect(searchLucene(split, 's:\\ ')).toBe('');
});
