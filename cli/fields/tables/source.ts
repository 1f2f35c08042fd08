import type { FieldOrigin } from '../mapping.ts';
import type { FactTable } from './fact-table.ts';
import type { NameTable } from './facts.ts';
import type { Template } from './templates.ts';

/** What a table says of one name. */
export interface FieldFact {
  readonly name: string;
  /** As the table writes it. */
  readonly type: string;
  readonly origin: FieldOrigin;
}

/** Where the fields of a source come from: a template of Fleet, of a beat, or names alone. */
export type SourceKind = 'ecs' | 'package' | 'beat' | 'endgame' | 'extra';

/** Field facts that stand behind a mapping. */
export interface FieldSource {
  /** `ecs`, `endpoint.process`, `winlogbeat`, `endgame`. */
  readonly name: string;
  readonly version: string;
  readonly kind: SourceKind;
  find(name: string): FieldFact | undefined;
  /** Whether there are fields below this name. */
  hasBelow(name: string): boolean;
  /** Dynamic templates, as far as they may be for this name. */
  templates(name: string): readonly Template[];
  /** Whether names that it does not list are not mapped at all (`dynamic: false`). */
  readonly fixed: boolean;
  /**
   * Whether its templates list a field of ECS, where that makes a difference (limits, values that it refuses): one answer for
   * each data stream.
   */
  declares(name: string): readonly boolean[];
  /** Its own `ignore_above` of a field. */
  limit(name: string): number | undefined;
  /** Whether a field is kept without being searchable; absent: it keeps none so. */
  readonly apart?: ((name: string) => 'unindexed' | 'disabled' | undefined) | undefined;
  /** All facts whose names begin so. Reads every table behind the source: for listings and suggestions. */
  all(prefix: string): Iterable<FieldFact>;
}

/** The names of ECS: what maps them is in the other sources. */
export function ecsSource(version: string, names: NameTable, more: Pick<FieldSource, 'templates' | 'limit' | 'apart'>): FieldSource {
  return { ...ofNames('ecs', version, () => names), ...more, kind: 'ecs', fixed: false, declares: () => [] };
} // prettier-ignore

/** A source over some data streams of a table, or all of them. */
export function tableSource(
  name: string,
  kind: SourceKind,
  table: FactTable,
  streams: readonly string[] = table.streamNames(),
): FieldSource {
  const facts = () => table.streams(streams);
  /** The rules of a repository ask for the same few. */
  const declared = new Map<string, readonly boolean[]>();
  return {
    ...ofNames(name, table.version, () => facts().names),
    kind,
    hasBelow: (wanted) =>
      facts().names.hasBelow(wanted) || facts().templates.some(({ pattern }) => pattern.startsWith(`${wanted}.`)),
    templates: () => facts().templates,
    get fixed() {
      return facts().fixed;
    },
    declares(wanted) {
      let found = declared.get(wanted);
      if (found === undefined)
        declared.set(wanted, (found = facts().ecs.map((names) => names.includes(` ${wanted} `))));
      return found;
    },
    limit: (wanted) => table.limit(wanted),
    apart: table.keepsApart ? (wanted) => table.apart(wanted) : undefined,
  };
}

function ofNames(
  name: string,
  version: string,
  names: () => NameTable,
): Pick<FieldSource, 'name' | 'version' | 'find' | 'hasBelow' | 'all'> {
  const origin: FieldOrigin = { source: name, version };
  return {
    name,
    version,
    find: (wanted) => {
      const type = names().typeOf(wanted);
      return type === undefined ? undefined : { name: wanted, type, origin };
    },
    hasBelow: (wanted) => names().hasBelow(wanted),
    *all(prefix) {
      for (const [found, type] of names().entries()) if (found.startsWith(prefix)) yield { name: found, type, origin };
    },
  };
}
