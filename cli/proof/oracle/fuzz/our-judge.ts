import type { Event } from '../../../fields/event.ts';
import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import type { Mapping } from '../../../fields/mapping.ts';
import { refusals } from '../../../fields/documents/index.ts';
import { parseDsl } from '../../../query/dsl/parse.ts';
import { Unsupported } from '../../../query/failure.ts';
import { compilePredicate } from '../../../query/run/predicate.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import type { Answer, Judge, JudgedIndex } from './judge.ts';

/** This engine as a judge. A crash, anything but an error that it knows, is an answer of its own kind. */
export const ourJudge = (now: () => number): Judge => ({
  open(mapping, settings) {
    try {
      return Promise.resolve(indexOf(mappingFromElasticsearch(mapping, settings), now));
    } catch (error) {
      return Promise.resolve({ refused: messageOf(error), unsupported: error instanceof Unsupported });
    }
  },
});

function indexOf(mapping: Mapping, now: () => number): JudgedIndex {
  const events: Event[] = [];
  return {
    add: (documents) =>
      Promise.resolve(
        documents.map((text, at) => {
          const source = parseJsonSpelled(text).value as Json;
          if (!isJsonObject(source)) return 'not an object';
          try {
            const refused = refusals(source, mapping).find(({ effect }) => effect === 'rejected');
            if (refused !== undefined) return `${refused.path}: ${refused.why}`;
          } catch (error) {
            return messageOf(error);
          }
          events.push({ index: 'i', id: String(at), source, ordinal: at });
          return undefined;
        }),
      ),
    search: (queries) => Promise.resolve(queries.map((text) => search(text, events, { mapping, now: now() }))),
    close: () => Promise.resolve(),
  };
}

function search(text: string, events: readonly Event[], context: { mapping: Mapping; now: number }): Answer {
  try {
    const test = compilePredicate(parseDsl(parseJsonSpelled(text).value as JsonObject), context);
    return { found: events.filter(test).map(({ ordinal }) => ordinal) };
  } catch (error) {
    return { fails: messageOf(error), unsupported: error instanceof Unsupported };
  }
}

const messageOf = (error: unknown): string =>
  error instanceof KnownError ? error.message : `crash: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error)}`; // prettier-ignore
