import { newWorld, spaceOf, startStandIn, steady, type World } from '../../kibana/standin/index.ts';
import { own, type Json, type JsonObject } from '../../text/json.ts';
import { theWatch } from '../contract/watch.ts';
import { canonical, list, object, text } from '../json.ts';
import { setCondition, type Prepare } from './conditions.ts';
import { mismatch, mismatchOfLines, present, type Mismatch, type Rules } from './match.ts';
import { send, substituted, type Answer } from './requests.ts';

/** The instant at which the vectors are run. */
const NOW = '2026-01-01T00:00:00.000Z';
const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5 };

/** Values for placeholders that the state at hand decides. */
function placeholders(world: World, made: ReadonlyMap<string, readonly string[]>): (written: string) => string {
  const space = spaceOf(world, 'default');
  const idOf = (documents: Iterable<JsonObject>, key: string, value: string): string | undefined => {
    for (const one of documents) if (own(one, key) === value) return text(own(one, 'id'));
    return undefined;
  };
  const one = (name: string, argument: string): string | undefined => {
    switch (name) {
      case 'id':
        return idOf(space.rules.values(), 'rule_id', argument);
      case 'list':
        return idOf(space.lists.values(), 'list_id', argument);
      case 'connector':
        return made.get('connector')?.[Number(argument) - 1];
      case 'item-id':
        return made.get('item')?.[0];
      case 'id-of-shared-list':
        return idOf(space.lists.values(), 'type', 'detection');
      case 'preconfigured-connector':
        return [...world.preconfigured.keys()][0];
      case '_version-of-created-list':
        return text(own([...space.lists.values(), ...space.valueLists.values()][0] ?? {}, '_version'));
      case 'date': {
        const [, sign, count, unit = ''] = /^now(?:([+-])(\d+)([smhd]))?$/.exec(argument) ?? [];
        const shift = Number(count ?? 0) * (UNITS[unit] ?? 0) * (sign === '-' ? -1 : 1);
        return argument === '' ? undefined : new Date(Date.parse(NOW) + shift).toISOString();
      }
      default:
        return undefined;
    }
  };
  return (written) =>
    written.replace(
      /<([_a-z][\w-]*)(?::([^<>]*))?>/g,
      (whole, name: string, argument = '') => one(name, argument as string) ?? whole,
    );
}

/** `<string>` and `<uuid:x>` in a request are any text. */
const filled = (written: string): string =>
  written
    .replace(/<string>/g, 'a')
    .replace(/<uuid(?::([^<>]*))?>/g, (_, name = 'u') => `11111111-0000-4000-8000-${name as string}`);

const kindOf = (path: string): string | undefined =>
  path.startsWith('/api/actions/connector') ? 'connector' : path.endsWith('/items') ? 'item' : undefined;

/** Compares an answer with what a vector says of it. */
function judge(response: JsonObject, answer: Answer, put: (written: string) => string, user: string): Mismatch {
  if (answer.status !== response['status'])
    return `status ${answer.status} instead of ${canonical(response['status'] ?? null)}: ${answer.text.slice(0, 300)}`;
  const rules: Rules = {
    exact: response['match'] === 'exact',
    generated: new Set(list(response['generated']).map(text)),
    user,
    bound: new Map(),
  };
  for (const [name, value] of Object.entries(object(response['headers']))) {
    const wrong = mismatch(value, answer.headers.get(name) ?? undefined, rules, `header ${name}`);
    if (wrong !== undefined) return wrong;
  }
  const expected = own(response, 'body');
  const lines = object(expected)['ndjson'] !== undefined || object(expected)['ndjson_any_order'] !== undefined;
  const absent = list(response['absent']).map(text);
  if (expected === undefined && absent.length === 0) return undefined;
  const body: Json = lines
    ? answer.text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Json)
    : (JSON.parse(answer.text) as Json);
  const wrong = present(absent, lines ? { ndjson: body } : body);
  if (wrong !== undefined || expected === undefined) return wrong;
  const wanted = substituted(expected, put);
  return lines ? mismatchOfLines(object(wanted), list(body), rules) : mismatch(wanted, body, rules);
}

/** Runs one vector against a stand-in of its own; undefined if it holds, and breaks no contract that is at hand. */
export async function kibanaVector(vector: JsonObject): Promise<Mismatch> {
  const watch = theWatch();
  const wrong = await compared(vector);
  const broken = watch?.take() ?? [];
  return wrong ?? (broken.length === 0 ? undefined : `not as the contract has it: ${broken.join('; ')}`);
}

async function compared(vector: JsonObject): Promise<Mismatch> {
  const world = newWorld(steady(NOW));
  const server = await startStandIn({ world });
  const made = new Map<string, string[]>();
  const exchange = async (request: JsonObject, response: JsonObject): Promise<Mismatch> => {
    const before = placeholders(world, made);
    const answer = await send(server.url, object(substituted(request, (written) => filled(before(written)))));
    const after = placeholders(world, made);
    return judge(response, answer, (written) => after(before(written)), 'standin');
  };
  const prepare: Prepare = async (method, path, body) => {
    const put = placeholders(world, made);
    const request = { method, path, ...(body === undefined ? {} : { body }) };
    const answer = await send(server.url, object(substituted(request, (written) => filled(put(written)))));
    if (answer.status !== 200)
      throw new Error(`${method} ${path} before it: ${answer.status} ${answer.text.slice(0, 300)}`);
    const document = object(JSON.parse(answer.text));
    const kind = kindOf(path);
    if (kind !== undefined) made.set(kind, [...(made.get(kind) ?? []), text(document['id'])]);
    return document;
  };
  try {
    const state = object(vector['state_before']);
    const conditions = list(state['conditions']).map(text);
    for (const condition of conditions) await setCondition(condition, false, world, prepare);
    for (const request of list(state['requests']).map(object))
      await prepare(text(request['method']), text(request['path']), own(request, 'body'));
    for (const condition of conditions) await setCondition(condition, true, world, prepare);
    const steps = [vector, ...list(vector['after']).map(object)];
    for (const [at, step] of steps.entries()) {
      const wrong = await exchange(object(step['request']), object(step['response']));
      if (wrong !== undefined) return at === 0 ? wrong : `request ${at} after it: ${wrong}`;
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await server.close();
  }
}

/** What each type needs beside the common members. */
const MINIMAL: Readonly<Record<string, JsonObject>> = {
  query: {},
  saved_query: { saved_id: 'x' },
  eql: { query: 'any where true', language: 'eql' },
  esql: { query: 'from x', language: 'esql' },
  threshold: { query: 'a: b', threshold: { field: 'a', value: 1 } },
  threat_match: {
    query: 'a: b',
    threat_query: '*:*',
    threat_index: ['x'],
    threat_mapping: [{ entries: [{ field: 'a', type: 'mapping', value: 'b' }] }],
  },
  machine_learning: { anomaly_threshold: 1, machine_learning_job_id: 'x' },
  new_terms: { query: 'a: b', new_terms_fields: ['a'], history_window_start: 'now-7d' },
};
const SERVER_MADE = ['id', 'created_at', 'created_by', 'updated_at', 'updated_by'];

/** What the server fills in for a rule of this type that says no more than it has to. */
export function defaultsVector(type: string, defaults: JsonObject): Promise<Mismatch> {
  const sent: JsonObject = { type, name: 'x', description: 'x', risk_score: 1, severity: 'low', ...MINIMAL[type] };
  // A type may rewrite what was sent, such as a threshold's field.
  const anything = Object.fromEntries(Object.keys(sent).map((key) => [key, '<any>']));
  const rules = '/api/detection_engine/rules';
  return kibanaVector({
    request: { method: 'POST', path: rules, body: sent },
    response: { status: 200, match: 'exact', generated: SERVER_MADE, body: { ...anything, ...defaults } },
  });
}
