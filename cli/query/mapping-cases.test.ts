import { describe, expect, it } from 'vitest';
import { indexDocuments } from '../fields/documents/index.ts';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { SETTINGS } from '../fields/elasticsearch-mapping/index-settings.ts';
import type { Parameter } from '../fields/elasticsearch-mapping/parameter.ts';
import { ROOT } from '../fields/elasticsearch-mapping/root.ts';
import { runType, RUN_TYPES } from '../fields/elasticsearch-mapping/types.ts';
import { KnownError } from '../text/known-error.ts';
import { parseDsl } from './dsl/parse.ts';
import { MAPPING_CASES, type MappingCase } from './mapping-cases.ts';
import { compilePredicate } from './run/predicate.ts';

type World = Pick<MappingCase, 'properties' | 'root' | 'settings' | 'docs' | 'query'>;

/** Documents that match, of those that Elasticsearch would take. */
function answer({ properties, root = {}, settings = {}, docs, query }: World): string {
  let mapping;
  try {
    mapping = mappingFromElasticsearch({ ...root, properties }, settings);
  } catch (error) {
    if (error instanceof KnownError) return 'refused';
    throw error;
  }
  try {
    const events = Object.entries(docs).map(([id, source], ordinal) => ({ id, index: 'test', source, ordinal }));
    const indexed = indexDocuments(events, mapping);
    const test = compilePredicate(parseDsl(query), { mapping: indexed.mapping, now: 0 });
    return indexed.events
      .filter(test)
      .map(({ id }) => id)
      .join(' ');
  } catch (error) {
    if (error instanceof KnownError) return 'fails';
    throw error;
  }
}

describe('what is followed changes the answer as it does in Elasticsearch', () => {
  it.each(MAPPING_CASES.map((one) => [one.of, one] as const))('%s', (_, one) => {
    expect(one.answer).not.toBe(one.without);
    expect([answer(one), answer({ ...one, ...one.plain })]).toEqual([one.answer, one.without]);
  });
});

/** What is shown elsewhere: what a mapping is made of, and what the reader refuses or gives to fields (settings.test.ts). */
const SHOWN_ELSEWHERE = new Set([
  'alias.path', 'object.properties', 'nested.properties', 'passthrough.properties', 'text.fielddata', 'root.properties',
  'root._source', 'root._data_stream_timestamp', 'index.mapping.total_fields.ignore_dynamic_beyond_limit', 'root._size', 'root.date_formats', 'index.mode', 'index.mapping.source.mode',
]); // prettier-ignore

it('has a case for everything that is followed', () => {
  const shown = new Set<string>(MAPPING_CASES.map((one) => one.of));
  // Types share a parameter that means the same in all of them
  const parameters = new Set<Parameter | undefined>();
  for (const name of shown) {
    const [type = '', parameter = ''] = name.split('.');
    parameters.add(runType(type)?.parameters[parameter]);
  }
  const missing = (prefix: string, table: Readonly<Record<string, Parameter>>): readonly string[] =>
    Object.entries(table).flatMap(([name, parameter]) => {
      const full = prefix + name;
      const known = parameters.has(parameter) || shown.has(full) || SHOWN_ELSEWHERE.has(full);
      return parameter.use === 'followed' && !known ? [full] : [];
    });
  expect([
    ...Object.entries(RUN_TYPES).flatMap(([type, one]) => missing(`${type}.`, one.parameters)),
    ...missing('root.', ROOT),
    ...missing('', SETTINGS),
  ]).toEqual([]);
});
