import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './esql-metadata.ts';

describe(check.id, () => {
  it('reports nothing asked for', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({ type: 'esql', language: 'esql', index: undefined, query: 'FROM logs-a*, logs-b* | WHERE x == 1' }),
      ),
    ).toEqual([
      {
        id: 'query/esql-metadata',
        severity: 'error',
        message: 'the query does not ask for _id, _version, _index',
        why: 'without them Kibana cannot tell events apart: each run raises alerts for the same events again',
        help: 'write FROM logs-a*, logs-b* METADATA _id, _version, _index',
        at: 'FROM logs-a*, logs-b*',
      },
    ]);
  });

  it('reports half of it', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          type: 'esql',
          language: 'esql',
          index: undefined,
          query: 'from logs-a* metadata _id, _index\n| limit 10',
        }),
      ),
    ).toEqual([
      {
        id: 'query/esql-metadata',
        severity: 'error',
        message: 'the query does not ask for _version',
        why: 'without them Kibana cannot tell events apart: each run raises alerts for the same events again',
        help: 'write from logs-a* METADATA _id, _version, _index',
        at: 'from logs-a* metadata _id, _index',
      },
    ]);
  });

  it.each([
    [
      'all three',
      ruleText({
        type: 'esql',
        language: 'esql',
        index: undefined,
        query: 'FROM logs-a* METADATA _index, _id, _version | LIMIT 1',
      }),
    ],
    [
      'a query that aggregates',
      ruleText({ type: 'esql', language: 'esql', index: undefined, query: 'FROM logs-a* | STATS c = COUNT(*)' }),
    ],
    [
      'a comment that speaks of it',
      ruleText({
        type: 'esql',
        language: 'esql',
        index: undefined,
        query: 'FROM logs-a* METADATA _id, _version, _index // | x',
      }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
