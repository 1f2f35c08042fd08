import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { withFieldCaps } from '../fields/field-caps.ts';
import { mergeMappings } from '../fields/merge-mappings.ts';
import type { Mapping } from '../fields/mapping.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { objectOf } from './answers.ts';
import type { Cluster } from './client.ts';
import { unexpected } from './errors.ts';
import { pathOf } from './source-events.ts';

/** Mappings that are asked for at once: one of an integration has some 300 kB. */
const AT_ONCE = 20;

/** A mapping with runtime fields of a data view, which hide those of the index. */
function withRuntime(body: JsonObject, runtime: JsonObject): JsonObject {
  const mappings = own(body, 'mappings');
  const known = isJsonObject(mappings) ? mappings : {};
  const before = own(known, 'runtime');
  return {
    ...body,
    mappings: { ...known, runtime: { ...(isJsonObject(before) ? before : {}), ...runtime } },
  };
}

async function mappingsOf(
  cluster: Cluster,
  indices: readonly string[],
  runtime: JsonObject,
): Promise<ReadonlyMap<string, Mapping>> {
  const found = new Map<string, Mapping>();
  for (let at = 0; at < indices.length; at += AT_ONCE) {
    const path = `/${pathOf(indices.slice(at, at + AT_ONCE))}`;
    const body = await objectOf(cluster, { method: 'GET', path, query: { ignore_unavailable: 'true' } });
    for (const [name, one] of Object.entries(body)) {
      if (!isJsonObject(one) || !isJsonObject(own(one, 'mappings')))
        throw unexpected(cluster.host, path, 'the mappings of indices');
      found.set(name, mappingFromElasticsearch(withRuntime(one, runtime), own(one, 'settings'), { accepted: true }));
    }
  }
  return found;
}

/**
 * The mapping under which a rule's query is read: whole mappings and analysis settings of the indices that hold events, and of
 * all other indices of the patterns the names and types of their fields. Indices of another cluster (`name:index`) give no
 * mapping, and their fields only types.
 */
export async function sourceMapping(
  cluster: Cluster,
  patterns: readonly string[],
  indices: readonly string[],
  runtime: JsonObject = {},
): Promise<Mapping> {
  const local = indices.filter((one) => !one.includes(':'));
  const mappings = await mappingsOf(cluster, local, runtime);
  const known = mergeMappings([...mappings.values()], [...mappings.keys()]);
  const path = `/${pathOf(patterns)}/_field_caps`;
  const caps = await objectOf(cluster, {
    method: 'POST',
    path,
    query: { fields: '*', ignore_unavailable: 'true', allow_no_indices: 'true' },
  });
  const fields: Json | undefined = own(caps, 'fields');
  if (!isJsonObject(fields)) throw unexpected(cluster.host, path, 'the types of fields');
  return withFieldCaps(known, fields);
}
