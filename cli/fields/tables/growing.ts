import type { Event } from '../event.ts';
import type { GrowingMapping, Mapping } from '../mapping.ts';
import { SeenNames } from './seen-names.ts';

/** A mapping made from tables, which may know more names once documents have brought them. */
export interface Growable extends Mapping {
  /** Whether documents can change nothing about a name: a table or the suite has it for all indices. */
  lists(name: string): boolean;
  /** The same with what documents have brought. */
  with(seen: SeenNames): Mapping;
}

/** The path of the object in which the names begin that fit a pattern, with its dot. */
export const objectOf = (pattern: string): string => {
  const literal = /^[^*]*/.exec(pattern)?.[0] ?? '';
  return literal.slice(0, literal.lastIndexOf('.') + 1);
};

/**
 * A mapping that follows documents. Most rules name nothing that documents can bring: they share the mapping of their indices,
 * and only what they ask for is looked for in documents.
 */
export function growingFrom(base: Growable): GrowingMapping {
  const seen = new SeenNames();
  let mapping: Mapping = {
    field(name) {
      if (!base.lists(name)) seen.at(name);
      return base.field(name);
    },
    matching(pattern) {
      seen.beginning(objectOf(pattern));
      return base.matching(pattern);
    },
    names: () => base.names(),
    multiFields: (name) => base.multiFields(name),
    analyzer: (name) => base.analyzer(name),
    mayFit: (pattern) => base.mayFit?.(pattern) === true,
    describe: () => base.describe(),
  };
  return {
    get mapping() {
      return mapping;
    },
    get watching() {
      return seen.watching;
    },
    add(events: readonly Event[]) {
      if (!seen.add(events)) return false;
      mapping = base.with(seen);
      return true;
    },
  };
}
