import type { Zone } from './zones/zone.ts';

/** A local time as a text has it. */
export interface Local {
  readonly day: number;
  readonly nano: number;
  /** The zone that the text names; without one it is UTC. */
  readonly zone: Zone | undefined;
  /** The zone that wins over one of the query; a text may have a region and an offset. */
  readonly explicit?: Zone | undefined;
}

/** A text that fits a format and is no date all the same: no other format is tried then. */
export const NO_DATE = 'no date';

/** Reads a text in one format; undefined: it does not fit. */
export type DateFormat = (text: string) => Local | typeof NO_DATE | undefined;

/** One format, in the way that fills missing parts with their first and the one that fills them with their last value. */
export interface FormatPair {
  readonly down: readonly DateFormat[];
  readonly up: readonly DateFormat[];
}
