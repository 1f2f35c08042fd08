import { describe, expect, it } from 'vitest';
import { NumberToken } from '../../text/json.ts';
import { jsonReport, textReport, type Report } from './report.ts';

const report: Report = {
  suites: [
    { name: 'dsl/eval', pairs: 10, counts: { vectors: 2 }, notRun: { 'the server lacks [wildcard]': 3 } },
    { name: 'fuzz/dsl', pairs: 5, counts: {} },
  ],
  differences: [
    {
      kind: 'verdict',
      suite: 'dsl/eval',
      id: 'v1',
      mapping: { properties: {} },
      document: { a: new NumberToken('1.0') },
      query: { term: { a: '\u001b[31m' } },
      server: 'matches',
      ours: { refused: 'no' },
      expected: 'matches',
    },
  ],
};

describe('a report', () => {
  it('is one JSON object, with numbers as they were written', () => {
    const text = jsonReport(report);
    expect(text).toContain('"document":{"a":1.0}');
    expect(JSON.parse(text)).toEqual({
      suites: [
        { name: 'dsl/eval', vectors: 2, pairs: 10, not_run: { 'the server lacks [wildcard]': 3 } },
        { name: 'fuzz/dsl', pairs: 5 },
      ],
      pairs: 15,
      differences: [
        {
          kind: 'verdict',
          suite: 'dsl/eval',
          id: 'v1',
          mapping: { properties: {} },
          document: { a: 1 },
          query: { term: { a: '\u001b[31m' } },
          server: 'matches',
          ours: { refused: 'no' },
          expected: 'matches',
        },
      ],
    });
    expect(JSON.parse(jsonReport({ suites: [], differences: [], notRun: 'no Java 21' }))).toEqual({
      suites: [],
      pairs: 0,
      differences: [],
      not_run: 'no Java 21',
    });
  });

  it('is lines for a person, in which nothing reaches the terminal raw', () => {
    expect(textReport(report)).toMatchInlineSnapshot(`
      "dsl/eval v1 verdict
        mapping   {"properties":{}}
        document  {"a":1.0}
        query     {"term":{"a":"\\u001b[31m"}}
        server    matches
        ours      refuses: no
        vector    matches
      dsl/eval: 10 pairs, 2 vectors
        not run: 3, as the server lacks [wildcard]
      fuzz/dsl: 5 pairs
      all: 15 pairs, differences: 1
      "
    `);
    expect(textReport({ suites: [], differences: [], notRun: 'no Java 21' })).toBe('not run: no Java 21\n');
  });
});
