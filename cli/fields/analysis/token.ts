/** One token of an analysed text. Positions count from 0; a phrase wants consecutive ones. */
export interface Token {
  readonly term: string;
  readonly position: number;
  /** Where it ends in the text, in UTF-16 units. */
  readonly end: number;
}
