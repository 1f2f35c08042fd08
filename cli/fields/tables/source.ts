import type { FieldOrigin } from '../mapping.ts';
import type { FactTable, NameTable } from './facts.ts';

/** What a table says of one name. */
export interface FieldFact {
  readonly name: string;
  /** As the table writes it. */
  readonly type: string;
  readonly origin: FieldOrigin;
}

/** Field facts that stand behind a mapping. */
export interface FieldSource {
  /** `ecs`, `endpoint.process`, `winlogbeat`, `endgame`. */
  readonly name: string;
  readonly version: string;
  find(name: string): FieldFact | undefined;
  /** Whether there are fields below this name. */
  hasBelow(name: string): boolean;
  /** Facts whose names hold `*`, as far as they may fit this name. */
  patterns(name: string): readonly FieldFact[];
  /** Type of the members of an object, where the table says so. */
  member(name: string): string | undefined;
  /** All facts whose names begin so. Reads every table behind the source: for listings and suggestions. */
  all(prefix: string): Iterable<FieldFact>;
}

/** A source over one table. */
export function tableSource(
  name: string,
  version: string,
  names: () => NameTable,
  member: FactTable['member'] = () => undefined,
): FieldSource {
  const origin: FieldOrigin = { source: name, version };
  return {
    name,
    version,
    find: (wanted) => {
      const type = names().typeOf(wanted);
      return type === undefined ? undefined : { name: wanted, type, origin };
    },
    hasBelow: (wanted) => names().hasBelow(wanted),
    patterns: () =>
      names()
        .patterns()
        .map((pattern) => ({ ...pattern, origin })),
    member,
    *all(prefix) {
      for (const [found, type] of names().entries()) if (found.startsWith(prefix)) yield { name: found, type, origin };
    },
  };
}
