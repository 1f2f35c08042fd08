import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { mappingFromElasticsearch } from '../elasticsearch-mapping.ts';
import type { Event } from '../event.ts';
import { mappingForIndices } from '../tables/rule-mapping.ts';
import { indexDocuments } from './index.ts';

const event = (source: JsonObject, index = ''): Event => ({ index, id: JSON.stringify(source), source, ordinal: 0 });

describe('a constant_keyword', () => {
  const taken = (body: JsonObject, events: readonly Event[]): readonly string[] =>
    indexDocuments(
      events,
      mappingFromElasticsearch({ properties: { c: { type: 'constant_keyword', ...body } } }),
    ).events.map(({ source }) => JSON.stringify(source['c']) ?? '');

  it('takes documents with its value, or with none', () => {
    const events = ['443', 443, '444', true, null, [null], [], ['443', '443'], ['443', 'x'], { a: 1 }].map((c) =>
      event({ c }),
    );
    expect(taken({ value: '443' }, [...events, event({})])).toEqual(['"443"', '443', '[]', '["443","443"]', '']);
  });

  it('has the value of the first document that is taken and has one', () => {
    expect(
      taken({}, [event({}), event({ c: ['a', 'b'] }), event({ c: 'a' }), event({ c: 'b' }), event({ c: 'a' })]),
    ).toEqual(['', '"a"', '"a"']);
    const mapping = mappingFromElasticsearch({ properties: { c: { type: 'constant_keyword' }, n: { type: 'long' } } });
    const indexed = indexDocuments([event({ c: 'x', n: 'no' }), event({ c: 'y', n: 1 })], mapping);
    expect(indexed.mapping.field('c')?.constant).toBe('y');
    expect([...indexed.refusals.values()].flat().map(({ path, why }) => `${path}: ${why}`)).toEqual(['n: no long']);
  });

  it('has one in each index', () => {
    expect(taken({}, [event({ c: 'a' }, 'i1'), event({ c: 'b' }, 'i2'), event({ c: 'b' }, 'i1')])).toEqual([
      '"a"',
      '"b"',
    ]);
  });
});

describe('documents of rules', () => {
  it('lie each in an index of its own where they do not say in which', () => {
    const mapping = mappingForIndices(['logs-*']);
    const dataset = (value: string, index?: string): Event => event({ data_stream: { dataset: value } }, index);
    const a = 'logs-aws.cloudtrail-default';
    expect(indexDocuments([dataset('a'), dataset('b')], mapping).events).toHaveLength(2);
    expect(indexDocuments([dataset('a', a), dataset('b', a), dataset('b', 'logs-okta.system-x')], mapping).events).toHaveLength(2); // prettier-ignore
  });
});

describe('a data stream', () => {
  it('refuses documents without one time', () => {
    const mapping = mappingFromElasticsearch({
      _data_stream_timestamp: { enabled: true },
      properties: { '@timestamp': { type: 'date' } },
    });
    const at = '2026-01-31T12:00:00Z';
    const events = [{ '@timestamp': at }, {}, { '@timestamp': [at, at] }, { '@timestamp': null }].map((one) =>
      event(one),
    );
    expect(indexDocuments(events, mapping).events).toHaveLength(1);
  });
});
