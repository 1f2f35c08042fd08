import type { Dynamic, Field } from '../mapping.ts';
import { isList } from '../values/collect.ts';
import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';
import { isOrdinary, SKIPPED, type Place } from './place.ts';
import type { Run } from './run.ts';

/** `index.mapping.nested_objects.limit` of an index that sets none. */
const NESTED_LIMIT = 10_000;

/** A name of the mapping where objects are written, nested ones too; its members are found when a document has them. */
export class ObjectPlace implements Place {
  /** Path of the object; empty at the root. */
  readonly path: string;
  /** What happens to names that it does not have. */
  readonly dynamic: Dynamic;
  readonly #type: Pick<Field, 'typeName' | 'open'>;
  readonly #member: (object: ObjectPlace, key: string) => Place;
  readonly #nestedLimit: number;
  readonly #members = new Map<string, Place>();

  constructor(
    member: (object: ObjectPlace, key: string) => Place,
    path: string,
    dynamic: Dynamic,
    type: Pick<Field, 'typeName' | 'open'>,
    nestedLimit = NESTED_LIMIT,
  ) {
    this.path = path;
    this.dynamic = dynamic;
    this.#type = type;
    this.#member = member;
    this.#nestedLimit = nestedLimit;
  }

  take(value: Json, run: Run): void {
    if (value === null) return;
    if (isList(value)) run.each(value, this.path, this);
    else if (isJsonObject(value)) {
      if (this.#type.typeName === 'nested' && run.countNested() === this.#nestedLimit + 1)
        run.refuse({ path: this.path, value, typeName: 'nested', effect: 'rejected', why: `one nested object more than the ${this.#nestedLimit} of a document` }); // prettier-ignore
      if (!run.enter(value, this.path)) return;
      this.members(value, run);
      run.leave();
    } else {
      const { typeName, open } = this.#type;
      const effect = open === true ? 'depends' : 'rejected';
      run.refuse({ path: this.path, value, typeName, effect, why: 'a value, not an object' });
    }
  }

  /** The path of a name below. */
  below(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  protected members(object: JsonObject, run: Run): void {
    for (const key of Object.keys(object)) {
      const place = this.member(key);
      const value = object[key];
      if (value === undefined || place === SKIPPED || (place.takesOrdinary === true && isOrdinary(value))) continue;
      place.take(value, run);
    }
  }

  /** What a key stands for. */
  member(key: string): Place {
    let place = this.#members.get(key);
    if (place === undefined) this.#members.set(key, (place = this.#member(this, key)));
    return place;
  }
}
