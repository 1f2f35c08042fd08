import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { objectOf } from '../client/answers.ts';
import { createRule } from '../client/api.ts';
import { fetchFor } from '../client/fetch.ts';
import { Secret } from '../../remote/secret.ts';
import { Transport } from '../client/transport.ts';
import { readSpace } from '../space/space.ts';
import { newWorld, startStandIn, steady, type StandIn } from '../standin/index.ts';
import { makePlan } from './make-plan.ts';
import { textOf } from './remote.ts';
import { readPlan, planText } from './saved.ts';

const running: StandIn[] = [];
afterAll(() => Promise.all(running.map((one) => one.close())));

const MARKER = 'Managed by: dac';

async function space() {
  const server = await startStandIn({ world: newWorld(steady()) });
  running.push(server);
  const transport = new Transport(
    {
      url: server.url, space: 'default', authentication: { kind: 'apiKey', key: new Secret('YWFhYWFhOmJiYmJiYg==') },
      timeout: 10_000, concurrency: 4, attempts: 1, verify: true,
    },
    { fetch, sleep: () => Promise.resolve(), now: () => 0, random: () => 0, agent: 'dac/0' },
  ); // prettier-ignore
  const read = (ruleIds: readonly string[] = []) =>
    readSpace(transport, { marker: MARKER, ruleIds, connectors: false });
  return { transport, read, server };
}

/** Sends rules as somebody does who imports a file in Kibana. */
const importRules = (transport: Transport, rules: readonly JsonObject[]): Promise<JsonObject> =>
  objectOf(transport, {
    method: 'POST',
    path: '/api/detection_engine/rules/_import',
    query: { overwrite: 'true' },
    file: { name: 'import.ndjson', text: rules.map((one) => `${JSON.stringify(one)}\n`).join('') },
  });

const plan = async (rules: readonly JsonObject[], read: Awaited<ReturnType<typeof space>>['read']) => {
  const wanted = rules.map((document) => ({
    ruleId: textOf(document, 'rule_id'),
    name: textOf(document, 'name'),
    path: `rules/${textOf(document, 'rule_id')}.toml`,
    document,
  }));
  return makePlan({ rules: wanted }, await read(), {
    environment: 'dev', protected: false, target: { url: 'http://x', space: 'default' }, marker: MARKER, keep: [], version: '0', complete: true,
  }); // prettier-ignore
};

const COMMON: JsonObject = {
  name: 'Rule',
  description: 'x',
  risk_score: 21,
  severity: 'low',
  author: ['dac'],
  meta: { team: 'x' },
};
const THREAT: JsonObject = {
  framework: 'MITRE ATT&CK',
  tactic: { id: 'TA0001', name: 'n', reference: 'https://attack.mitre.org/tactics/TA0001/' },
  technique: [],
};
const SUPPRESSION: JsonObject = { group_by: ['host.id'], duration: { unit: 'm', value: 5 } };

/** Each type with as little as it needs, and with all that the server rewrites. */
const RULES: readonly JsonObject[] = [
  { type: 'query' },
  { type: 'query', query: 'a: b', index: ['x-*'], filters: [{ meta: {}, query: {} }], alert_suppression: SUPPRESSION, tags: ['b', 'a'], threat: [THREAT] },
  { type: 'query', query: 'a: b', throttle: '5m', note: '', setup: '', license: '', timestamp_override: 'event.ingested', investigation_fields: { field_names: ['a'] } },
  { type: 'query', query: 'a: b', related_integrations: [{ package: 'endpoint', version: '^9.0.0' }], required_fields: [{ name: 'process.name', type: 'keyword', ecs: true }] },
  { type: 'query', query: 'a: b', risk_score_mapping: [{ field: 'a', operator: 'equals', value: '' }], severity_mapping: [{ field: 'a', operator: 'equals', value: 'x', severity: 'high' }] },
  { type: 'query', query: 'a: b', enabled: true, version: 7, interval: '1h', from: 'now-2h', to: 'now-1m', max_signals: 5, output_index: 'x', building_block_type: 'default' },
  { type: 'query', query: 'a: b', actions: [] , exceptions_list: [] },
  { type: 'saved_query', saved_id: 'abc' },
  { type: 'eql', language: 'eql', query: 'any where true' },
  { type: 'eql', language: 'eql', query: 'any where true', timestamp_field: '@timestamp', event_category_override: 'a', tiebreaker_field: 'b' },
  { type: 'esql', language: 'esql', query: 'FROM a' },
  { type: 'esql', language: 'esql', query: 'FROM a', index: ['x'], alert_suppression: SUPPRESSION },
  { type: 'threshold', query: 'a: b', threshold: { field: 'host.id', value: 5 } },
  { type: 'threshold', query: 'a: b', threshold: { field: [], value: 5, cardinality: [{ field: 'c', value: 2 }] }, alert_suppression: SUPPRESSION },
  { type: 'threat_match', query: 'a: b', threat_query: '*:*', threat_index: ['ti-*'], threat_mapping: [{ entries: [{ field: 'a', type: 'mapping', value: 'b' }] }] },
  { type: 'machine_learning', anomaly_threshold: 50, machine_learning_job_id: 'job' },
  { type: 'machine_learning', anomaly_threshold: 50, machine_learning_job_id: ['a', 'b'] },
  { type: 'new_terms', query: 'a: b', new_terms_fields: ['a'], history_window_start: 'now-7d', saved_id: 'dropped' },
]; // prettier-ignore
const rules = RULES.map((one, at): JsonObject => ({ ...COMMON, ...one, rule_id: `r${String(at).padStart(2, '0')}` }));

describe('a rule that was sent and is read back', () => {
  it.each(['create', 'import'] as const)('shows no difference, in every type, after %s', async (way) => {
    const { transport, read } = await space();
    const first = await plan(rules, read);
    expect(first.totals).toMatchObject({ create: rules.length, unchanged: 0 });
    const documents = first.entries.map((entry) => entry.document ?? {});
    if (way === 'create') for (const document of documents) await createRule(transport, document);
    else expect(await importRules(transport, documents)).toMatchObject({ success: true });
    const again = await plan(rules, read);
    expect(again.entries.map(({ id, fields }) => ({ id, fields }))).toEqual([]);
    expect(again.totals).toMatchObject({ unchanged: rules.length });
  });

  it('is a change again as soon as one of its members is another', async () => {
    const { transport, read } = await space();
    const first = await plan(rules, read);
    await importRules(
      transport,
      first.entries.map((entry) => entry.document ?? {}),
    );
    const others = rules.map((one) => ({ ...one, description: 'y' }));
    const changed = await plan(others, read);
    expect(changed.entries.map(({ action, fields }) => [action, fields.map((one) => one.field)])).toEqual(
      rules.map(() => ['change', ['description']]),
    );
  });
});

describe('a saved plan', () => {
  it('reads back as it was', async () => {
    const { read } = await space();
    const saved = readPlan(planText(await plan(rules.slice(0, 2), read)), 'plan.json');
    expect(saved).toEqual(await plan(rules.slice(0, 2), read));
  });

  it.each(['', '{}', '[]', 'null', '{"schemaVersion":1,"command":"plan"}', '{"schemaVersion":1,"command":"plan","target":{"url":"x","space":"y"},"marker":"m","environment":"e","fingerprint":"f","totals":{"create":0,"change":0,"delete":0,"conflict":0,"foreign":0,"unchanged":0},"entries":[{"kind":"rule"}]}'])(
    'is refused: %s',
    (text) => {
      expect(() => readPlan(text, 'plan.json')).toThrow('plan.json is no saved plan');
    },
  ); // prettier-ignore
});

it('a space is read in a handful of requests, however many rules it has', async () => {
  let requests = 0;
  const { server, transport, read } = await space();
  const first = await plan(rules, read);
  await importRules(
    transport,
    first.entries.map((entry) => entry.document ?? {}),
  );
  const counting = new Transport(transport.connection, {
    fetch: (input, init) => {
      requests++;
      return fetch(input, init);
    },
    sleep: () => Promise.resolve(), now: () => 0, random: () => 0, agent: 'dac/0',
  }); // prettier-ignore
  const found = await readSpace(counting, { marker: MARKER, ruleIds: ['r00'], exceptionLists: [], valueLists: [], connectors: true }); // prettier-ignore
  expect({ rules: found.rules.size, requests, url: server.url }).toEqual({
    rules: rules.length,
    requests: 7,
    url: server.url,
  });
});

it('a file gets through the fetch that goes by a proxy or a certificate, too', async () => {
  const { read, transport } = await space();
  const first = await plan(rules, read);
  const connection = { ...transport.connection, verify: false };
  const other = new Transport(connection, {
    fetch: await fetchFor(connection), sleep: () => Promise.resolve(), now: () => 0, random: () => 0, agent: 'dac/0',
  }); // prettier-ignore
  const lines = first.entries.map((entry) => entry.document ?? {});
  expect(await importRules(other, lines)).toMatchObject({ success_count: rules.length });
});
