import { isJsonObject, own } from '../../text/json.ts';
import { ecsFor } from './ecs.ts';
import { factTable, readFacts } from './facts.ts';
import { patternsOverlap } from './overlap.ts';

/** A table that stands behind a mapping, in the order in which it is asked. */
export interface FieldSource {
  /** `ecs`, `endpoint.process`, `winlogbeat`, `endgame`. */
  readonly name: string;
  readonly version: string;
  readonly fields: ReadonlyMap<string, string>;
  member(name: string): string | undefined;
}

/** What stands behind the indices of a rule. */
export interface Sources {
  readonly list: readonly FieldSource[];
  /** Index patterns for which there is no table: their fields cannot be known. */
  readonly unknown: readonly string[];
  /** Lines for people: `logs-aws.cloudtrail-* (aws.cloudtrail 2.24.2)`. */
  readonly described: readonly string[];
}

interface PackageEntry {
  readonly name: string;
  readonly streams: readonly string[];
}

let packages: readonly PackageEntry[] | undefined;
let beats: readonly string[] | undefined;

function readIndex(): void {
  const index = readFacts('index.json') ?? {};
  const listed = own(index, 'packages');
  packages = !isJsonObject(listed)
    ? []
    : Object.keys(listed).map((name) => {
        const entry = own(listed, name);
        const streams = isJsonObject(entry) ? own(entry, 'streams') : undefined;
        return {
          name,
          streams: Array.isArray(streams) ? streams.filter((s): s is string => typeof s === 'string') : [],
        };
      });
  const kinds = own(index, 'beats');
  beats = isJsonObject(kinds) ? Object.keys(kinds) : [];
}

/** Data stream folders whose dataset is not `<package>.<folder>` (field-schemas: manifest `dataset`). */
const ENDPOINT_EVENTS = new Set(['api', 'device', 'file', 'library', 'network', 'process', 'registry', 'security']);

const datasetOf = (name: string, stream: string): string =>
  name === 'endpoint' && ENDPOINT_EVENTS.has(stream) ? `endpoint.events.${stream}` : `${name}.${stream}`;

/** A pattern that reaches data of every kind says nothing about its fields. */
const GENERIC = new Set(['*', 'logs-*', 'metrics-*', 'traces-*', '*:*', 'logs-*-*', '.ds-logs-*']);

interface Found {
  readonly pkg?: string;
  readonly streams?: readonly string[];
  readonly beat?: string;
  readonly endgame?: boolean;
}

const found = new Map<string, readonly Found[]>();

function find(pattern: string): readonly Found[] {
  const known = found.get(pattern);
  if (known !== undefined) return known;
  if (packages === undefined || beats === undefined) readIndex();
  const result: Found[] = [];
  for (const beat of beats ?? []) if (patternsOverlap(pattern, `${beat}-*`)) result.push({ beat });
  if (patternsOverlap(pattern, 'endgame-*')) result.push({ endgame: true });
  if (patternsOverlap(pattern, 'apm-*-transaction-*')) result.push({ pkg: 'apm' });
  const type = /^(logs|metrics|traces)-/.exec(pattern)?.[1];
  if (type !== undefined) {
    const rest = pattern.slice(type.length + 1);
    const literal = /^[^*]*/.exec(rest)?.[0] ?? '';
    for (const { name, streams } of packages ?? []) {
      if (!name.startsWith(literal) && !literal.startsWith(name)) continue;
      const hit = streams.filter((stream) => patternsOverlap(rest, `${datasetOf(name, stream)}-*`));
      if (hit.length > 0) result.push({ pkg: name, streams: hit });
      else if (patternsOverlap(rest, `${name}.*`) || patternsOverlap(rest, `${name}-*`)) result.push({ pkg: name });
    }
  }
  found.set(pattern, result);
  return result;
}

const extras = new Map<string, readonly string[]>();

/** Streams of the table of additions that a pattern may reach. */
function extrasFor(pattern: string): readonly string[] {
  let hits = extras.get(pattern);
  if (hits === undefined) {
    hits = (factTable('extra.json')?.streamNames() ?? []).filter((extra) => patternsOverlap(pattern, extra));
    extras.set(pattern, hits);
  }
  return hits;
}

const packageSources = new Map<string, FieldSource | undefined>();

function fromTable(file: string, label: string, streams?: readonly string[]): FieldSource | undefined {
  const key = `${file} ${label} ${streams?.join(' ') ?? ''}`;
  if (!packageSources.has(key)) {
    const table = factTable(file);
    packageSources.set(
      key,
      table && {
        name: label,
        version: table.version,
        get fields() {
          return table.fields(streams);
        },
        member: (name) => table.member(name),
      },
    );
  }
  return packageSources.get(key);
}

const combined = new Map<string, Sources>();

/**
 * The tables behind the index patterns and integrations of a rule: ECS of the stack first (a field that ECS knows has
 * ECS's type), then the data streams that the patterns reach, then the named integrations as a whole.
 */
export function sourcesFor(patterns: readonly string[], integrations: readonly string[], stack: string): Sources {
  const key = JSON.stringify([patterns, integrations, stack]);
  const known = combined.get(key);
  if (known !== undefined) return known;
  const ecs = ecsFor(stack);
  const list: FieldSource[] = [{ name: 'ecs', version: ecs.version, fields: ecs.fields, member: () => undefined }];
  const unknown: string[] = [];
  const described: string[] = [];
  const add = (source: FieldSource | undefined): string | undefined => {
    if (source === undefined) return undefined;
    if (!list.includes(source)) list.push(source);
    return source.version === '' ? source.name : `${source.name} ${source.version}`;
  };
  for (const written of patterns) {
    if (written.startsWith('-')) continue;
    const pattern = written.replace(/^[^:]*:/, '');
    const labels: string[] = [];
    const note = (label: string | undefined): void => {
      if (label !== undefined) labels.push(label);
    };
    const hits = GENERIC.has(pattern) ? [] : find(pattern);
    for (const hit of hits) {
      if (hit.beat !== undefined) note(add(fromTable(`beats/${hit.beat}.json`, hit.beat)));
      if (hit.endgame === true) note(add(fromTable('endgame.json', 'endgame')));
      if (hit.pkg !== undefined) {
        const streams = hit.streams ?? [];
        const label =
          streams.length === 1
            ? `${hit.pkg}.${streams[0]}`
            : streams.length > 1 && streams.length <= 4
              ? `${hit.pkg}.{${streams.join(',')}}`
              : hit.pkg;
        note(add(fromTable(`packages/${hit.pkg}.json`, label, hit.streams)));
      }
    }
    for (const extra of GENERIC.has(pattern) ? [] : extrasFor(pattern))
      add(fromTable('extra.json', `extra ${extra}`, [extra]));
    if (hits.length === 0 && !(GENERIC.has(pattern) && integrations.length > 0)) unknown.push(written);
    described.push(labels.length > 0 ? `${written} (${labels.join(', ')})` : `${written} (no table)`);
  }
  for (const name of integrations) {
    const label = add(fromTable(`packages/${name}.json`, name));
    if (label === undefined) unknown.push(`integration ${name}`);
    else described.push(`integration ${name} (${label})`);
  }
  described.push(`ECS ${ecs.version}`);
  const made = { list, unknown, described };
  combined.set(key, made);
  return made;
}
