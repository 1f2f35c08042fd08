import { isJsonObject, own, type JsonObject } from '../../text/json.ts';
import { factTable } from './fact-table.ts';
import { readFacts } from './facts.ts';
import { tableSource, type FieldFact, type FieldSource } from './source.ts';

let prefixes: JsonObject | undefined;

/** First two segments of names → the packages that have such fields beyond what every ECS release has. */
const byPrefix = (): JsonObject => {
  if (prefixes === undefined) {
    const listed = own(readFacts('prefixes.json') ?? {}, 'packages');
    prefixes = isJsonObject(listed) ? listed : {};
  }
  return prefixes;
};

const sources = new Map<string, FieldSource | undefined>();

function packageSource(name: string): FieldSource | undefined {
  if (!sources.has(name)) {
    const table = factTable(`packages/${name}.json`);
    sources.set(name, table && tableSource(name, 'package', table));
  }
  return sources.get(name);
}

function packagesOf(prefix: string): FieldSource[] {
  const listed = own(byPrefix(), prefix);
  const names = typeof listed === 'string' ? listed.split(' ') : [];
  return names.map(packageSource).filter((source) => source !== undefined);
}

/** The packages that may know a name: those with its first two segments, or any with its first. */
function candidates(name: string): FieldSource[] {
  const [root = '', second] = name.split('.', 2);
  if (second !== undefined && !name.includes('*'))
    return [...packagesOf(`${root}.${second}`), ...packagesOf(`${root}.*`)];
  const found = new Set<FieldSource>();
  const literal = (/^[^*]*/.exec(name)?.[0] ?? '').split('.', 2).join('.');
  for (const prefix of Object.keys(byPrefix()))
    if (prefix === name || prefix.startsWith(literal)) for (const source of packagesOf(prefix)) found.add(source);
  return [...found];
}

const first = <T>(name: string, ask: (source: FieldSource) => T | undefined): T | undefined =>
  candidates(name)
    .map(ask)
    .find((answer) => answer !== undefined);

/**
 * Every package there is, for index patterns that reach all of them (`logs-*`). A name opens only the packages whose fields
 * begin like it: for most names one, for names of no package none.
 */
export const CATALOGUE: FieldSource = {
  name: 'packages',
  version: '',
  kind: 'package',
  find(name) {
    if (!name.includes('.'))
      return packagesOf(name)
        .map((source) => source.find(name))
        .find((fact) => fact !== undefined);
    for (const source of candidates(name)) {
      const fact = source.find(name);
      if (fact !== undefined) return fact;
    }
    return undefined;
  },
  hasBelow(name) {
    const [root = '', second] = name.split('.', 2);
    if (second !== undefined) return candidates(name).some((source) => source.hasBelow(name));
    return Object.keys(byPrefix()).some((prefix) => prefix.startsWith(`${root}.`));
  },
  templates: (name) => (name.includes('.') ? candidates(name).flatMap((source) => source.templates(name)) : []),
  fixed: false,
  // Of all packages there are, some list the field and some do not.
  declares: () => [true, false],
  limit: (name) => first(name, (source) => source.limit(name)),
  apart: (name) => first(name, (source) => source.apart?.(name)),
  *all(prefix): Iterable<FieldFact> {
    for (const source of candidates(`${prefix}*`)) yield* source.all(prefix);
  },
};
