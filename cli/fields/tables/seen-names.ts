import type { Event } from '../event.ts';
import { compileGetter } from '../values/getter.ts';
import { isJsonObject, NumberToken, type Json, type JsonObject } from '../../text/json.ts';
import type { Kind } from './templates.ts';

/** What the first document of an index that has a value at a name says of it. */
export interface Seen {
  readonly index: string;
  readonly kind: Kind;
}

const NONE: readonly Seen[] = [];

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The kind of a value as dynamic mapping tells them apart; undefined: a null, or nothing. */
function kindOf(value: Json | undefined): Kind | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
  if (value instanceof NumberToken) return value.whole ? 'long' : 'double';
  return undefined;
}

/**
 * The names that documents bring, and what kind of value they bring first: dynamic mapping makes a field of it then and
 * there, one for each index. Nothing is read before somebody asks.
 */
export class SeenNames {
  readonly #events: readonly Event[];
  readonly #at = new Map<string, readonly Seen[]>();
  #all: readonly string[] | undefined;

  constructor(events: readonly Event[]) {
    this.#events = events;
  }

  /** One for each index that has a value at this name. */
  at(name: string): readonly Seen[] {
    let seen = this.#at.get(name);
    if (seen === undefined) this.#at.set(name, (seen = this.#read(name)));
    return seen;
  }

  #read(name: string): readonly Seen[] {
    const get = compileGetter(name);
    const found = new Map<string, Seen>();
    for (const { index, source } of this.#events) {
      if (found.has(index)) continue;
      const kind = get(source)
        .map(kindOf)
        .find((one) => one !== undefined);
      if (kind !== undefined) found.set(index, { index, kind });
    }
    return found.size === 0 ? NONE : [...found.values()];
  }

  /** All names that have a value in some document. */
  all(): readonly string[] {
    if (this.#all === undefined) {
      const names = new Set<string>();
      for (const { source } of this.#events) leaves(source, '', names);
      this.#all = [...names];
    }
    return this.#all;
  }
}

/** The names of the values below an object. Documents lie as deep as the reader of JSON lets them. */
function leaves(object: JsonObject, prefix: string, names: Set<string>): void {
  for (const [key, value] of Object.entries(object)) leaf(value, prefix + key, names);
}

function leaf(value: Json, name: string, names: Set<string>): void {
  if (isList(value)) for (const item of value) leaf(item, name, names);
  else if (isJsonObject(value)) leaves(value, `${name}.`, names);
  else if (value !== null) names.add(name);
}
