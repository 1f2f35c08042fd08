import { jsonText, type Json } from '../../text/json.ts';

/** Something in a document that the index does not take. */
export interface Refusal {
  /** Dotted path. */
  readonly path: string;
  readonly value: Json;
  /** Type of the field; undefined: no field is at fault, but a name. */
  readonly typeName?: string;
  /**
   * `rejected`: Elasticsearch refuses the whole document. `ignored`: it keeps the document and cannot find the value. `depends`: it
   * refuses the document where an earlier one has made the field of this type, and else makes another field of it.
   */
  readonly effect: 'rejected' | 'ignored' | 'depends';
  /** Why, as half a sentence: `not a date`. */
  readonly why: string;
}

export const rejects = (refusals: readonly Refusal[]): boolean => refusals.some(({ effect }) => effect === 'rejected');

/** What a document has, and why it is not taken: `process.pid is "abc", no long`. */
export function refusalText({ path, value, typeName, why }: Refusal): string {
  const name = path === '' ? 'the document' : path;
  return typeName === undefined ? `${name} is ${why}` : `${name} is ${jsonText(value).slice(0, 60)}, ${why}`;
}
