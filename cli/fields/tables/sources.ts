import { isJsonObject, own } from '../../text/json.ts';
import { fitsIndexName, indexExpressions, searchedName } from '../patterns/index-pattern.ts';
import { CATALOGUE } from './catalogue.ts';
import { ecsFor } from './ecs.ts';
import { factTable } from './fact-table.ts';
import { readFacts } from './facts.ts';
import { patternsOverlap } from './overlap.ts';
import { tableSource, type FieldSource, type SourceKind } from './source.ts';
import type { DynamicRules } from './templates.ts';

/** What stands behind the indices of a rule. */
export interface Sources {
  /** In the order in which they are asked. */
  readonly list: readonly FieldSource[];
  /** Those whose data the patterns can reach; ECS and names beyond a package's own are in no index by themselves. */
  readonly templates: readonly FieldSource[];
  /** Index patterns for which there is no table: their fields cannot be known. */
  readonly unknown: readonly string[];
  /** True where a pattern reaches data of every kind: fields of ECS field sets are known, others may be custom. */
  readonly open: boolean;
  /** Version of the stack that ECS is taken from. */
  readonly stack: string;
  /** Lines for people: `logs-aws.cloudtrail-* (aws.cloudtrail 2.24.2)`. */
  readonly described: readonly string[];
}

interface PackageEntry {
  readonly name: string;
  readonly streams: readonly string[];
}

let packages: readonly PackageEntry[] | undefined;
let beats: readonly string[] = [];

function packageList(): readonly PackageEntry[] {
  if (packages !== undefined) return packages;
  const index = readFacts('index.json') ?? {};
  const kinds = own(index, 'beats');
  beats = isJsonObject(kinds) ? Object.keys(kinds) : [];
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
  return packages;
}

/** Data stream folders whose dataset is not `<package>.<folder>` (the manifest names it). */
const ENDPOINT_EVENTS = new Set(['api', 'device', 'file', 'library', 'network', 'process', 'registry', 'security']);

const datasetOf = (name: string, stream: string): string =>
  name === 'endpoint' && ENDPOINT_EVENTS.has(stream) ? `endpoint.events.${stream}` : `${name}.${stream}`;

const KIND = /^(?:logs|metrics|traces)-/;

/** A pattern that reaches data of every kind says nothing about its fields: `*`, `logs-*`, `logs-*-default`. */
const reachesAll = (pattern: string): boolean =>
  pattern.replace(KIND, '').startsWith('*') && !/beat|game/.test(pattern);

interface Hit {
  readonly file: string;
  readonly kind: SourceKind;
  readonly label: string;
  readonly streams?: readonly string[];
}

/** Patterns and names of indices that are kept, far more than rules and events usually name. */
export const MAX_INDICES = 10_000;

const hits = new Map<string, readonly Hit[]>();

/** The tables that an index pattern reaches, without what `excluded` patterns take out whole. */
function hitsOf(pattern: string, excluded: readonly string[]): readonly Hit[] {
  const key = `${pattern} ${excluded.join(' ')}`;
  let found = hits.get(key);
  if (found === undefined) {
    if (hits.size >= MAX_INDICES) hits.clear();
    hits.set(key, (found = findHits(pattern, excluded)));
  }
  return found;
}

function findHits(pattern: string, excluded: readonly string[]): Hit[] {
  const result: Hit[] = [];
  // A star of the name is an ordinary character here: only an exclusion of all its indices fits it
  const left = (name: string): boolean => !excluded.some((one) => fitsIndexName(one, name));
  const entries = packageList();
  for (const beat of beats)
    if (patternsOverlap(pattern, `${beat}-*`) && left(`${beat}-*`))
      result.push({ file: `beats/${beat}.json`, kind: 'beat', label: beat });
  if (patternsOverlap(pattern, 'endgame-*') && left('endgame-*'))
    result.push({ file: 'endgame.json', kind: 'endgame', label: 'endgame' });
  if (patternsOverlap(pattern, 'apm-*-transaction-*'))
    result.push({ file: 'packages/apm.json', kind: 'package', label: 'apm' });
  const extras = (factTable('extra.json')?.streamNames() ?? [])
    .filter((extra) => patternsOverlap(pattern, extra))
    .map((extra): Hit => ({ file: 'extra.json', kind: 'extra', label: `extra ${extra}`, streams: [extra] }));
  const kind = KIND.exec(pattern)?.[0];
  if (kind === undefined) return [...result, ...extras];
  const rest = pattern.slice(kind.length);
  const literal = /^[^*]*/.exec(rest)?.[0] ?? '';
  for (const { name, streams } of entries) {
    if (!name.startsWith(literal) && !literal.startsWith(name)) continue;
    const reached = streams.filter((stream) => patternsOverlap(rest, `${datasetOf(name, stream)}-*`));
    const kept = reached.filter((stream) => left(`${kind}${datasetOf(name, stream)}-*`));
    const table = { file: `packages/${name}.json`, kind: 'package' } as const;
    if (kept.length === 1) result.push({ ...table, label: `${name}.${kept[0]}`, streams: kept });
    else if (kept.length > 1)
      result.push({ ...table, label: kept.length <= 4 ? `${name}.{${kept.join(',')}}` : name, streams: kept });
    else if (reached.length === 0 && (patternsOverlap(rest, `${name}.*`) || patternsOverlap(rest, `${name}-*`)))
      // A data stream that is newer than the table: any field of the package may be there
      result.push({ ...table, label: name });
  }
  return [...result, ...extras];
}

const made = new Map<string, FieldSource | undefined>();

function sourceOf({ file, kind, label, streams }: Hit): FieldSource | undefined {
  const key = `${file} ${label} ${streams?.join(' ') ?? ''}`;
  if (!made.has(key)) {
    const table = factTable(file);
    made.set(key, table && tableSource(label, kind, table, streams));
  }
  return made.get(key);
}

const versioned = (source: FieldSource): string =>
  source.version === '' ? source.name : `${source.name} ${source.version}`;

const combined = new Map<string, Sources>();

/**
 * The tables behind the index patterns and integrations of a rule: ECS of the stack first (a field that ECS knows has
 * ECS's type), then what the patterns reach, in their order, then the named integrations that no pattern reaches, whole.
 */
export function sourcesFor(patterns: readonly string[], integrations: readonly string[], stack: string): Sources {
  const key = JSON.stringify([patterns, integrations, stack]);
  let sources = combined.get(key);
  if (sources === undefined) combined.set(key, (sources = combine(patterns, integrations, stack)));
  return sources;
}

function combine(patterns: readonly string[], integrations: readonly string[], stack: string): Sources {
  const ecs = ecsFor(stack);
  const list: FieldSource[] = [ecs.source];
  const unknown: string[] = [];
  const described: string[] = [];
  const reached = new Set<string>();
  const templates: FieldSource[] = [];
  let open = false;
  let all = false;
  const add = (hit: Hit, searched: boolean): string | undefined => {
    const source = sourceOf(hit);
    if (source !== undefined && !list.includes(source)) {
      list.push(source);
      if (searched && source.kind !== 'extra') templates.push(source);
    }
    return source === undefined ? undefined : versioned(source);
  };
  const expressions = indexExpressions(patterns);
  const excluded = expressions.filter((one) => one.excluded).map((one) => one.name);
  for (const { name, text } of expressions.filter((one) => !one.excluded)) {
    if (reachesAll(name)) {
      open ||= integrations.length === 0;
      all = true;
      described.push(`${text} (${integrations.length === 0 ? 'all packages' : 'see the integrations'})`);
      continue;
    }
    const labels: string[] = [];
    for (const hit of hitsOf(name, excluded)) {
      const label = add(hit, true);
      reached.add(hit.file);
      // Names that rules use beyond a package's own do not make the pattern known.
      if (label !== undefined && hit.kind !== 'extra') labels.push(label);
    }
    if (labels.length === 0) unknown.push(text);
    described.push(labels.length > 0 ? `${text} (${labels.join(', ')})` : `${text} (no table)`);
  }
  for (const name of integrations) {
    const file = `packages/${name}.json`;
    // What the patterns reach of a package is known; its other data streams are not in the rule's indices
    if (reached.has(file)) continue;
    const label = add({ file, kind: 'package', label: name }, all || unknown.length > 0);
    if (label === undefined) unknown.push(`integration ${name}`);
    described.push(label === undefined ? `integration ${name} (no table)` : `integration ${label}`);
  }
  if (open) {
    list.push(CATALOGUE);
    templates.push(CATALOGUE);
  }
  described.push(`ECS ${ecs.version}`);
  return { list, templates, unknown, open, stack, described };
}

const ofIndex = new Map<string, Sources>();

/** The tables behind one index, by the name of its data stream. */
export function sourcesOfIndex(index: string, stack: string): Sources {
  const key = `${stack} ${index}`;
  let sources = ofIndex.get(key);
  if (sources === undefined) {
    if (ofIndex.size >= MAX_INDICES) ofIndex.clear();
    const name = searchedName(index.slice(index.indexOf(':') + 1));
    ofIndex.set(key, (sources = combine([name], [], stack)));
  }
  return sources;
}

/**
 * What an index does with names that its template does not list. An event that does not say where it lies is taken for one
 * of the first table that maps them.
 */
export function dynamicRulesOf(index: string, sources: Sources): DynamicRules {
  const { templates } = index === '' ? sources : sourcesOfIndex(index, sources.stack);
  const template = templates.find(({ fixed }) => !fixed);
  if (template === undefined && templates.length > 0) return 'fixed';
  if (template?.kind === 'beat') return 'beats';
  if (template?.kind === 'package') return 'fleet';
  const name = searchedName(index.slice(index.indexOf(':') + 1));
  // The indices of alerts have `dynamic: false` (kibana: alerts_service/lib/create_or_update_index_template.ts)
  if (name.startsWith('.')) return 'fixed';
  return KIND.test(name) || (index === '' && sources.open) ? 'fleet' : 'other';
}
