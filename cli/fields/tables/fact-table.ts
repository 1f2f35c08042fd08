import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { NameTable, readFacts } from './facts.ts';
import { templatesOf, type Template } from './templates.ts';

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const wordsOf = (value: Json | undefined): readonly string[] =>
  text(value)
    .split(' ')
    .filter((word) => word !== '');

/** What the templates of some data streams say, beside the types that they list. */
export interface StreamFacts {
  /** The fields that they list. */
  readonly names: NameTable;
  /** What they make of names that they do not list. */
  readonly templates: readonly Template[];
  /**
   * Fields of ECS that each of them lists itself, as far as their `ignore_above` is another then or they can refuse a query: a
   * text for each, with a space before and after each name. Few of them are ever asked for.
   */
  readonly ecs: readonly string[];
  /** True: `dynamic: false`, what they do not list is not mapped. */
  readonly fixed: boolean;
}

/** A fact table of one package, beat or product, read on first use and kept: a run reads only the tables it touches. */
export class FactTable {
  readonly source: string;
  readonly version: string;
  readonly #raw: JsonObject;
  readonly #streams = new Map<string, StreamFacts>();
  readonly #limits: NameTable | undefined;
  readonly #unindexed: ReadonlySet<string>;
  readonly #disabled: readonly string[];

  constructor(raw: JsonObject) {
    this.#raw = raw;
    this.source = text(own(raw, 'source'));
    this.version = text(own(raw, 'version'));
    const limits = own(raw, 'limits');
    this.#limits = limits === undefined ? undefined : new NameTable();
    this.#limits?.add(limits);
    this.#unindexed = new Set(wordsOf(own(raw, 'unindexed')));
    this.#disabled = wordsOf(own(raw, 'disabled'));
  }

  #member(key: string): JsonObject {
    const found = own(this.#raw, key);
    return isJsonObject(found) ? found : {};
  }

  streamNames(): readonly string[] {
    return Object.keys(this.#member('streams'));
  }

  /** The facts of the given data streams together, with what all streams have in common. */
  streams(streams: readonly string[] = this.streamNames()): StreamFacts {
    const key = streams.join(' ');
    let facts = this.#streams.get(key);
    if (facts === undefined) this.#streams.set(key, (facts = this.#read(streams)));
    return facts;
  }

  #read(streams: readonly string[]): StreamFacts {
    const names = new NameTable();
    const [listed, open, declared] = [this.#member('streams'), this.#member('open'), this.#member('ecs')];
    for (const stream of streams) names.add(own(listed, stream));
    names.add(own(this.#raw, 'common'));
    const fixed = wordsOf(own(this.#raw, 'fixed'));
    return {
      names,
      templates: [...streams, '*'].flatMap((stream) => templatesOf(own(open, stream))),
      ecs: streams.map((stream) => ` ${text(own(declared, stream))} ${text(own(declared, '*'))} `),
      fixed: fixed.includes('*') || (streams.length > 0 && streams.every((stream) => fixed.includes(stream))),
    };
  }

  /** `ignore_above` of a field that has another one than its kind of template sets. */
  limit(name: string): number | undefined {
    const limit = this.#limits?.typeOf(name);
    return limit === undefined ? undefined : Number(limit);
  }

  get keepsApart(): boolean {
    return this.#unindexed.size > 0 || this.#disabled.length > 0;
  }

  /** Whether a field is kept without being searchable: `unindexed` itself, `disabled` with all that is below it. */
  apart(name: string): 'unindexed' | 'disabled' | undefined {
    if (this.#unindexed.has(name)) return 'unindexed';
    const isDisabled = this.#disabled.some((root) => name.startsWith(root) && (name.length === root.length || name[root.length] === '.')); // prettier-ignore
    return isDisabled ? 'disabled' : undefined;
  }
}

const tables = new Map<string, FactTable | undefined>();

/** The table of that file, such as `packages/endpoint.json`; undefined when there is none. */
export function factTable(name: string): FactTable | undefined {
  if (!tables.has(name)) {
    const raw = readFacts(name);
    tables.set(name, raw === undefined ? undefined : new FactTable(raw));
  }
  return tables.get(name);
}
