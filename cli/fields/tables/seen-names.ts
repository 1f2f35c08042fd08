import type { Event } from '../event.ts';
import { compileGetter, type Getter } from '../values/getter.ts';
import { isList } from '../values/collect.ts';
import { isJsonObject, NumberToken, type Json, type JsonObject } from '../../text/json.ts';
import type { Kind } from './templates.ts';

/** What the first document of an index that has a value at a name says of it. */
export interface Seen {
  readonly index: string;
  readonly kind: Kind;
  readonly value: Json;
}

/** Names that are kept, as many as Fleet lets an index have: `index.mapping.total_fields.limit`. */
const MAX_NAMES = 10_000;

/** The kind of a value as dynamic mapping tells them apart; undefined: a null. */
function kindOf(value: Json): Kind | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
  return value instanceof NumberToken ? (value.whole ? 'long' : 'double') : undefined;
}

/**
 * The names that documents bring, and what kind of value they bring first: dynamic mapping makes a field of it then and
 * there, one for each index. Only names that somebody has asked for are looked for, and all that begin as asked for.
 */
export class SeenNames {
  readonly #events: readonly Event[];
  readonly #asked = new Map<string, Getter>();
  readonly #prefixes = new Set<string>();
  readonly #seen = new Map<string, Map<string, Seen>>();
  readonly #indices = new Set<string>();

  /** `events`: documents that are there already. */
  constructor(events: readonly Event[] = []) {
    this.#events = events;
    for (const { index } of events) this.#indices.add(index);
  }

  /** The indices that there are. */
  get indices(): ReadonlySet<string> {
    return this.#indices;
  }

  /** Whether anybody has asked for anything. */
  get watching(): boolean {
    return this.#asked.size > 0 || this.#prefixes.size > 0;
  }

  /** One for each index that has a value at this name. */
  at(name: string): readonly Seen[] {
    this.#ask(name);
    return [...(this.#seen.get(name)?.values() ?? [])];
  }

  /** In one index. */
  in(index: string, name: string): Seen | undefined {
    this.#ask(name);
    return this.#seen.get(name)?.get(index);
  }

  #ask(name: string): void {
    if (this.#asked.has(name) || this.#isWalked(name)) return;
    const get = compileGetter(name);
    this.#asked.set(name, get);
    for (const event of this.#events) this.#look(name, get, event);
  }

  #isWalked(name: string): boolean {
    for (const prefix of this.#prefixes) if (name.startsWith(prefix)) return true;
    return false;
  }

  /** The names of values that begin so. */
  beginning(prefix: string): readonly string[] {
    if (!this.#prefixes.has(prefix)) {
      this.#prefixes.add(prefix);
      for (const event of this.#events) this.#walk(event.source, '', prefix, event.index);
    }
    return [...this.#seen.keys()].filter((name) => name.startsWith(prefix));
  }

  /** More documents. Whether they change what has been answered. */
  add(events: readonly Event[]): boolean {
    let changed = false;
    for (const event of events) {
      // The fields of one more index may fit a pattern.
      if (!this.#indices.has(event.index)) {
        this.#indices.add(event.index);
        if (this.#prefixes.size > 0) changed = true;
      }
      for (const [name, get] of this.#asked) if (this.#look(name, get, event)) changed = true;
      for (const prefix of this.#prefixes) if (this.#walk(event.source, '', prefix, event.index)) changed = true;
    }
    return changed;
  }

  #look(name: string, get: Getter, { index, source }: Event): boolean {
    if (this.#seen.get(name)?.has(index) === true) return false;
    for (const value of get(source)) if (this.#note(name, index, value)) return true;
    return false;
  }

  /** Notes the values below an object whose names begin so. */
  #walk(object: JsonObject, path: string, prefix: string, index: string): boolean {
    let changed = false;
    for (const key of Object.keys(object)) {
      const name = path + key;
      const value = object[key] ?? null;
      if (name.startsWith(prefix) || prefix.startsWith(`${name}.`))
        changed = this.#enter(value, name, prefix, index) || changed;
    }
    return changed;
  }

  #enter(value: Json, name: string, prefix: string, index: string): boolean {
    if (isList(value))
      return value.reduce<boolean>((any, item) => this.#enter(item, name, prefix, index) || any, false);
    if (isJsonObject(value)) return this.#walk(value, `${name}.`, prefix, index);
    return name.startsWith(prefix) && this.#note(name, index, value);
  }

  #note(name: string, index: string, value: Json): boolean {
    const kind = kindOf(value);
    let seen = this.#seen.get(name);
    if (kind === undefined || seen?.has(index) === true) return false;
    if (seen === undefined) {
      if (this.#seen.size >= MAX_NAMES) return false;
      this.#seen.set(name, (seen = new Map<string, Seen>()));
    }
    seen.set(index, { index, kind, value });
    return true;
  }
}
