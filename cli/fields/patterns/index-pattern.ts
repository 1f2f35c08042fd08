import { compileStars } from './wildcard.ts';

/** One expression of a list of index patterns. */
export interface IndexExpression {
  /** Remote cluster, such as `prod` or `*`; undefined for the local one. */
  readonly cluster: string | undefined;
  /** Index name with `*` for any run; the date of a date-math name stands as `*`, since no clock is at hand. */
  readonly name: string;
  /** `-name` takes out what earlier expressions let in. */
  readonly excluded: boolean;
  /** As it was written. */
  readonly text: string;
}

/** `<logs-{now/d}>` as `logs-*`; a brace or star after a backslash is a character of the name. */
const withoutDates = (text: string, date = '*'): string =>
  text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1).replace(/\{(?:[^{}]|\{[^{}]*\})*\}/g, date) : text;

/**
 * The expressions of index patterns: each may hold several, separated by commas, with a cluster before a colon
 * (`prod:logs-*`), a minus before the whole or before the name (`-prod:*`, `-logs-x*`, `prod:-logs-x*`), a date in braces
 * (`<logs-{now/d}>`), and a selector (`logs-*::data`). Blanks belong to the name. A name without a star takes nothing out, and what
 * stands before the first star is no exclusion but a name that begins with a minus, which no index has
 * (elasticsearch:server/src/main/java/org/elasticsearch/cluster/metadata/IndexNameExpressionResolver.java resolveExpressionsToResources).
 */
export function indexExpressions(patterns: readonly string[]): readonly IndexExpression[] {
  let found = parsed.get(patterns);
  if (found === undefined) parsed.set(patterns, (found = parse(patterns)));
  return found;
}

/** A rule's patterns are asked for once an event. */
const parsed = new WeakMap<readonly string[], readonly IndexExpression[]>();

/** The expressions as they are written, without those that are empty at the end, which Elasticsearch does not see. */
function written(patterns: readonly string[]): readonly string[] {
  // A comma inside a date-math format (`{now/d{yyyy,MM}}`) does not separate
  const parts = patterns.join(',').match(/(?:\{(?:[^{}]|\{[^{}]*\})*\}|[^,])+|(?<=^|,)(?=,|$)/g) ?? [];
  return parts.slice(0, parts.findLastIndex((part) => part !== '') + 1);
}

/** Whether a list holds an empty name, on which Elasticsearch refuses the search. */
export const hasEmptyName = (patterns: readonly string[]): boolean => written(patterns).includes('');

function parse(patterns: readonly string[]): IndexExpression[] {
  const found: IndexExpression[] = [];
  /** Clusters in which a name with a star was seen. */
  const starred: (string | undefined)[] = [];
  const seen = (cluster: string | undefined): boolean =>
    starred.some(
      (one) =>
        one === cluster ||
        (one !== undefined && cluster !== undefined && (fitsIndexName(one, cluster) || fitsIndexName(cluster, one))),
    );
  for (const text of written(patterns)) {
    const [whole, cluster, rest] = split(text);
    const minus = rest.startsWith('-') && seen(cluster);
    const name = minus ? rest.slice(1) : rest;
    if (name === '') continue;
    if (withoutDates(name, '').includes('*')) starred.push(cluster);
    // The name of no index begins so
    if (name.startsWith('-')) continue;
    found.push({ cluster, name: name === '_all' ? '*' : withoutDates(name), excluded: whole || minus, text });
  }
  return found;
}

/** Whether a minus excludes clusters, the cluster, and the name in it. */
function split(text: string): readonly [whole: boolean, cluster: string | undefined, name: string] {
  const plain = text.replace(/::data$/, '');
  const colon = plain.startsWith('<') ? -1 : plain.indexOf(':');
  if (colon < 0) return [false, undefined, plain];
  const whole = plain.startsWith('-');
  return [whole, plain.slice(whole ? 1 : 0, colon), plain.slice(colon + 1)];
}

const matchers = new Map<string, (text: string) => boolean>();

/** Whether a name fits a pattern in which only `*` is special. */
export function fitsIndexName(pattern: string, name: string): boolean {
  let found = matchers.get(pattern);
  if (found === undefined) matchers.set(pattern, (found = compileStars(pattern)));
  return found(name);
}

/**
 * The name under which an index is searched. Backing indices go by the name of their data stream
 * (`.ds-logs-x-default-2026.01.01-000001`, also mounted from a snapshot as `partial-.ds-…`), alerts by their alias
 * (`.internal.alerts-security.alerts-default-000001` is `.alerts-security.alerts-default`).
 */
export function searchedName(index: string): string {
  const stream = /^(?:partial-|restored-)*\.ds-(.+?)(?:-\d{4}\.\d{2}\.\d{2})?-\d{6}$/.exec(index)?.[1];
  if (stream !== undefined) return stream;
  return /^\.internal(\.alerts-.+)-\d{6}$/.exec(index)?.[1] ?? index;
}

const isPlain = (name: string): boolean => !name.includes('*');

/** Wildcards reach hidden indices, whose names begin with a dot, only when they begin with a dot themselves. */
const reachesName = (pattern: string, name: string): boolean =>
  name.startsWith('.') && !pattern.startsWith('.')
    ? isPlain(pattern) && pattern === name
    : fitsIndexName(pattern, name);

/**
 * Whether a search over these patterns reaches an index. A pattern without a cluster does not reach remote indices.
 * A fixture rarely says which cluster it came from: a bare name counts as an index of any cluster, which only an exclusion
 * of its name takes out, and not the exclusion of one whole cluster (`-prod:*`).
 */
export function matchesIndex(patterns: readonly string[], index: string): boolean {
  const colon = index.indexOf(':');
  const cluster = colon < 0 ? undefined : index.slice(0, colon);
  const name = searchedName(index.slice(colon + 1));
  let reached = false;
  for (const expression of indexExpressions(patterns)) {
    if (cluster === undefined) {
      const oneCluster = expression.cluster !== undefined && expression.cluster !== '*';
      if (expression.excluded && expression.name === '*' && oneCluster) continue;
    } else if (expression.cluster === undefined || !fitsIndexName(expression.cluster, cluster)) continue;
    if (reachesName(expression.name, name)) reached = !expression.excluded;
  }
  return reached;
}
