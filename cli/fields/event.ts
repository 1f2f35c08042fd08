import type { JsonObject } from '../text/json.ts';

/** One document: what Elasticsearch would hold, in memory. */
export interface Event {
  /** Index it lives in, such as `logs-endpoint.events.process-default`; empty when the fixture does not say. */
  readonly index: string;
  readonly id: string;
  readonly source: JsonObject;
  /** Place in the order of arrival; breaks ties between equal timestamps as `_shard_doc` does. */
  readonly ordinal: number;
  /** File and line it was read from, for messages. */
  readonly path?: string;
  readonly line?: number;
}
