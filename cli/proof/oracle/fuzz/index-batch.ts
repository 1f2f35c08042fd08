import type { Event } from '../../../fields/event.ts';
import { compileReader } from '../../../fields/values/indexed.ts';
import { elements, own, type Json, type JsonObject } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { spelledJson } from '../../../text/spelled-json.ts';
import { docValuesOf, shownDocValues } from '../../doc-values.ts';
import { isRefused } from '../answer.ts';
import type { OracleCluster } from '../cluster.ts';
import { OurIndex } from '../ours.ts';
import { randomDocument } from './documents.ts';
import {
  AGGREGATIONS,
  bucketsOf,
  groupRequest,
  ourBuckets,
  sameBuckets,
  type Aggregation,
  type Buckets,
} from './groups.ts';
import { randomMapping } from './mappings.ts';
import type { Random } from './random.ts';

/** What a batch of indexing and grouping gave; a pair is one document under one field. */
export interface IndexBatchResult {
  readonly documents: number;
  readonly pairs: number;
  readonly differences: readonly IndexDifference[];
}

/** Doc values or buckets of a field that differ, on as few documents as show it. */
export interface IndexDifference {
  readonly kind: string;
  readonly mapping: JsonObject;
  readonly settings: JsonObject;
  readonly document: Json;
  readonly field: string;
  readonly server: string;
  readonly ours: string;
}

const DOCUMENTS = 80;

/** Indexes random documents on both sides; compares the doc values of each field and document, and the buckets of each field. */
export async function compareIndexing(cluster: OracleCluster, random: Random): Promise<IndexBatchResult> {
  const { mapping, settings, fields } = randomMapping(random, random.int(3, 8));
  const documents = Array.from({ length: DOCUMENTS }, () => randomDocument({ mapping, settings, fields }, random));
  const nothing: IndexBatchResult = { documents: 0, pairs: 0, differences: [] };
  const name = await cluster.createIndex(spelledJson(mapping), spelledJson(settings));
  if (isRefused(name)) return nothing;
  try {
    const ours = OurIndex.create(spelledJson(mapping), spelledJson(settings), cluster.version);
    if (isRefused(ours)) return nothing;
    const sources = documents.map((document, at) => ({ id: String(at), source: spelledJson(document) }));
    const [there, here] = [await cluster.index(name, sources), ours.index(sources)];
    const both = sources.filter(({ id }) => !there.has(id) && !here.has(id));
    const events = both.map(({ id, source }, ordinal): Event => ({ index: name, id, ordinal, source: parseJsonSpelled(source).value as JsonObject })); // prettier-ignore
    const differences: IndexDifference[] = [];
    const about = { mapping, settings };
    for (const { name: field, type } of fields) {
      // A runtime field counts a value as often as a document has it, and of a binary there is nothing to show
      if (type === 'binary' || ours.mapping.field(field)?.runtime === true) continue;
      const found = await docValuesDiffer(cluster, name, ours, field, events);
      if (found !== undefined) differences.push({ ...about, kind: `doc values of ${type}`, field, ...found });
      for (const aggregation of AGGREGATIONS) {
        const odd = await bucketsDiffer(cluster, name, ours, aggregation, field, events);
        if (odd !== undefined) differences.push({ ...about, kind: `${aggregation} of ${type}`, field, ...odd });
      }
    }
    return { documents: both.length, pairs: both.length * fields.length, differences };
  } finally {
    await cluster.delete(name);
  }
}

/** Types whose doc values another form of answer shows, or none. */
const UNCOMPARED = new Set(['text', 'binary', 'geo_point', 'flattened', 'unsupported', 'object', 'nested', 'alias']);

type Sides = Pick<IndexDifference, 'document' | 'server' | 'ours'>;

/** The first document whose doc values of a field differ. */
async function docValuesDiffer(
  cluster: OracleCluster,
  index: string,
  ours: OurIndex,
  name: string,
  events: readonly Event[],
): Promise<Sides | undefined> {
  const field = ours.mapping.field(name);
  if (field === undefined || UNCOMPARED.has(field.type) || field.type.endsWith('_range') || field.docValues === false || field.nestedPath !== undefined) return undefined; // prettier-ignore
  const dated = field.type === 'date' || field.type === 'date_nanos';
  const there = await cluster.docValues(index, [{ field: name, ...(dated ? { format: 'epoch_millis' } : {}) }]);
  if (isRefused(there)) return { document: null, server: there.refused, ours: 'doc values' };
  const read = compileReader(field);
  for (const { id, source } of events) {
    const server = shownDocValues(elements(own(there.get(id) ?? {}, name)));
    const here = shownDocValues(docValuesOf(field, read(source)));
    if (unquoted(server) !== unquoted(here)) return { document: source, server, ours: here };
  }
  return undefined;
}

/** Whole numbers beyond 2^53 come as text out of an answer. */
const unquoted = (line: string): string => line.replaceAll(/"(-?\d{16,})"/g, '$1').split(' ').sort().join(' '); // prettier-ignore

/** Buckets that differ, over the first single document that shows it, else over all. */
async function bucketsDiffer(
  cluster: OracleCluster,
  index: string,
  { mapping }: OurIndex,
  aggregation: Aggregation,
  field: string,
  events: readonly Event[],
): Promise<Sides | undefined> {
  const ask = async (some: readonly Event[]): Promise<{ server: Buckets; ours: Buckets }> => {
    const body = groupRequest(aggregation, field, some.map(({ id }) => id)); // prettier-ignore
    const answer = await cluster.aggregations(index, body);
    const server = isRefused(answer) ? answer : bucketsOf(aggregation, answer);
    return { server, ours: ourBuckets(aggregation, field, mapping, some) };
  };
  const all = await ask(events);
  // Elasticsearch counts the distinct values of some types of which it makes no buckets
  if (aggregation === 'cardinality' && isRefused(all.ours)) return undefined;
  if (sameBuckets(all.server, all.ours)) return undefined;
  for (const event of events) {
    const { server, ours } = await ask([event]);
    if (!sameBuckets(server, ours))
      return { document: event.source, server: JSON.stringify(server), ours: JSON.stringify(ours) };
  }
  return { document: null, server: JSON.stringify(all.server), ours: JSON.stringify(all.ours) };
}
