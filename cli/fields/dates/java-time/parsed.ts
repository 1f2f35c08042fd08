import type { Zone } from '../zones/zone.ts';
import type { TemporalField } from './field.ts';

/** What the elements of a format have found so far. A field that comes twice has to have the same value. */
export class Parsed {
  zone: Zone | undefined;
  readonly #names: TemporalField[] = [];
  readonly #values: number[] = [];

  /** Takes a value; false if the field has another one. */
  set(field: TemporalField, value: number): boolean {
    const at = this.#names.indexOf(field);
    if (at >= 0) return this.#values[at] === value;
    this.#names.push(field);
    this.#values.push(value);
    return true;
  }

  has(field: TemporalField): boolean {
    return this.#names.includes(field);
  }

  /** A point to come back to when an optional part does not fit. */
  mark(): number {
    return this.#names.length;
  }

  rewind(mark: number, zone: Zone | undefined): void {
    this.#names.length = this.#values.length = mark;
    this.zone = zone;
  }

  fields(): Map<TemporalField, number> {
    return new Map(this.#names.map((name, at) => [name, this.#values[at] ?? 0]));
  }
}

/**
 * Reads one part of a format from a position on; the position behind it, or FAIL. STOP: no other format is to be tried either,
 * since java.time throws (an offset of 24 hours).
 */
export type Element = (text: string, at: number, parsed: Parsed) => number;

export const FAIL = -1;
export const STOP = -2;
