import { ClosedMapping } from './closed-mapping.ts';
import { DEFAULT_FORMAT } from './dates/index.ts';
import type { Field, FieldType, IndexOptions, Mapping } from './mapping.ts';

/** Families of types whose values can be compared with each other (elasticsearch: familyTypeName of the mapper classes). */
export function familyOf(type: FieldType): string {
  if (type === 'keyword' || type === 'wildcard' || type === 'constant_keyword') return 'keyword';
  if (type === 'text' || type === 'match_only_text') return 'text';
  return type;
}

/** Each index reads dates in its own format; over all of them, a date is what one of the formats reads. */
function eitherFormat(a: Field, b: Field): string {
  const formats = [a, b].flatMap(({ format }) => (format ?? DEFAULT_FORMAT).split('||'));
  return [...new Set(formats)].join('||');
}

/** What all of the indices say alike. */
function commonOptions(mappings: readonly Mapping[]): IndexOptions {
  const [first, ...others] = mappings.map((mapping) => mapping.options ?? {});
  const agreed = Object.entries(first ?? {}).filter(([key, value]) =>
    others.every(
      (other) => JSON.stringify(Object.entries(other).find(([name]) => name === key)?.[1]) === JSON.stringify(value),
    ),
  );
  return Object.fromEntries(agreed);
}

/**
 * The union of the mappings of several indices, as field caps gives it: a field that has types of different families in
 * them says so in `conflictsWith`.
 */
export function mergeMappings(mappings: readonly Mapping[]): Mapping {
  const merged = new Map<string, Field>();
  for (const mapping of mappings)
    for (const name of mapping.names()) {
      const field = mapping.field(name);
      if (field === undefined) continue;
      const known = merged.get(name);
      if (known === undefined) merged.set(name, field);
      else if (familyOf(known.type) !== familyOf(field.type))
        merged.set(name, { ...known, conflictsWith: [...(known.conflictsWith ?? []), field.type] });
      else if (known.format !== field.format) merged.set(name, { ...known, format: eitherFormat(known, field) });
    }
  for (const name of [...merged.keys()]) {
    for (let at = name.indexOf('.'); at > 0; at = name.indexOf('.', at + 1)) {
      const parent = name.slice(0, at);
      if (merged.has(parent)) continue;
      const container = mappings.map((mapping) => mapping.field(parent)).find((field) => field !== undefined);
      if (container !== undefined) merged.set(parent, container);
    }
  }
  return new ClosedMapping(
    merged,
    (name) => mappings.map((one) => one.analyzer(name)).find((one) => one !== undefined),
    commonOptions(mappings),
  );
}
