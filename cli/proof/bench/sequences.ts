import type { Event } from '../../fields/event.ts';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import { parseEql } from '../../query/eql/parse.ts';
import { planSequence } from '../../query/eql/sequence/plan.ts';
import { SequenceMatcher } from '../../query/run/sequence/matcher.ts';
import type { SequencePlan } from '../../query/run/sequence/plan.ts';
import { compileHitFinder } from '../../query/run/sequence/search.ts';
import type { Bench } from './bench.ts';

const MAPPING = mappingFromElasticsearch({
  properties: {
    '@timestamp': { type: 'date' },
    event: { properties: { category: { type: 'keyword' }, type: { type: 'keyword' } } },
    host: { properties: { id: { type: 'keyword' } } },
    process: { properties: { entity_id: { type: 'keyword' }, name: { type: 'keyword' }, args: { type: 'keyword' } } },
  },
});

const QUERIES: readonly (readonly [name: string, query: string])[] = [
  ['two terms', 'sequence [process where event.type == "start"] [network where true]'],
  [
    'by and maxspan',
    'sequence by host.id, process.entity_id with maxspan=1m [process where event.type == "start" and process.name : ("curl", "wget")] [network where true]',
  ],
  [
    'until, runs',
    'sequence by host.id with maxspan=30s [process where event.type == "start"] with runs=3 [network where true] until [process where event.type == "end"]',
  ],
];

function planOf(query: string): SequencePlan {
  const body = parseEql(query).statement?.body;
  if (body?.kind !== 'sequence') throw new Error('not a sequence');
  return planSequence(body, MAPPING, {
    now: 0,
    text: query,
    timestampField: '@timestamp',
    restrict: (one) => one,
  });
}

const KINDS = [
  ['process', 'start'],
  ['network', 'start'],
  ['file', 'creation'],
  ['process', 'end'],
].map(([category = '', type = '']) => ({ category: [category], type: [type] }));

/** A stream in memory: ten events a second, on a hundred hosts, of processes that come and go, four events each. */
function stream(length: number): readonly Event[] {
  const hosts = Array.from({ length: 100 }, (_, i) => ({ id: `host-${i}` }));
  let process = {};
  return Array.from({ length }, (_, n): Event => {
    const number = Math.floor(n / 4);
    if (n % 4 === 0)
      process = { entity_id: `p-${number}`, name: number % 5 === 0 ? 'curl' : 'bash', args: ['-c', 'true'] };
    return {
      index: 'logs-endpoint.events-default',
      id: '',
      ordinal: n,
      source: {
        '@timestamp': new Date(1_700_000_000_000 + n * 100).toISOString(),
        event: KINDS[n % 4] ?? {},
        host: hosts[number % 100] ?? {},
        process,
      },
    };
  });
}

interface Row {
  readonly perSecond: number;
  readonly found: number;
  /** Most keys held at once. */
  readonly keys: number;
}

/** Milliseconds of processor time, so that a busy machine does not change the figures. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function measure(plan: SequencePlan, events: readonly Event[]): Row {
  const find = compileHitFinder(plan, { mapping: MAPPING, now: 0 });
  const matcher = new SequenceMatcher(plan);
  let keys = 0;
  const start = cpu();
  for (const event of events) {
    const hit = find(event);
    if (hit === undefined) continue;
    matcher.push(hit);
    if (matcher.keys > keys) keys = matcher.keys;
  }
  const found = matcher.finish().length;
  return { perSecond: events.length / ((cpu() - start) / 1000), found, keys };
}

function curve(name: string, query: string, print: (line: string) => void): void {
  const all = stream(1_000_000);
  const plan = planOf(query);
  for (const length of [10_000, 100_000, 1_000_000]) {
    const events = all.slice(0, length);
    const rounds = Array.from({ length: length < 1_000_000 ? 10 : 3 }, () => measure(plan, events));
    const { perSecond, found, keys } = rounds.reduce((a, b) => (b.perSecond > a.perSecond ? b : a));
    print(
      name.padEnd(28) +
        `${length.toLocaleString('en').padStart(10)} events  ` +
        `${(perSecond / 1e6).toFixed(2).padStart(6)} million/s  ${(1e9 / perSecond).toFixed(0).padStart(5)} ns each  ` +
        `${found.toLocaleString('en').padStart(8)} found  ${keys.toLocaleString('en')} keys held`,
    );
  }
}

/** How many events a second and core a sequence takes, over streams of growing length: the curve has to be flat. */
export const sequences: readonly Bench[] = QUERIES.map(([what, query]) => {
  const name = `sequence, ${what}`;
  return {
    name,
    run: (print) => {
      curve(name, query, print);
    },
  };
});
