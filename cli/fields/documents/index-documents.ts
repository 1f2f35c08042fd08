import type { Event } from '../event.ts';
import type { Mapping } from '../mapping.ts';
import { mergeMappings } from '../merge-mappings.ts';
import { IndexWriter } from './index-writer.ts';
import { rejects, type Refusal } from './refusal.ts';

/** Indices after some documents were written to them. */
export interface Indexed {
  /** What queries are read under: with the fields and the constants that the documents made. */
  readonly mapping: Mapping;
  /** The documents that are in an index, in the order given. */
  readonly events: readonly Event[];
  /** What was not taken as it was written, by document; those that were refused as a whole are here too. */
  readonly refusals: ReadonlyMap<Event, readonly Refusal[]>;
}

/**
 * Writes documents in their order, each to its own index. Those that do not say where they lie are documents of the one index
 * whose mapping this is; where it stands for many indices, each of them lies in one of its own.
 */
export function indexDocuments(events: readonly Event[], mapping: Mapping): Indexed {
  const writers = new Map<string, IndexWriter>();
  const writerOf = (index: string): IndexWriter => {
    if (index === '' && mapping.at !== undefined) return new IndexWriter(mapping);
    let writer = writers.get(index);
    if (writer === undefined) writers.set(index, (writer = new IndexWriter(mapping.at?.(index) ?? mapping)));
    return writer;
  };
  const refusals = new Map<Event, readonly Refusal[]>();
  const taken = events.filter((event) => {
    const found = writerOf(event.index).add(event.source);
    if (found.length > 0) refusals.set(event, found);
    return !rejects(found);
  });
  return { mapping: mappingAfter(mapping, writers, taken), events: taken, refusals };
}

function mappingAfter(mapping: Mapping, writers: ReadonlyMap<string, IndexWriter>, taken: readonly Event[]): Mapping {
  if (mapping.observing !== undefined) return mapping.observing(taken);
  const after = [...writers.values()].map((writer) => writer.mapping);
  const [only = mapping, ...others] = after;
  return others.every((other) => other === only) ? only : mergeMappings(after, [...writers.keys()]);
}
