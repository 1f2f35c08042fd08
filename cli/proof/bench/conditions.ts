import type { Event } from '../../fields/event.ts';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import { compileQuery } from '../../query/compile-query.ts';
import type { JsonObject } from '../../text/json.ts';
import type { Bench } from './bench.ts';

const keyword = { type: 'keyword' } as const;
const MAPPING = mappingFromElasticsearch({
  properties: {
    'event.category': keyword,
    'event.type': keyword,
    'event.action': keyword,
    'host.os.type': keyword,
    'process.name': keyword,
    'process.args': keyword,
    'process.parent.name': keyword,
    'process.parent.executable': keyword,
    'process.pe.original_file_name': keyword,
  },
});

/** Conditions as rules have them: platform and event type first, then names, patterns, and exclusions. */
const QUERIES: readonly (readonly [name: string, query: string])[] = [
  [
    'names and patterns',
    `process where host.os.type == "windows" and event.type == "start" and
      (process.name : ("powershell.exe", "pwsh.exe") or process.pe.original_file_name == "PowerShell.EXE") and
      process.args : ("-enc*", "*DownloadString*") and not process.parent.executable : "?:\\\\Program Files\\\\*"`,
  ],
  [
    'a list and an exclusion',
    `process where host.os.type == "linux" and event.type == "start" and event.action == "exec" and
      process.name in ("nc", "ncat", "netcat", "socat") and not process.parent.name in ("cron", "systemd")`,
  ],
];

const NAMES = [
  'svchost.exe',
  'chrome.exe',
  'bash',
  'sshd',
  'conhost.exe',
  'python3',
  'powershell.exe',
  'nc',
  'cmd.exe',
  'cat',
];

/** An event as an endpoint agent sends it; one in ten is of each name, two in five of Linux, two in three a start. */
const eventAt = (i: number): JsonObject => ({
  '@timestamp': 1_700_000_000_000 + i,
  agent: { id: 'a', type: 'endpoint', version: '9.1.0' },
  ecs: { version: '8.11.0' },
  event: {
    category: ['process'],
    type: [i % 3 === 0 ? 'end' : 'start'],
    action: i % 3 === 1 ? 'exec' : 'fork',
    id: `${i}`,
  },
  host: { id: 'h', name: 'host', os: { type: i % 5 < 2 ? 'linux' : 'windows', family: 'x', version: '1' } },
  process: {
    pid: i,
    name: NAMES[(i * 7) % NAMES.length] ?? '',
    args: ['a.exe', '-nop', i % 4 === 0 ? '-enc' : '-x', 'SQBFAFgA'],
    parent: { name: 'explorer.exe', executable: 'C:\\Windows\\explorer.exe', pid: 4 },
  },
  user: { name: 'u', domain: 'd', id: 'S-1-5-18' },
});

const EVENTS = 20_000;
const ROUNDS = 40;

function measure(name: string, query: string, print: (line: string) => void): void {
  const events = Array.from({ length: EVENTS }, (_, i): Event => ({
    index: '',
    id: `${i}`,
    source: JSON.parse(JSON.stringify(eventAt(i))) as JsonObject,
    ordinal: i,
  }));
  const { runnable } = compileQuery('eql', query, { mapping: MAPPING, now: 0 });
  if (runnable?.kind !== 'event') throw new Error(`${name} does not compile`);
  const run = (): number => events.reduce((hits, event) => hits + (runnable.test(event) ? 1 : 0), 0);
  run();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    const hits = run();
    const { user, system } = process.cpuUsage(start);
    return { perSecond: (EVENTS * 1e6) / Math.max(1, user + system), hits };
  });
  rounds.sort((a, b) => a.perSecond - b.perSecond);
  const middle = rounds[ROUNDS >> 1];
  print(
    `${name.padEnd(43)} ${((middle?.perSecond ?? 0) / 1e6).toFixed(2).padStart(6)} million/s  ` +
      `${(1e9 / (middle?.perSecond ?? 1)).toFixed(0).padStart(5)} ns each  ${(middle?.hits ?? 0).toLocaleString('en')} found`,
  );
}

/** How many events a second and core a compiled condition takes, over events in memory. */
export const conditions: readonly Bench[] = QUERIES.map(([what, query]) => {
  const name = `condition, ${what}`;
  return {
    name,
    run: (print) => {
      measure(name, query, print);
    },
  };
});
