import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import type { Event } from '../../fields/event.ts';
import type { Field, Mapping } from '../../fields/mapping.ts';
import type { FieldNumber } from '../../fields/numbers.ts';
import { compileGetter } from '../../fields/values/getter.ts';
import { compileReader, indexValue, sourcePaths } from '../../fields/values/indexed.ts';
import { IndexWriter } from '../../fields/documents/index.ts';
import { readable } from '../../fields/documents/readable.ts';
import { Unsupported } from '../../query/failure.ts';
import { compilePredicate } from '../../query/run/predicate.ts';
import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { parseJsonSpelled } from '../../text/parse-json.ts';
import { isRefused, type Answer, type Refused, type SourceDocument } from './answer.ts';
import { queryOf, type Question } from './question.ts';

/** What an engine that crashes says; never the same as a refusal. */
export const CRASH = 'crash: ';

interface DatesHeld {
  readonly min: FieldNumber;
  readonly max: FieldNumber;
}

/** Our engine, asked as a server is: an index with a mapping, documents that it takes or refuses, queries. */
export class OurIndex {
  readonly #writer: IndexWriter;
  readonly #events: Event[] = [];
  /** By field; of how many documents. */
  readonly #dates = new Map<string, { readonly of: number; readonly held: DatesHeld | undefined }>();

  /** Names of fields that documents have. */
  readonly #held = new Set<string>();

  readonly #stack: string | undefined;

  private constructor(mapping: Mapping, stack: string | undefined) {
    this.#writer = new IndexWriter(mapping);
    this.#stack = stack;
  }

  /** The mapping after the documents so far. */
  get mapping(): Mapping {
    return this.#writer.mapping;
  }

  /**
   * The index, or why the mapping or the settings (JSON texts) are refused. `stack`: the version of Elasticsearch whose behaviour
   * is followed.
   */
  static create(mapping: string, settings = '{}', stack?: string): OurIndex | Refused {
    return attempt(() => new OurIndex(mappingFromElasticsearch(read(mapping), read(settings), { stack }), stack));
  }

  /** Indexes documents. Those that are refused, by id; no query finds them. */
  index(documents: readonly SourceDocument[]): ReadonlyMap<string, Refused> {
    const refused = new Map<string, Refused>();
    for (const { id, source } of documents) {
      const taken = attempt(() => this.#take(id, source));
      if (isRefused(taken)) refused.set(id, taken);
    }
    return refused;
  }

  #take(id: string, text: string): undefined {
    const source = read(text);
    if (!isJsonObject(source)) throw new KnownError('a document is an object');
    const rejected = this.#writer.add(source).find(({ effect }) => effect === 'rejected');
    if (rejected !== undefined) throw new KnownError(`${rejected.path}: ${rejected.why}`);
    this.#events.push({ index: '', id, source: readable(source), ordinal: this.#events.length });
  }

  /** The source of a document that was taken. */
  source(id: string): JsonObject | undefined {
    return this.#events.find((event) => event.id === id)?.source;
  }

  /** Whether any document has the field: a server leaves others out where a pattern stands for fields. */
  #fieldHeld(field: Field): boolean {
    if (field.runtime === true || field.type === 'constant_keyword' || this.#held.has(field.name)) return true;
    const read = compileReader(field);
    const held = this.#events.some(({ source }) => read(source).length > 0);
    if (held) this.#held.add(field.name);
    return held;
  }

  /** The least and the greatest date of a field, those of nested objects too: a server knows them of its index. */
  #datesHeld(field: Field): DatesHeld | undefined {
    if (field.unread === true) return undefined;
    const known = this.#dates.get(field.name);
    if (known !== undefined && known.of === this.#events.length) return known.held;
    const getters = sourcePaths(field).map((path) => compileGetter(path));
    const dates = this.#events.flatMap(({ source }) =>
      getters.flatMap((get) => get(source)).flatMap((raw) => {
        const value = raw === null ? field.nullValue : raw;
        const held = value === undefined || value === null ? undefined : indexValue(field, value);
        return typeof held === 'number' || typeof held === 'bigint' ? [held] : [];
      }),
    ); // prettier-ignore
    const [first] = dates;
    const held =
      first === undefined
        ? undefined
        : {
            min: dates.reduce((least, one) => (one < least ? one : least), first),
            max: dates.reduce((most, one) => (one > most ? one : most), first),
          };
    this.#dates.set(field.name, { of: this.#events.length, held });
    return held;
  }

  /** Ids of the documents that a query finds, in the order in which they were indexed. `now`: epoch milliseconds. */
  search(question: Question, now: number): Answer {
    return attempt(() => {
      const { mapping } = this;
      const stack = this.#stack;
      const datesHeld = (field: Field): DatesHeld | undefined => this.#datesHeld(field);
      const fieldHeld = (field: Field): boolean => this.#fieldHeld(field);
      const context = { mapping, now, datesHeld, fieldHeld, ...(stack === undefined ? {} : { stack }) };
      const test = compilePredicate(queryOf(question, mapping), context);
      return this.#events.filter(test).map(({ id }) => id);
    });
  }
}

const read = (text: string): Json => parseJsonSpelled(text).value as Json;

/** Does something; what throws is a refusal, or a crash that is named as one. */
function attempt<T>(act: () => T): T | Refused {
  try {
    return act();
  } catch (error) {
    if (error instanceof Unsupported) return { refused: error.message, unsupported: true };
    if (error instanceof KnownError) return { refused: error.message };
    return { refused: `${CRASH}${String(error).slice(0, 200)}` };
  }
}
