import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NumberToken } from '../../text/json.ts';
import { SourceFile } from '../../text/source-file.ts';
import { MAX_DEPTH } from './json-scan.ts';
import { readEvents } from './read-events.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const read = (text: string, path = 'a/events.json') => readEvents(path, bytes(text));
const sources = (text: string, path?: string) => read(text, path).events.map((one) => one.source);
/** Each problem as a person finds it: line, column, marked text, message. */
const problems = (text: string, path = 'a/events.json') => {
  const file = new SourceFile(path, text);
  return read(text, path).problems.map((one) => {
    const { line, column } = file.position(one.span.start);
    return [`${line}:${column}`, file.text.slice(one.span.start, one.span.end), one.id, one.message];
  });
};

describe('forms of a document', () => {
  it('keeps a bare document as it is, nested, dotted or mixed', () => {
    const text = '{"process.name": "curl", "event": {"type.x": ["start"], "category": "process"}}';
    expect(read(text)).toEqual({
      events: [
        {
          index: '',
          id: 'events.json#1',
          source: JSON.parse(text) as object,
          ordinal: 0,
          path: 'a/events.json',
          line: 1,
        },
      ],
      problems: [],
    });
  });

  it('takes index and id from a hit, a bare document with both, and a list of either', () => {
    const text = JSON.stringify([
      { _index: 'logs-a', _id: 'x', _source: { a: 1 }, _score: 1, sort: [1], fields: { a: ['no'] } },
      { _index: 'logs-b', _id: 7, a: 2, _score: null },
      { a: 3, fields: { env: 'prod' }, sort: 'kept' },
      { _id: 'y', a: 4, fields: { env: 'prod' } },
    ]);
    expect(read(text).events.map(({ index, id, source, ordinal }) => [index, id, source, ordinal])).toEqual([
      ['logs-a', 'x', { a: 1 }, 0],
      ['logs-b', '7', { a: 2 }, 1],
      ['', 'events.json#3', { a: 3, fields: { env: 'prod' }, sort: 'kept' }, 2],
      ['', 'y', { a: 4, fields: { env: 'prod' } }, 3],
    ]);
  });

  it('reads a search response, an EQL response and _mget', () => {
    const hits = [{ _index: 'i', _id: '1', _source: { a: 1 } }];
    for (const response of [
      { took: 1, hits: { total: { value: 1 }, hits } },
      { is_partial: false, hits: { events: hits } },
      { hits: { sequences: [{ join_keys: [], events: hits }] } },
      { docs: hits },
    ])
      expect(sources(JSON.stringify(response, null, 2))).toEqual([{ a: 1 }]);
  });

  it('reads a document copied from Kibana with fields alone', () => {
    const copied = {
      _index: 'logs-a',
      _id: 'x',
      _version: 1,
      _score: 0,
      fields: { 'process.name': ['curl'], 'process.args': ['curl', '-k'], nested: [{ a: ['b'] }] },
      highlight: {},
    };
    expect(read(JSON.stringify(copied)).events.map(({ index, source }) => [index, source])).toEqual([
      ['logs-a', { 'process.name': 'curl', 'process.args': ['curl', '-k'], nested: { a: ['b'] } }],
    ]);
  });

  it('names a hit without a document', () => {
    expect(problems('[{"_index": "a", "_id": "1", "_score": 1}, {"a": 1}]')).toEqual([
      ['1:1', '[', 'events/no-source', 'this hit holds no document'],
    ]);
  });

  it('keeps __proto__ and constructor as keys like any other', () => {
    const [source] = sources('{"__proto__": {"polluted": 1}, "constructor": {"name": "x"}}');
    expect(Object.keys(source ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('keeps every digit and the spelling of numbers', () => {
    expect(sources('{"a": 9007199254740993, "b": [1.50, 5], "c": 1.5}')).toEqual([
      { a: new NumberToken('9007199254740993'), b: [new NumberToken('1.50'), 5], c: 1.5 },
    ]);
  });
});

describe('forms of a file', () => {
  it('reads one object a line, with its line, past blank lines, CRLF and a byte order mark', () => {
    const text = '\ufeff{"a": 1}\r\n\r\n{"a": 2}\r\n';
    for (const path of ['e.ndjson', 'e.jsonl', 'e.json'])
      expect(read(text, path).events.map(({ source, line, id }) => [source, line, id])).toEqual([
        [{ a: 1 }, 1, `${path}#1`],
        [{ a: 2 }, 3, `${path}#2`],
      ]);
  });

  it('reads a list or one object over several lines, and one line with a search response in .ndjson', () => {
    expect(sources('[\n{"a": 1},\n{"a": 2}\n]')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(sources('{\n "a": 1\n}')).toEqual([{ a: 1 }]);
    expect(sources('{"hits": {"hits": [{"_source": {"a": 1}}]}}\n', 'e.ndjson')).toEqual([{ a: 1 }]);
  });

  it('reads gzip', () => {
    expect(readEvents('e.ndjson.gz', gzipSync('{"a": 1}\n{"a": 2}')).events.map((one) => one.source)).toEqual([
      { a: 1 },
      { a: 2 },
    ]);
  });

  it.each([
    ['', 'events/empty', 'the file holds no event'],
    [' \r\n\t', 'events/empty', 'the file holds no event'],
    ['\ufeff', 'events/empty', 'the file holds no event'],
    ['[]', 'events/empty', 'the list of events is empty'],
    ['{"hits": {"hits": []}}', 'events/empty', 'the list of events is empty'],
    ['[1, null, "x", true]', 'events/not-an-object', 'an event is a JSON object, this is a number'],
    ['[[{}]]', 'events/not-an-object', 'an event is a JSON object, this is a list'],
    ['\u0000\u0001', 'events/not-text', 'this is a binary file, not JSON'],
  ])('refuses %j', (text, id, message) => {
    const [first] = read(text).problems;
    expect([first?.id, first?.message, read(text).events]).toEqual([id, message, []]);
  });

  it('refuses what is not UTF-8, and names UTF-16', () => {
    const ids = (raw: Uint8Array): unknown => readEvents('e.json', raw).problems.map((one) => [one.id, one.message]);
    expect(ids(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual([['events/not-text', 'this file is not valid UTF-8']]);
    expect(ids(Buffer.from('\ufeff{}', 'utf16le'))).toEqual([['events/not-text', 'this file is UTF-16, not UTF-8']]);
    expect(ids(gzipSync('{"a": 1}').subarray(0, 12))).toEqual([
      ['events/not-readable', 'this is not a whole gzip file'],
    ]);
  });
});

describe('faults of JSON', () => {
  it('marks the exact characters on line 7,000, and reads all other lines', () => {
    const lines = Array.from({ length: 9000 }, (_, at) => `{"n": ${at}, "ok": true}`);
    lines[6999] = '{"n": 6999, "ok": True}';
    const text = `${lines.join('\n')}\n`;
    expect(problems(text, 'big.ndjson')).toEqual([['7000:19', 'True', 'events/json-syntax', 'True is not JSON']]);
    expect(read(text, 'big.ndjson').events).toHaveLength(8999);
  });

  it('keeps the lines after a broken first one', () => {
    const text = '{"a": 1,}\n{"a": 2}\n';
    expect([problems(text, 'e.ndjson'), sources(text, 'e.ndjson')]).toEqual([
      [['1:9', '}', 'events/json-syntax', 'unexpected "}" in JSON']],
      [{ a: 2 }],
    ]);
  });

  it('marks a fault deep in a list over many lines', () => {
    expect(problems('[\n  {"a": 1},\n  {"b": NaN}\n]')).toEqual([
      ['3:9', 'NaN', 'events/json-syntax', 'NaN is not JSON'],
    ]);
  });

  it('marks a key that stands twice, which JSON.parse takes without a word', () => {
    expect(problems('{"a": {"b": 1, "c": 2, "b": 3}}')).toEqual([
      ['1:24', '"b"', 'events/duplicate-key', 'key "b" stands twice in the same object'],
    ]);
  });

  it('does not take a dotted key and its nested form for the same key', () => {
    expect(problems('{"a.b": 1, "a": {"b": 2}}')).toEqual([]);
  });

  it('takes numbers that no double holds, which a keyword indexes by their token', () => {
    expect(sources('{"a": 1e999}')).toEqual([{ a: new NumberToken('1e999') }]);
  });

  it('reads keys as an index holds them, and keeps halves of characters', () => {
    expect(sources('{"a.": "x\\ud800", "o": [{"b..": 1}]}')).toEqual([{ a: 'x\ud800', o: [{ b: 1 }] }]);
  });

  it('bears nesting of any depth', () => {
    const deep = (depth: number): string => `{"a": ${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(problems(deep(MAX_DEPTH - 1))).toEqual([]);
    expect(problems(deep(100_000))).toEqual([
      ['1:1006', '[', 'events/json-syntax', 'objects and lists stand inside each other more than 1000 deep'],
    ]);
  });

  it('says what to write instead', () => {
    const helps = (text: string): unknown => read(text).problems.map((one) => [one.message, one.help]);
    expect([
      helps("{'a': 1}"),
      helps('{"a": None}'),
      helps('{"a": "C:\\Windows"}'),
      helps('{"a": 1'),
      helps('{"a": 1}{"b": 2}'),
      helps('{"a" 1}'),
    ]).toEqual([
      [['unexpected "\'" in JSON', 'strings take double quotes']],
      [['None is not JSON', 'write null']],
      [
        [
          '\\W is no escape of JSON',
          'a backslash is written \\\\; the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000',
        ],
      ],
      [['the JSON ends too early', 'a comma or } is missing here']],
      [
        [
          '"{" follows after the end of the JSON',
          'put several events into a list, or write one object a line into an .ndjson file',
        ],
      ],
      [['unexpected "1" in JSON', 'here should be a colon']],
    ]);
  });
});
