import { describe, expect, it } from 'vitest';
import type { Event } from '../fields/event.ts';
import { mappingForIndices } from '../fields/tables/rule-mapping.ts';
import type { JsonObject } from '../text/json.ts';
import { compileQuery } from './compile-query.ts';
import { inspectQuery, type InspectedLanguage } from './inspect.ts';

const dataset = (value: string): JsonObject => ({ data_stream: { dataset: value } });
const [aws, okta] = ['logs-aws.cloudtrail-default', 'logs-okta.system-default'];
const events: readonly Event[] = (
  [
    [aws, {}],
    [aws, dataset('aws.cloudtrail')],
    [aws, dataset('aws.other')],
    [okta, dataset('okta.system')],
    [okta, { message: 'x' }],
    ['', dataset('aws.cloudtrail')],
    ['', {}],
  ] as const
).map(([index, source], ordinal) => ({ index, id: String(ordinal), source, ordinal }));

const mapping = mappingForIndices(['logs-aws.cloudtrail-*', 'logs-okta.system-*']);
const found = (language: InspectedLanguage, query: string): unknown => {
  const { events: verdicts, diagnostics } = inspectQuery(language, query, { mapping, now: 0 }, events);
  return diagnostics.some(({ severity }) => severity === 'error')
    ? diagnostics.map(({ message }) => message)
    : verdicts
        .map(({ matched, refused, error }) => (refused === undefined ? (error ?? (matched ? '+' : '-')) : 'x'))
        .join('');
};

describe('the constants of the indices of a rule', () => {
  it.each<[InspectedLanguage, string, unknown]>([
    ['kuery', 'data_stream.dataset: aws.cloudtrail', '++x--+-'],
    ['kuery', 'not data_stream.dataset: "aws.cloudtrail"', '--x++-+'],
    ['kuery', 'data_stream.dataset: aws.*', '++x--+-'],
    ['kuery', 'data_stream.dataset: "aws.*"', '++x--+-'],
    ['kuery', 'data_stream.dataset: *', '++x+++-'],
    ['lucene', 'data_stream.dataset:okta.system', '--x++--'],
    ['eql', 'any where data_stream.dataset == "okta.system"', '--x++--'],
    ['eql', 'any where data_stream.dataset != null', '++x+++-'],
  ])('are those of the first documents that have one: %s %s', (language, query, expected) => {
    expect(found(language, query)).toBe(expected);
  });

  it('are patterns to every clause, so that an escape is refused where it depends on the version', () => {
    expect(found('kuery', 'data_stream.dataset: aws-*')).toContain(
      'the pattern on data_stream.dataset means different things in different versions',
    );
  });

  it('are looked at first in documents of an index whose constant nobody knows', () => {
    const leading = (query: string, known = mapping): unknown =>
      compileQuery('kuery', query, { mapping: known, now: 0 }).runnable?.leading(aws);
    const query = 'event.action: c and data_stream.dataset: (a or b)';
    const action = { path: 'event.action', texts: ['c'] };
    expect(leading(query)).toEqual([action, { path: 'data_stream.dataset', texts: ['a', 'b'] }]);
    expect(leading('data_stream.dataset: "a*"')).toEqual([]);
    const known = mapping.observing?.(events);
    expect(known && leading(query, known)).toEqual([action]);
  });
});
