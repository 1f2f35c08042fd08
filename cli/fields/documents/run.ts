import type { Json } from '../../text/json.ts';
import type { Constants } from './constants.ts';
import type { NewFields } from './dynamic/new-fields.ts';
import type { Place } from './place.ts';
import type { Refusal } from './refusal.ts';

/** Lists and objects inside each other that Elasticsearch's reader of JSON takes (jackson-core: StreamReadConstraints). */
export const MAX_DEPTH = 1000;

/** One way through a document. */
export class Run {
  readonly refusals: Refusal[] = [];
  /** What the documents before have made of the constants of the index. */
  readonly constants: Constants;
  /** The fields that the document makes; undefined: it makes none. */
  readonly news: NewFields | undefined;
  #depth = 0;
  #nested = 0;

  constructor(constants: Constants, news?: NewFields) {
    this.constants = constants;
    this.news = news;
  }

  /** Counts a nested object. */
  countNested(): number {
    return ++this.#nested;
  }

  refuse(refusal: Refusal): void {
    this.refusals.push(refusal);
  }

  /** Takes the items of a list; lists in lists are one list. */
  each(list: readonly Json[], path: string, place: Place): void {
    if (!this.enter(list, path)) return;
    for (const item of list) place.take(item, this, true);
    this.leave();
  }

  /** Goes one list or object down; false: no further. */
  enter(value: Json, path: string): boolean {
    if (this.#depth === MAX_DEPTH) {
      this.refuse({ path, value, effect: 'rejected', why: `inside more than ${MAX_DEPTH} lists and objects` });
      return false;
    }
    this.#depth++;
    return true;
  }

  leave(): void {
    this.#depth--;
  }
}
