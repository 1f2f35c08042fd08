import { builtInAnalyzer } from './analysis/index.ts';
import { ClosedMapping } from './closed-mapping.ts';
import { DEFAULT_FORMAT } from './dates/index.ts';
import type { AnalyzerDefinition, Field, FieldType, IndexOptions, Mapping } from './mapping.ts';

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

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What decides in which fields text without a field is looked for, and how. */
const OF_QUERIES = ['defaultField', 'queryStringLenient'] as const;

/**
 * What all of the indices say alike; of limits, the lowest. Where they differ in what a query means, nothing stands for all of
 * them: `differing` names it, so that a query that depends on it fails.
 */
function mergeOptions(mappings: readonly Mapping[]): IndexOptions {
  const all = mappings.map((mapping) => mapping.options ?? {});
  const [first = {}, ...others] = all;
  const agreed = Object.fromEntries(
    Object.entries(first).filter(([key, value]) =>
      others.every((other) => same(Object.entries(other).find(([name]) => name === key)?.[1], value)),
    ),
  ) as IndexOptions;
  const lowest = (of: (options: IndexOptions) => number | undefined): number =>
    Math.min(...all.map((options) => of(options) ?? Infinity));
  const maxRegexLength = lowest((options) => options.maxRegexLength);
  const maxTermsCount = lowest((options) => options.maxTermsCount);
  const differing = OF_QUERIES.filter((key) => others.some((other) => !same(other[key], first[key])));
  return {
    ...agreed,
    ...(maxRegexLength === Infinity ? {} : { maxRegexLength }),
    ...(maxTermsCount === Infinity ? {} : { maxTermsCount }),
    ...(differing.length === 0 ? {} : { differing }),
  };
}

const ANALYZERS = ['analyzer', 'searchAnalyzer', 'searchQuoteAnalyzer'] as const;

/** Analyzers of all indices under one name each: two indices may mean different ones by the same name. */
class Analyzers {
  readonly #known = new Map<string, AnalyzerDefinition | undefined>();

  #nameOf(name: string, mapping: Mapping): string {
    const definition = mapping.analyzer(name) ?? builtInAnalyzer(name);
    for (let n = 1; ; n++) {
      const free = n === 1 ? name : `${name} (${n})`;
      if (!this.#known.has(free)) this.#known.set(free, definition);
      if (same(this.#known.get(free), definition)) return free;
    }
  }

  /** The field with names that stand for its own analyzers. */
  own(field: Field, mapping: Mapping): Field {
    let made = field;
    for (const key of ANALYZERS) {
      const name = field[key];
      const unique = name === undefined ? undefined : this.#nameOf(name, mapping);
      if (unique !== undefined && unique !== name) made = { ...made, [key]: unique };
    }
    return made;
  }

  get(name: string): AnalyzerDefinition | undefined {
    return this.#known.get(name);
  }
}

/** The constant of a field in each index, where they are not all the same. */
function constantsOf(name: string, mappings: readonly Mapping[], indices: readonly string[]): Pick<Field, 'constants'> {
  const values = mappings.map((mapping) => mapping.field(name)?.constant);
  if (values.every((value) => value === values[0])) return {};
  const byIndex = new Map(indices.map((index, at) => [index, values[at]]));
  return { constants: (index) => byIndex.get(index) };
}

/**
 * The union of the mappings of several indices, as field caps gives it: a field that has types of different families in
 * them says so in `conflictsWith`. `indices`: their names, where they are known.
 */
export function mergeMappings(mappings: readonly Mapping[], indices: readonly string[] = []): Mapping {
  const merged = new Map<string, Field>();
  const analyzers = new Analyzers();
  for (const mapping of mappings)
    for (const name of mapping.names()) {
      const field = mapping.field(name);
      if (field === undefined) continue;
      const known = merged.get(name);
      if (known === undefined) merged.set(name, analyzers.own(field, mapping));
      else if (familyOf(known.type) !== familyOf(field.type))
        merged.set(name, { ...known, conflictsWith: [...(known.conflictsWith ?? []), field.type] });
      else if (known.format !== field.format) merged.set(name, { ...known, format: eitherFormat(known, field) });
    }
  for (const [name, field] of [...merged]) {
    if (field.type === 'constant_keyword') merged.set(name, { ...field, ...constantsOf(name, mappings, indices) });
    for (let at = name.indexOf('.'); at > 0; at = name.indexOf('.', at + 1)) {
      const parent = name.slice(0, at);
      if (merged.has(parent)) continue;
      const container = mappings.map((mapping) => mapping.field(parent)).find((field) => field !== undefined);
      if (container !== undefined) merged.set(parent, container);
    }
  }
  return new ClosedMapping(
    merged,
    (name) => analyzers.get(name) ?? mappings.map((one) => one.analyzer(name)).find((one) => one !== undefined),
    mergeOptions(mappings),
  );
}
