import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import type { Query } from '../algebra/query.ts';
import { compileQuery } from '../compile-query.ts';
import { leadingValues, type LeadingValues } from './leading-values.ts';

const mapping = mappingFromElasticsearch({
  properties: {
    '@timestamp': { type: 'date' },
    event: { properties: { category: { type: 'keyword' }, type: { type: 'keyword' }, code: { type: 'keyword' } } },
    short: { type: 'keyword', ignore_above: 3 },
    folded: { type: 'keyword', normalizer: 'lowercase' },
    filled: { type: 'keyword', null_value: 'x' },
    alias: { type: 'alias', path: 'event.code' },
    body: { type: 'text' },
    port: { type: 'long' },
    flat: { type: 'flattened' },
    multi: { type: 'text', fields: { raw: { type: 'keyword' } } },
  },
});
const context = { mapping, now: 0 };

const shownAs = (values: readonly LeadingValues[]): string =>
  values.map(({ path, texts, folded }) => `${path}${folded === true ? '~' : ''}: ${texts.join(' or ')}`).join('; ');
const written = (language: 'eql' | 'kuery', text: string): string => {
  const { runnable, diagnostics } = compileQuery(language, text, context);
  expect(diagnostics).toEqual([]);
  return shownAs(runnable?.leading('logs-a') ?? []);
};
const leading = (query: Query): string => shownAs(leadingValues(query, context, 'logs-a'));

describe('what a query looks at first', () => {
  it.each([
    ['kuery', 'event.code: 4624', 'event.code: 4624'],
    [
      'kuery',
      'event.category: (process or file) and event.type: start',
      'event.category: process or file; event.type: start',
    ],
    [
      'kuery',
      'event.category: process and event.type: st* and event.code: 1',
      'event.category: process; event.code: 1',
    ],
    ['kuery', 'port > 5 and event.type: * and event.category: process', 'event.category: process'],
    ['kuery', '(port: 5 or event.type: st*) and event.category: process', 'event.category: process'],
    ['kuery', '(not port: 5 or event.type: st*) and event.category: process', ''],
    ['kuery', 'event.category: process or event.type: start', ''],
    ['kuery', 'event.category: process and not event.type: end', 'event.category: process'],
    ['kuery', 'not event.category: process', ''],
    ['kuery', 'alias: 1', 'event.code: 1'],
    ['kuery', 'multi.raw: a', 'multi: a'],
    ['eql', 'process where event.type == "start" and event.code != "5"', 'event.category: process; event.type: start'],
    ['eql', 'any where event.type : "Start"', 'event.type~: start'],
    ['eql', 'any where event.type in ("start", "end")', 'event.type: start or end'],
    ['eql', 'any where event.type in~ ("start", "END")', 'event.type~: start or end'],
    ['eql', 'any where event.type like "start"', 'event.type: start'],
    ['eql', 'any where event.type like~ ("Start", "e*")', ''],
    ['eql', 'any where (event.type : "Start" or event.type == "End") and port == 1', 'event.type~: start or end'],
    ['eql', 'any where length(event.type) > 3 and event.category == "process"', ''],
    ['eql', 'sequence [process where true] [file where event.type == "start"]', 'event.category: process or file'],
    ['eql', 'sequence [process where true] [any where true]', ''],
  ] as const)('%s %s: %s', (language, text, expected) => {
    expect(written(language, text)).toBe(expected);
  });

  it('is told only of what is indexed as it stands', () => {
    const fields = ['short', 'folded', 'filled', 'body', 'port', 'flat.a', '_id', '_index'];
    expect(fields.map((field) => leading({ kind: 'term', field, value: '1234' }))).toEqual(fields.map(() => ''));
    expect(leading({ kind: 'term', field: 'short', value: '123' })).toBe('short: 123');
    expect(leading({ kind: 'term', field: 'event.code', value: '1', lenient: true })).toBe('');
    expect(leading({ kind: 'term', field: 'event.code', value: '1', caseInsensitive: true })).toBe('event.code~: 1');
  });
});
