import { IndexWriter, refusalText } from '../fields/documents/index.ts';
import type { Event } from '../fields/event.ts';
import type { Mapping } from '../fields/mapping.ts';

/**
 * Tells of events of a stream, as they come, why Elasticsearch refuses them. Many rules ask for an event one after the other, and
 * most of them under the same mapping of its index. An event that does not say where it lies is looked at alone.
 */
export class RefusedEvents {
  readonly #writers = new Map<Mapping, Map<string, IndexWriter>>();
  readonly #refused = new Map<Event, string>();
  #current: Event | undefined;
  readonly #verdicts = new Map<Mapping, boolean>();

  /** Events that are refused, each with the reason. */
  get all(): ReadonlyMap<Event, string> {
    return this.#refused;
  }

  /** `mapping`: of the indices that are searched. */
  takes(event: Event, mapping: Mapping): boolean {
    if (event !== this.#current) this.#verdicts.clear();
    this.#current = event;
    const own = mapping.at?.(event.index) ?? mapping;
    let taken = this.#verdicts.get(own);
    if (taken === undefined) this.#verdicts.set(own, (taken = this.#write(event, own)));
    return taken;
  }

  #write(event: Event, mapping: Mapping): boolean {
    const refusal = this.#writerOf(event.index, mapping)
      .add(event.source)
      .find(({ effect }) => effect === 'rejected');
    if (refusal !== undefined) this.#refused.set(event, refusalText(refusal));
    return refusal === undefined;
  }

  #writerOf(index: string, mapping: Mapping): IndexWriter {
    if (index === '') return new IndexWriter(mapping, 'refusals');
    let writers = this.#writers.get(mapping);
    if (writers === undefined) this.#writers.set(mapping, (writers = new Map<string, IndexWriter>()));
    let writer = writers.get(index);
    if (writer === undefined) writers.set(index, (writer = new IndexWriter(mapping, 'refusals')));
    return writer;
  }
}
