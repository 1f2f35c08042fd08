/**
 * A number of a document or query whose spelling a double does not give back: `1.0`, `1.50`, `1e3`, `-0`, and whole numbers
 * beyond 2^53. Elasticsearch indexes the token itself in keyword, text and flattened fields
 * (elasticsearch:libs/x-content/impl/src/main/java/org/elasticsearch/xcontent/provider/json/JsonXContentParser.java text).
 */
export class NumberToken {
  readonly token: string;

  constructor(token: string) {
    this.token = token;
  }

  /** The nearest double; infinite for a token such as `1e400`. */
  get value(): number {
    return Number(this.token);
  }

  /** Whether Java reads the token as a whole number: it has neither a fraction nor an exponent. */
  get whole(): boolean {
    return !/[.eE]/.test(this.token);
  }

  /** As it is spelled. */
  toString(): string {
    return this.token;
  }

  /** A number where a double holds it exactly, else its digits as text, so that output loses none. */
  toJSON(): number | string {
    const { value } = this;
    return Number.isFinite(value) && (!this.whole || Number.isSafeInteger(value)) ? value : this.token;
  }
}

/** What JSON can hold. Values that come from outside are this, not `any`, until a schema or a guard has spoken. */
export type Json = null | boolean | number | string | NumberToken | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberToken);

/** Reads an own key only: `__proto__` and `constructor` from a hostile file never reach an inherited member. */
export const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** A value as text: strings as they are, everything else as JSON. */
export const jsonText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** The elements of a list; of anything else, none. */
export const elements = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];
