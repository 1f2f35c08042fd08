import { elements, isJsonObject, own, type JsonObject } from '../text/json.ts';
import { objectOf } from './answers.ts';
import type { Cluster } from './client.ts';
import { unexpected } from './errors.ts';
import { pathOf } from './source-events.ts';

/** That no index fits the patterns of a rule, and what the cluster has in their place. */
export interface NoIndex {
  readonly patterns: readonly string[];
  /** Names of data streams, aliases and indices, the nearest first. */
  readonly nearest: readonly string[];
  /** All that the key can see; undefined: the cluster does not say. */
  readonly known: number | undefined;
}

const SHOWN = 3;

/** The words of a name: `logs-endpoint.events.process-default` has five. */
const wordsOf = (name: string): readonly string[] => name.split(/[-._:*?]+/).filter((word) => word !== '');

/** Words at the same place from the beginning count most, those anywhere else somewhat. */
function likeness(pattern: string, name: string): number {
  const [wanted, had] = [wordsOf(pattern), wordsOf(name)];
  let same = 0;
  while (same < wanted.length && wanted[same] === had[same]) same++;
  return same * 10 + wanted.slice(same).filter((word) => had.includes(word)).length;
}

/** Names that are most like one of the patterns, at most three; none that is not half as like them as the first. */
export function nearestNames(patterns: readonly string[], names: readonly string[]): readonly string[] {
  const wanted = patterns.filter((one) => !one.startsWith('-'));
  const scored = names.map((name) => ({ name, score: Math.max(0, ...wanted.map((one) => likeness(one, name))) }));
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  return scored
    .filter(({ score }) => score > 0 && score * 2 >= best)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

const namesIn = (body: JsonObject, key: string): readonly JsonObject[] => elements(own(body, key)).filter(isJsonObject);

/** What a search can name: data streams, aliases, and indices that belong to no data stream. Undefined: the key may not ask. */
async function searchable(cluster: Cluster): Promise<readonly string[] | undefined> {
  const { status, body } = await cluster.request({ method: 'GET', path: '/_resolve/index/*', accept: [400, 403, 404] });
  if (status !== 200 || !isJsonObject(body)) return undefined;
  const indices = namesIn(body, 'indices').filter((one) => own(one, 'data_stream') === undefined);
  return [...namesIn(body, 'data_streams'), ...namesIn(body, 'aliases'), ...indices]
    .map((one) => own(one, 'name'))
    .filter((name) => typeof name === 'string')
    .filter((name) => !name.startsWith('.'));
}

/** Undefined if some index fits the patterns, as Kibana asks it before each run. Throws a RemoteError. */
export async function noIndexFor(cluster: Cluster, patterns: readonly string[]): Promise<NoIndex | undefined> {
  const path = `/${pathOf(patterns)}/_field_caps`;
  const query = { fields: '@timestamp', ignore_unavailable: 'true', allow_no_indices: 'true' };
  const indices = own(await objectOf(cluster, { method: 'POST', path, query }), 'indices');
  if (!Array.isArray(indices)) throw unexpected(cluster.host, path, 'the names of indices');
  if (indices.length > 0) return undefined;
  const names = await searchable(cluster);
  return { patterns, nearest: nearestNames(patterns, names ?? []), known: names?.length };
}
