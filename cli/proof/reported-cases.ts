import { readEvents } from '../engine/events/read-events.ts';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import type { Mapping } from '../fields/mapping.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import { inspectQuery, type Inspection, type InspectedLanguage } from '../query/inspect.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { canonical, list, object, text } from './json.ts';

const LANGUAGES: Readonly<Record<string, InspectedLanguage>> = {
  kql: 'kuery',
  lucene: 'lucene',
  eql: 'eql',
  dsl: 'dsl',
};

/**
 * A small input with the answer that Elasticsearch gives: `{language, query, index | mapping, ndjson, expect}`. The mapping is
 * that of the index patterns where none is given. `expect` holds ids, lists of ids of sequences, or `error`; one of several
 * as `{any_of}`. Undefined: ours is the same, else what it is.
 */
export function reportedCase(one: JsonObject): string | undefined {
  const given = one['expect'] ?? null;
  const expected = list(object(given)['any_of']);
  const ours = canonical(answer(one));
  return (expected.length === 0 ? [given] : expected).some((each) => canonical(each) === ours)
    ? undefined
    : `got ${ours}`;
}

function answer(one: JsonObject): Json {
  const language = LANGUAGES[text(one['language'])];
  if (language === undefined) return 'an unknown language';
  const { events, problems } = readEvents('events.ndjson', Buffer.from(list(one['ndjson']).map(text).join('\n')));
  const [problem] = problems;
  if (problem !== undefined) return `events: ${problem.message}`;
  try {
    return answerOf(inspectQuery(language, text(one['query']), { mapping: mappingOf(one), now: 0 }, events));
  } catch (error) {
    if (error instanceof KnownError) return 'error';
    throw error;
  }
}

const mappingOf = (one: JsonObject): Mapping =>
  one['mapping'] === undefined
    ? mappingForRule({ body: { index: list(one['index']).map(text) }, metadata: {} }, {})
    : mappingFromElasticsearch(one['mapping']);

/** What is unknown to the mapping is a finding for the author of a rule; the search runs all the same. */
function answerOf({ diagnostics, dsl, events, groups }: Inspection): Json {
  const failed = diagnostics.some(({ severity }) => severity === 'error') && dsl === undefined;
  if (failed || diagnostics.some(({ id }) => id === 'query/fails' || id === 'query/unsupported')) return 'error';
  if (events.some(({ error }) => error !== undefined)) return 'error';
  if (groups !== undefined) return groups.map((group) => group.events.flatMap((event) => event?.id ?? []));
  return events.filter(({ matched }) => matched).map(({ event }) => event.id);
}
