import type { AnalyzerDefinition, Field, FieldType, IndexOptions, Mapping, NewField } from './mapping.ts';
import { metadataField } from './metadata-fields.ts';
import { compileStars } from './patterns/wildcard.ts';

const CONTAINERS = new Set<FieldType>(['object', 'nested']);

/** A mapping that is known whole: no dynamic fields. */
export class ClosedMapping implements Mapping {
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #analyzer: Mapping['analyzer'];
  readonly #grow: ((fields: readonly NewField[], constants: ReadonlyMap<string, string>) => Mapping) | undefined;

  readonly options: IndexOptions;

  /** `grow`: the mapping of an index with what its documents have made. */
  constructor(
    fields: ReadonlyMap<string, Field>,
    analyzer: Mapping['analyzer'],
    options: IndexOptions = {},
    grow?: (fields: readonly NewField[], constants: ReadonlyMap<string, string>) => Mapping,
  ) {
    this.#fields = fields;
    this.#analyzer = analyzer;
    this.options = options;
    this.#grow = grow;
  }

  get size(): number {
    return this.#fields.size;
  }

  grown(fields: readonly NewField[], constants: ReadonlyMap<string, string> = new Map()): Mapping {
    return this.#grow?.(fields, constants) ?? this;
  }

  field(name: string): Field | undefined {
    const exact = this.#fields.get(name);
    if (exact !== undefined) return exact;
    for (let at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) {
      const above = this.#fields.get(name.slice(0, at));
      if (above?.type === 'flattened') return { ...above, name, typeName: 'flattened key', flattenedRoot: above.name };
      if (above !== undefined) return undefined;
    }
    return metadataField(name);
  }

  matching(pattern: string): readonly Field[] {
    const fits = compileStars(pattern);
    return [...this.#fields.values()].filter((field) => !CONTAINERS.has(field.type) && fits(field.name));
  }

  names(): readonly string[] {
    return [...this.#fields.values()]
      .filter((field) => !CONTAINERS.has(field.type))
      .map((field) => field.name)
      .sort();
  }

  multiFields(name: string): readonly Field[] {
    return [...this.#fields.values()].filter((field) => field.multiFieldOf === name);
  }

  analyzer(name: string): AnalyzerDefinition | undefined {
    return this.#analyzer(name);
  }

  describe(): readonly string[] {
    return [`${this.names().length} declared fields`];
  }
}
