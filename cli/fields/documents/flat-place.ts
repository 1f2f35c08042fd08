import { isList } from '../values/collect.ts';
import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';
import { ObjectPlace } from './object-place.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';

/** What the names of a flat object stand for: whole ones, dots included. */
export interface FlatNames {
  /** Why a key right below the object is no name. */
  fault(key: string): Place | undefined;
  /** The field of this name; `unknown` for a name that the mapping does not have. */
  field(name: string): Place;
  /** Whether the field takes objects as its values. */
  takesObjects(name: string): boolean;
  unknown(name: string): Place | undefined;
}

/**
 * An object with `subobjects: false`, or a root with it: the names below keep their dots, and objects are read as such names,
 * so that `{"a": {"b": 1}}` is `a.b`, beside a value of `a`
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/DocumentParser.java, FlatteningXContentParser.java).
 */
export class FlatPlace extends ObjectPlace {
  readonly #names: FlatNames;

  constructor(names: FlatNames, ...object: ConstructorParameters<typeof ObjectPlace>) {
    super(...object);
    this.#names = names;
  }

  protected override members(object: JsonObject, run: Run): void {
    for (const [key, value] of Object.entries(object)) {
      const fault = this.#names.fault(key);
      if (fault === undefined || (isJsonObject(value) && key !== '')) this.write(key, value, run);
      else fault.take(value, run);
    }
  }

  /** Writes a value under a whole name. */
  write(name: string, value: Json, run: Run): void {
    const unknown = this.#names.unknown(name);
    const makes = this.dynamic === 'true' || this.dynamic === 'runtime';
    if (unknown !== undefined && !isJsonObject(value) && !(makes && isList(value))) unknown.take(value, run);
    else if (isJsonObject(value) && !this.#names.takesObjects(name)) {
      if (unknown !== undefined && this.dynamic === 'strict') unknown.take(value, run);
      else if (run.enter(value, this.below(name))) {
        for (const [key, inner] of Object.entries(value)) this.write(`${name}.${key}`, inner, run);
        run.leave();
      }
    } else if (isList(value) && !this.#names.takesObjects(name)) {
      if (!run.enter(value, this.below(name))) return;
      for (const item of value) this.write(name, item, run);
      run.leave();
    } else this.#names.field(name).take(value, run);
  }
}
