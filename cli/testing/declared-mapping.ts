import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import type { Mapping } from '../fields/mapping.ts';
import { readSuite, type Suite } from './suite.ts';

/** What `[mapping] fields` of a suite declares; undefined: nothing. */
export const mappingOfSuite = ({ fields }: Suite): Mapping | undefined =>
  Object.keys(fields).length === 0
    ? undefined
    : mappingFromElasticsearch({ properties: fields }, undefined, { partial: true });

/** The same from the text of a suite.toml. One with a fault declares nothing: the run of its cases says what is wrong. */
export function declaredMapping(path: string, bytes: Uint8Array): Mapping | undefined {
  const { suite } = readSuite(path, bytes);
  return suite === undefined ? undefined : mappingOfSuite(suite);
}
