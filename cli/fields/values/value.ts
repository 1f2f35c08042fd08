import { NumberToken, type Json, type JsonObject } from '../../text/json.ts';
import type { Field } from '../mapping.ts';

/**
 * A value as the index holds it: text for the keyword family, versions, flattened leaves and text; number or bigint for
 * numbers; epoch milliseconds for dates, nanoseconds (bigint) for date_nanos; 128 bits (bigint) for addresses.
 */
export type IndexedValue = string | number | bigint | boolean;

/** A value as text: numbers as they are spelled in the document. */
export const textOf = (raw: Json): string | undefined =>
  typeof raw === 'string'
    ? raw
    : typeof raw === 'number' || typeof raw === 'boolean'
      ? String(raw)
      : raw instanceof NumberToken
        ? raw.token
        : undefined;

/** The document that a value is of, as far as its place matters; most fields are alike in all indices. */
export interface Place {
  readonly index: string;
}

/** Reads the values that a field has indexed of a document, which lies at `place`. */
export type Reader = (source: JsonObject, place?: Place) => readonly IndexedValue[];

/** Path of the source that a field indexes: a multi-field has its parent's. */
export const sourcePath = (field: Field): string => field.multiFieldOf ?? field.name;

/**
 * All paths that a field indexes: its own, and those that `copy_to` copies into it. `prefix` is the path of the nested object
 * that they are read in, with its dot.
 */
export const sourcePaths = (field: Field, prefix = ''): readonly string[] =>
  [sourcePath(field), ...(field.copiedFrom ?? [])].map((path) => path.slice(prefix.length));
