import type { Mapping } from '../mapping.ts';
import { compileGetter } from '../values/getter.ts';
import type { JsonObject } from '../../text/json.ts';
import { Constants } from './constants.ts';
import { NewFields } from './dynamic/new-fields.ts';
import type { Closeness } from './field-place.ts';
import { Places } from './places.ts';
import { rejects, type Refusal } from './refusal.ts';
import { Run } from './run.ts';

const places = { all: new WeakMap<Mapping, Places>(), refusals: new WeakMap<Mapping, Places>() };

/** The places of a mapping are made once: there are tens of thousands of names behind a rule. */
function placesOf(mapping: Mapping, closeness: Closeness): Places {
  let known = places[closeness].get(mapping);
  if (known === undefined) places[closeness].set(mapping, (known = new Places(mapping, closeness)));
  return known;
}

/** New fields bring new targets of copies, which are new fields again: no more than so often. */
const MAX_ROUNDS = 20;

const timestamps = compileGetter('@timestamp');

/**
 * One index, as its documents are written in order: which of them it refuses, and what those that it takes make of its mapping:
 * fields, where its `dynamic` says so, and the value of each constant that has none.
 */
export class IndexWriter {
  #mapping: Mapping;
  readonly #closeness: Closeness;
  readonly #constants = new Constants();

  /** `refusals`: only what refuses a document as a whole is looked at, which takes half the time. */
  constructor(mapping: Mapping, closeness: Closeness = 'all') {
    this.#mapping = mapping;
    this.#closeness = closeness;
  }

  /** The mapping after the documents so far. */
  get mapping(): Mapping {
    const { kept } = this.#constants;
    return kept.size === 0 ? this.#mapping : (this.#mapping.grown?.([], kept) ?? this.#mapping);
  }

  constant(path: string): string | undefined {
    return this.#constants.kept.get(path);
  }

  /**
   * Writes a document, and gives what the index does not take of it as its author wrote it: a date that is none, text in a number,
   * an object where a value belongs, a name that is none. Queries do not find such values here either. Fields that the mapping only
   * assumes, and unmapped ones, take anything. Values above `ignore_above` are not listed: they are kept on purpose.
   */
  add(source: JsonObject): readonly Refusal[] {
    let mapping = this.#mapping;
    const leftOut = new Set<string>();
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const { options = {}, size } = mapping;
      const news = size === undefined ? undefined : new NewFields(options, size, leftOut);
      const run = new Run(this.#constants, news);
      if (options.timestampRequired === true) checkTimestamp(source, run);
      placesOf(mapping, this.#closeness).root.take(source, run);
      const made = news?.made ?? [];
      const refused = rejects(run.refusals);
      if (!refused && made.length > 0) {
        this.#constants.settle(false);
        mapping = mapping.grown?.(made) ?? mapping;
        continue;
      }
      this.#constants.settle(!refused);
      if (!refused) this.#mapping = mapping;
      return [...run.refusals, ...[...leftOut].map(beyond)];
    }
    throw new Error('a document makes new fields without an end');
  }
}

const beyond = (path: string): Refusal => ({
  path,
  value: null,
  effect: 'ignored',
  why: 'a new field for which the mapping has no room',
});

/** elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/DataStreamTimestampFieldMapper.java postParse */
function checkTimestamp(source: JsonObject, run: Run): void {
  const values = timestamps(source).filter((value) => value !== null);
  if (values.length === 1) return;
  run.refuse({
    path: '@timestamp',
    value: values.length === 0 ? null : values,
    typeName: 'date',
    effect: 'rejected',
    why: values.length === 0 ? 'missing in a data stream' : 'more than one time in a data stream',
  });
}
