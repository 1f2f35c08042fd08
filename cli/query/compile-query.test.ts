import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { compileQuery } from './compile-query.ts';

const mapping = mappingFromElasticsearch({ properties: { a: { type: 'keyword' } } });
const context = { mapping, now: 0 };

describe('compileQuery for KQL and Lucene', () => {
  const nested = (levels: number): string => {
    let text = 'a:x';
    for (let level = 0; level < levels; level++) text = `not (${text})`;
    return text;
  };

  it('refuses what Elasticsearch would find nested too deep', () => {
    // A comparison is two clauses, each "not" one, the search around the query two.
    expect(compileQuery('kuery', nested(26), context).diagnostics).toEqual([]);
    expect(compileQuery('kuery', nested(27), context).diagnostics.map((one) => one.message)).toEqual([
      'the query becomes more than 30 clauses inside each other',
    ]);
  });

  it('runs a query on a field that is not mapped, and says so', () => {
    const { runnable, diagnostics } = compileQuery('kuery', 'not b:x', context);
    expect(diagnostics.map((one) => one.id)).toEqual(['query/unknown-field']);
    expect(runnable?.kind === 'event' && runnable.test({ index: '', id: '', source: {}, ordinal: 0 })).toBe(true);
  });

  it('names the place of a fault in Lucene text', () => {
    expect(compileQuery('lucene', 'a:x AND OR a:y', context).diagnostics).toEqual([
      {
        id: 'query/syntax',
        severity: 'error',
        message: 'OR stands where a term is expected',
        span: { start: 8, end: 10 },
        why: 'Elasticsearch cannot read the query, so the rule fails at every run',
        help: 'operators stand between terms, one at a time; to search for the word write "OR" in quotes',
      },
    ]);
  });
});
