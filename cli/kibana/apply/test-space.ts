import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { Secret } from '../client/secret.ts';
import type { Connection } from '../client/connection.ts';
import { Transport } from '../client/transport.ts';
import { normalise } from '../normalise/normalise.ts';
import { digest } from '../plan/digest.ts';
import type { Entry, Kind, Plan } from '../plan/plan.ts';
import { recordOf } from '../plan/record.ts';
import { emptySpace, newWorld, startStandIn, steady, type Fault, type Space, type StandIn } from '../standin/index.ts';
import { apply, type Applied, type ApplyOptions } from './apply.ts';
import { uncovered } from './documents.ts';
import { LOCK_LIST } from './lock.ts';

/** A small repository: what a space is to have. For tests. */
export interface Wanted {
  readonly rules?: readonly JsonObject[];
  readonly lists?: readonly JsonObject[];
  readonly items?: readonly JsonObject[];
  /** Values by id of the list. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
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
  tags: [MARKER],
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

export const seenOf: ApplyOptions['seenOf'] = ({ kind }, document) =>
  digest(
    kind === 'rule'
      ? normalise(document)
      : ['name', 'entries', 'description', 'values'].map((key) => own(document, key) ?? null),
  );

function entriesOf(
  kind: Kind,
  idName: string,
  wanted: readonly JsonObject[],
  there: ReadonlyMap<string, JsonObject>,
  isSame: (wanted: JsonObject, there: JsonObject) => boolean,
  isOurs: (there: JsonObject) => boolean,
): readonly Entry[] {
  const inSpace = new Map([...there.values()].map((one) => [text(own(one, idName)), one]));
  const named = (document: JsonObject) => ({
    kind,
    id: text(own(document, idName)),
    name: text(own(document, 'name')),
    ...(kind === 'exceptionItem' ? { parent: text(own(document, 'list_id')) } : {}),
    ...(kind === 'rule' ? {} : { namespace: 'single' as const }),
  });
  const entries = wanted.flatMap((document): Entry[] => {
    const found = inSpace.get(text(own(document, idName)));
    if (found === undefined) return [{ ...named(document), action: 'create', document, fields: [], seen: null }];
    if (isSame(document, found)) return [];
    const enabled = (one: JsonObject): boolean => own(one, 'enabled') === true;
    const fields =
      enabled(document) === enabled(found)
        ? []
        : [{ field: 'enabled', desired: enabled(document), space: enabled(found), changedIn: 'repository' as const }];
    return [
      {
        ...named(document),
        action: 'change',
        document,
        fields,
        seen: seenOf({ ...named(document), action: 'change', fields, seen: null }, found),
      },
    ];
  });
  const ids = new Set(wanted.map((one) => text(own(one, idName))));
  const gone = [...inSpace.values()].filter((one) => !ids.has(text(own(one, idName))) && isOurs(one));
  return [
    ...entries,
    ...gone.map((one): Entry => {
      const entry: Entry = { ...named(one), action: 'delete', fields: [], seen: null };
      return { ...entry, seen: seenOf(entry, one) };
    }),
  ];
}

const recorded = (document: JsonObject): JsonObject => ({
  ...document,
  meta: { dac: recordOf(normalise(document), 'test') },
});

/** What would have to be done to a space of the stand-in. */
export function planOf(wanted: Wanted, space: Space, url: string): Plan {
  const { rules = [], lists = [], items = [], values = {} } = wanted;
  const covered = (sent: JsonObject, there: JsonObject): boolean => uncovered(sent, there).length === 0;
  const valuesIn = (id: string): string[] =>
    [...space.valueItems.values()].filter((one) => own(one, 'list_id') === id).map((one) => text(own(one, 'value')));
  const valueLists = Object.entries(values).flatMap(([id, all]): Entry[] => {
    const there = valuesIn(id);
    const add = all.filter((one) => !there.includes(one));
    const remove = there.filter((one) => !all.includes(one));
    const exists = space.valueLists.has(id);
    const document = {
      id,
      name: id,
      description: id,
      type: 'keyword',
      meta: { dac: recordOf({ values: all }, 'test') },
    };
    const isWhole = covered(document, space.valueLists.get(id) ?? {});
    if (isWhole && add.length + remove.length === 0) return [];
    return [
      {
        kind: 'valueList',
        id,
        name: id,
        action: exists ? 'change' : 'create',
        document,
        values: { add, remove },
        fields: [],
        seen: exists
          ? seenOf(
              { kind: 'valueList', id, name: id, action: 'change', fields: [], seen: null },
              { name: id, description: id, values: [...there].sort() },
            )
          : null,
      },
    ];
  });
  const entries = [
    ...valueLists,
    ...entriesOf('exceptionList', 'list_id', lists, space.lists, covered, (one) => own(one, 'list_id') !== LOCK_LIST),
    ...entriesOf('exceptionItem', 'item_id', items, space.items, covered, () => true),
    ...entriesOf(
      'rule',
      'rule_id',
      rules.map(recorded),
      space.rules,
      (document, there) => digest(normalise(document)) === digest(normalise(there)),
      (there) => {
        const tags = own(there, 'tags');
        return Array.isArray(tags) && tags.includes(MARKER);
      },
    ),
  ];
  const count = (action: Entry['action']): number => entries.filter((one) => one.action === action).length;
  return {
    schemaVersion: 1,
    tool: { name: 'kibana-dac', version: 'test' },
    command: 'plan',
    environment: 'test',
    target: { url, space: 'soc' },
    marker: MARKER,
    protected: false,
    rules: { ours: 0, notOurs: 0 },
    complete: true,
    totals: {
      create: count('create'),
      change: count('change'),
      delete: count('delete'),
      conflict: 0,
      foreign: 0,
      unchanged: 0,
    },
    entries,
    fingerprint: digest(entries as unknown as Json),
  };
}

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
    apply: (wanted, options = {}) =>
      apply(isPlan(wanted) ? wanted : plan(wanted), {
        transport,
        seenOf,
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
      .filter((one) => own(one, 'list_id') !== LOCK_LIST)
      .map(plain),
    items: by(space.items, 'item_id').map(plain),
    values: [...space.valueItems.values()]
      .map((one) => `${text(own(one, 'list_id'))} ${text(own(one, 'value'))}`)
      .sort(),
    valueLists: by(space.valueLists, 'id').map(plain),
  };
}
