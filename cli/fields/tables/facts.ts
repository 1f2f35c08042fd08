import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../text/package-root.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';

/** A fact table of schemas/fields/, read on first use and kept: a run reads only the tables that its rules touch. */
export interface FactFile {
  readonly source: string;
  readonly version: string;
  /** Names and types by data stream; `common` is what all streams have. */
  streamNames(): readonly string[];
  /** Name → type as the table writes it, for the given streams together (`undefined`: all). */
  fields(streams?: readonly string[]): ReadonlyMap<string, string>;
  /** Types of the members of an `object` field, where the package says so. */
  member(name: string): string | undefined;
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export function readFacts(name: string): JsonObject | undefined {
  const path = join(packageRoot(), 'schemas', 'fields', name);
  if (!existsSync(path)) return undefined;
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return isJsonObject(parsed) ? parsed : undefined;
}

/** Adds `{type: "name name …"}` to a map; what is there already stays. */
export function addNames(into: Map<string, string>, grouped: Json | undefined): void {
  if (!isJsonObject(grouped)) return;
  for (const type of Object.keys(grouped))
    for (const name of text(own(grouped, type)).split(' ')) if (name !== '' && !into.has(name)) into.set(name, type);
}

class FactTable implements FactFile {
  readonly source: string;
  readonly version: string;
  readonly #raw: JsonObject;
  readonly #cache = new Map<string, ReadonlyMap<string, string>>();

  constructor(raw: JsonObject) {
    this.#raw = raw;
    this.source = text(own(raw, 'source'));
    this.version = text(own(raw, 'version'));
  }

  get #streams(): JsonObject {
    const streams = own(this.#raw, 'streams');
    return isJsonObject(streams) ? streams : {};
  }

  streamNames(): readonly string[] {
    return Object.keys(this.#streams);
  }

  fields(streams: readonly string[] = this.streamNames()): ReadonlyMap<string, string> {
    const key = streams.join(' ');
    let fields = this.#cache.get(key);
    if (fields === undefined) {
      const made = new Map<string, string>();
      for (const stream of streams) addNames(made, own(this.#streams, stream));
      addNames(made, own(this.#raw, 'common'));
      this.#cache.set(key, (fields = made));
    }
    return fields;
  }

  member(name: string): string | undefined {
    const members = own(this.#raw, 'members');
    if (!isJsonObject(members)) return undefined;
    for (const stream of Object.keys(members)) {
      const types = own(members, stream);
      const type = isJsonObject(types) ? own(types, name) : undefined;
      if (typeof type === 'string') return type;
    }
    return undefined;
  }
}

const tables = new Map<string, FactFile | undefined>();

/** The table of that file, such as `packages/endpoint.json`; undefined when there is none. */
export function factTable(name: string): FactFile | undefined {
  if (!tables.has(name)) {
    const raw = readFacts(name);
    tables.set(name, raw === undefined ? undefined : new FactTable(raw));
  }
  return tables.get(name);
}
