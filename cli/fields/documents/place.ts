import { isList } from '../values/collect.ts';
import { isJsonObject, type Json } from '../../text/json.ts';
import { MAX_TERM } from './flattened-value.ts';
import type { Run } from './run.ts';

/** What stands at one path of a mapping, and what it makes of the values that documents have there. */
export interface Place {
  /** True: `isOrdinary` values are taken as they are, so that nobody needs to offer them. */
  readonly takesOrdinary?: boolean;
  /** `inList`: the value is an item of a list. */
  take(value: Json, run: Run, inList?: boolean): void;
}

/** No string of that many UTF-16 units is longer than a term may be. */
const ORDINARY_LENGTH = Math.floor(MAX_TERM / 3);

/** A number, a boolean, or a string that makes no term too long: most values of most documents. */
export const isOrdinary = (value: Json): boolean =>
  typeof value === 'string' ? value.length <= ORDINARY_LENGTH : typeof value === 'number' || typeof value === 'boolean';

/** Nothing is looked at: names that the mapping does not have, `enabled: false`. */
export const SKIPPED: Place = { take: () => undefined };

/** Whatever is written here refuses the document. */
export class RefusedPlace implements Place {
  readonly #path: string;
  readonly #why: string;

  constructor(path: string, why: string) {
    this.#path = path;
    this.#why = why;
  }

  take(value: Json, run: Run): void {
    run.refuse({ path: this.#path, value, effect: 'rejected', why: this.#why });
  }
}

/** Each value that is written here refuses the document; a list without values writes none. */
export class UnwritablePlace implements Place {
  readonly #path: string;
  readonly #refused: RefusedPlace;

  constructor(path: string, why: string) {
    this.#path = path;
    this.#refused = new RefusedPlace(path, why);
  }

  take(value: Json, run: Run): void {
    if (isList(value)) run.each(value, this.#path, this);
    else this.#refused.take(value, run);
  }
}

/** A key that reaches below a field with values: `{"a.b": 1}` for a field `a` is an object there. */
export class Below implements Place {
  readonly #field: Place;
  readonly #key: string;

  constructor(field: Place, key: string) {
    this.#field = field;
    this.#key = key;
  }

  take(value: Json, run: Run): void {
    this.#field.take({ [this.#key]: value }, run);
  }
}

/** A runtime field keeps the values at its name from being new, but not objects in their place. */
export class RuntimePlace implements Place {
  readonly #path: string;
  readonly #unknown: Place;

  constructor(path: string, unknown: Place) {
    this.#path = path;
    this.#unknown = unknown;
  }

  take(value: Json, run: Run): void {
    if (isList(value)) run.each(value, this.#path, this);
    else if (isJsonObject(value)) this.#unknown.take(value, run);
  }
}
