import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { Secret } from '../../remote/secret.ts';
import type { Connection } from '../client/connection.ts';
import { Transport } from '../client/transport.ts';
import { canonicalValue } from '../normalise/values.ts';
import { normalise } from '../normalise/normalise.ts';
import type { Desired } from '../desired/desired.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { renewalsOf, type Renewals } from '../plan/renewals.ts';
import { listKey, type Space as Read } from '../space/space.ts';
import { emptySpace, newWorld, startStandIn, steady, type Fault, type Space, type StandIn } from '../standin/index.ts';
import { apply, type Applied, type ApplyOptions } from './apply.ts';
import { readLedgerItems } from '../state/ledger-store.ts';
import { STATE_LIST } from '../state/list.ts';

/** A small repository: what a space is to have. For tests. */
export interface Wanted {
  readonly rules?: readonly JsonObject[];
  readonly lists?: readonly JsonObject[];
  readonly items?: readonly JsonObject[];
  /** Values by id of the list. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Types of value lists that are not of type keyword, by id. */
  readonly types?: Readonly<Record<string, string>>;
}

export const MARKER = 'Managed by: dac';

export const rule = (rule_id: string, more: JsonObject = {}): JsonObject => ({
  type: 'query',
  rule_id,
  name: `Rule ${rule_id}`,
  description: 'x',
  risk_score: 21,
  severity: 'low',
  query: 'a: b',
  language: 'kuery',
  ...more,
});

export const list = (list_id: string, more: JsonObject = {}): JsonObject => ({
  list_id,
  name: `List ${list_id}`,
  description: 'x',
  type: 'detection',
  namespace_type: 'single',
  ...more,
});

export const item = (item_id: string, list_id: string, more: JsonObject = {}): JsonObject => ({
  item_id,
  list_id,
  name: `Item ${item_id}`,
  description: 'x',
  type: 'simple',
  namespace_type: 'single',
  entries: [{ field: 'host.name', operator: 'included', type: 'match', value: 'a' }],
  ...more,
});

/** A reference of a rule to a list. */
export const link = (list_id: string): JsonObject => ({ list_id, type: 'detection', namespace_type: 'single', id: '' });

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const byId = (documents: ReadonlyMap<string, JsonObject>, key: string): Map<string, JsonObject> =>
  new Map([...documents.values()].map((one) => [text(own(one, key)), one]));

/** What the stand-in holds, as planning wants to have it. */
function read(space: Space): Read {
  const items = new Map<string, Map<string, JsonObject>>();
  for (const list of space.lists.values()) {
    const id = text(own(list, 'list_id'));
    const inList = [...space.items.values()].filter((one) => own(one, 'list_id') === id);
    items.set(listKey('single', id), new Map(inList.map((one) => [text(own(one, 'item_id')), one])));
  }
  const valuesOf = (id: string): string[] => [
    ...new Set(
      [...space.valueItems.values()].filter((one) => own(one, 'list_id') === id).map((one) => text(own(one, 'value'))),
    ),
  ];
  const ledger = readLedgerItems([...space.items.values()].filter((one) => own(one, 'list_id') === STATE_LIST));
  return {
    status: { serverless: false },
    rules: byId(space.rules, 'rule_id'),
    exceptionLists: new Map([...byId(space.lists, 'list_id')].map(([id, one]) => [listKey('single', id), one])),
    exceptionItems: items,
    valueLists: new Map([...space.valueLists].map(([id, document]) => [id, { document, values: valuesOf(id) }])),
    connectors: [],
    applied: ledger.records,
    halfway: ledger.halfway,
  };
}

function desiredOf({ rules = [], lists = [], items = [], values = {}, types = {} }: Wanted): Desired {
  return {
    rules: rules.map((document) => ({
      ruleId: text(own(document, 'rule_id')),
      name: text(own(document, 'name')),
      path: `rules/${text(own(document, 'rule_id'))}.toml`,
      document,
    })),
    exceptionLists: lists.map((document) => ({
      listId: text(own(document, 'list_id')),
      namespace: 'single',
      path: `exceptions/${text(own(document, 'list_id'))}.toml`,
      document,
      items: items
        .filter((one) => own(one, 'list_id') === own(document, 'list_id'))
        .map((one) => ({ itemId: text(own(one, 'item_id')), document: one })),
    })),
    valueLists: Object.entries(values).map(([id, all]) => ({
      id,
      type: types[id] ?? 'keyword',
      path: `value-lists/${id}.${types[id] ?? 'keyword'}.txt`,
      values: all.map((value) => canonicalValue(types[id] ?? 'keyword', value)).sort(),
    })),
  };
}

/** What would have to be done to a space of the stand-in. */
export const planOf = (wanted: Wanted, space: Space, url: string): Plan =>
  makePlan(desiredOf(wanted), read(space), {
    environment: 'test',
    protected: false,
    target: { url, space: 'soc' },
    marker: MARKER,
    keep: [],
    version: 'test',
    complete: true,
  });

/** A space of the stand-in, and what it takes to apply to it. */
export interface TestSpace {
  readonly server: StandIn;
  readonly space: Space;
  readonly transport: Transport;
  /** Milliseconds that were slept, instead of sleeping. */
  readonly slept: number[];
  /** Every request, as `POST /path`. */
  readonly requests: string[];
  fault: Fault | undefined;
  plan(wanted: Wanted): Plan;
  /** Of what the ledger should say something else. */
  renewals(wanted: Wanted): Renewals;
  apply(wanted: Wanted | Plan, more?: Partial<ApplyOptions>): Promise<Applied>;
}

export const connectionTo = (url: string, more: Partial<Connection> = {}): Connection => ({
  url,
  space: 'soc',
  authentication: { kind: 'apiKey', key: new Secret('dGVzdDp0ZXN0LWtleQ==') },
  timeout: 2000,
  concurrency: 4,
  attempts: 3,
  verify: true,
  ...more,
});

export function transportTo(connection: Connection, slept: number[] = []): Transport {
  return new Transport(connection, {
    fetch,
    sleep: (time) => {
      slept.push(time);
      return Promise.resolve();
    },
    now: () => 0,
    random: () => 0.5,
    agent: 'dac/test',
  });
}

/** Starts a stand-in with an empty space `soc`; the caller closes it. */
export async function testSpace(more: Partial<Connection> = {}): Promise<TestSpace> {
  const world = newWorld(steady());
  const space = emptySpace('SOC');
  world.spaces.set('soc', space);
  const requests: string[] = [];
  const found: { fault: Fault | undefined } = { fault: undefined };
  const server = await startStandIn({
    world,
    fault: (request: IncomingMessage, response: ServerResponse) => {
      requests.push(`${request.method ?? ''} ${(request.url ?? '').replace(/^\/s\/soc|\?.*$/g, '')}`);
      return found.fault?.(request, response) ?? false;
    },
  });
  const slept: number[] = [];
  const transport = transportTo(connectionTo(server.url, more), slept);
  const plan = (wanted: Wanted): Plan => planOf(wanted, space, server.url);
  const isPlan = (one: Wanted | Plan): one is Plan => 'entries' in one;
  return {
    server,
    space,
    transport,
    slept,
    requests,
    get fault() {
      return found.fault;
    },
    set fault(one) {
      found.fault = one;
    },
    plan,
    renewals: (wanted) => renewalsOf(desiredOf(wanted), read(space), { marker: MARKER, keep: [], version: 'test' }),
    apply: (wanted, options = {}) =>
      apply(isPlan(wanted) ? wanted : plan(wanted), {
        transport,
        selection: { prune: true, pruneLimit: 100, overwriteConflicts: false },
        lock: { owner: 'ann@laptop 1', token: String(requests.length), now: () => 0, isGone: () => true },
        ...options,
      }),
  };
}

const withoutDac = (document: JsonObject): JsonObject => {
  const { meta: _, ...rest } = document;
  return rest;
};

/** What a space holds, without ids and audit: equal for spaces that are equal to their users. */
export function contentOf(space: Space): Json {
  const by = (documents: ReadonlyMap<string, JsonObject>, key: string): JsonObject[] =>
    [...documents.values()].sort((a, b) => (text(own(a, key)) < text(own(b, key)) ? -1 : 1));
  const computed = new Set([
    'id',
    '_version',
    'version',
    'tie_breaker_id',
    'created_at',
    'created_by',
    'updated_at',
    'updated_by',
  ]);
  const plain = (document: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(document).filter(([key]) => !computed.has(key)));
  const listIds = new Map([...space.lists.values()].map((one) => [text(own(one, 'list_id')), own(one, 'id') ?? null]));
  const links = (one: JsonObject): Json => {
    const references = own(one, 'exceptions_list');
    return Array.isArray(references)
      ? (references as readonly Json[]).filter(isJsonObject).map((each) => ({
          list: own(each, 'list_id') ?? null,
          // A link whose id is not that of the list is a broken one.
          whole: listIds.get(text(own(each, 'list_id'))) === own(each, 'id'),
        }))
      : [];
  };
  return {
    rules: by(space.rules, 'rule_id').map((one) => ({
      id: own(one, 'rule_id') ?? null,
      ...withoutDac(normalise(one)),
      meta: own(one, 'meta') ?? null,
      links: links(one),
    })),
    lists: by(space.lists, 'list_id')
      .filter((one) => own(one, 'list_id') !== STATE_LIST)
      .map(plain),
    items: by(space.items, 'item_id')
      .filter((one) => own(one, 'list_id') !== STATE_LIST)
      .map(plain),
    values: [...space.valueItems.values()]
      .map((one) => `${text(own(one, 'list_id'))} ${text(own(one, 'value'))}`)
      .sort(),
    valueLists: by(space.valueLists, 'id').map(plain),
  };
}
