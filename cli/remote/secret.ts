import { inspect } from 'node:util';

/** Short secrets could stand in any text; they are not looked for. */
const SHORTEST = 6;

/** A key or password. Printing, logging and JSON show a mask; only `reveal` gives the value, for the request itself. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** A text in which the secret, and its parts when it is base64 of `id:key`, are masked. */
  mask(text: string): string {
    const decoded = Buffer.from(this.#value, 'base64').toString('utf8');
    // As it stands in JSON, too.
    const written = JSON.stringify(this.#value).slice(1, -1);
    const parts = [this.#value, written, decoded, ...decoded.split(':')];
    return parts
      .filter((part) => part.length >= SHORTEST)
      .reduce((masked, part) => masked.replaceAll(part, '***'), text);
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return 'Secret(***)';
  }
}
