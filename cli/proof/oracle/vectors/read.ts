import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { spelledJson } from '../../../text/spelled-json.ts';
import { list, object, text } from '../../json.ts';
import type { SourceDocument } from '../answer.ts';
import type { Question } from '../question.ts';
import type { Expected, VectorFile, VectorIndex, VectorQuery } from './case.ts';

/** Suites whose vectors hold mapping, documents and a query. */
const EVALUATED = /^(?:(?:dsl|kql|lucene)\/eval(?:_filters)?|real\/(?!indexing$)[\w-]+)$/;

/** The vectors of a file that a server can be asked; undefined for a file of another kind. */
export function readVectors(suite: string, content: string): VectorFile | undefined {
  const indexing = suite === 'real/indexing';
  if (!indexing && !EVALUATED.test(suite)) return undefined;
  const file = object(parseJsonSpelled(content).value);
  const indices = indexing
    ? rowIndices(suite, list(file['rows']).map(object))
    : groups(
        list(file['vectors'])
          .map(object)
          .map((one) => vectorIndex(suite, one)),
      );
  return { suite, indices };
}

/** Mapping as it is sent: what is not listed is unmapped, as the vectors mean it. */
const closed = (mapping: Json): string =>
  spelledJson(
    isJsonObject(mapping) && own(mapping, 'dynamic') === undefined ? { dynamic: false, ...mapping } : mapping,
  );

function vectorIndex(suite: string, one: JsonObject): VectorIndex {
  const [taken, refused] = [documents(one['docs']), documents(one['refused'])];
  const settings = own(one, 'settings');
  return {
    mapping: closed(own(one, 'mapping') ?? {}),
    settings: settings === undefined ? undefined : spelledJson(settings),
    documents: [...taken, ...refused],
    refused: one['refused'] === undefined ? undefined : new Set(refused.map(({ id }) => id)),
    queries: [vectorQuery(suite, one)],
  };
}

const documents = (value: Json | undefined): readonly SourceDocument[] =>
  list(value)
    .map(object)
    .map((doc) => ({ id: text(doc['id']), source: spelledJson(own(doc, 'source') ?? {}) }));

function vectorQuery(suite: string, one: JsonObject): VectorQuery {
  const now = Date.parse(text(one['now']));
  const expected: Expected = own(one, 'expect_error') !== undefined ? 'fails' : list(one['expect']).map(text);
  return { suite, id: text(one['id']), question: questionOf(one), expected, ...(Number.isNaN(now) ? {} : { now }) };
}

function questionOf(one: JsonObject): Question {
  if (one['language'] === 'dsl') return { language: 'dsl', query: spelledJson(own(one, 'query') ?? null) };
  const query = text(one['query']);
  if (one['language'] === 'kuery')
    return {
      language: 'kuery',
      query,
      ...(one['filters'] === undefined ? {} : { filters: list(one['filters']) }),
      ...(one['config'] === undefined ? {} : { config: object(one['config']) }),
    };
  return {
    language: 'lucene',
    query,
    fields: list(one['default_fields']).map(text),
    parameters: object(one['parameters'] ?? one['params'] ?? one['query_string']),
  };
}

/** A file of values: one index a type, one document a row. */
function rowIndices(suite: string, rows: readonly JsonObject[]): readonly VectorIndex[] {
  const types = [...new Set(rows.map((row) => text(row['type'])))];
  return types.map((type) => {
    const numbered = [...rows.entries()].filter(([, row]) => row['type'] === type);
    return {
      mapping: closed({ properties: { f: { type } } }),
      settings: undefined,
      documents: numbered.map(([at, row]) => ({
        id: String(at),
        source: spelledJson({ f: own(row, 'value') ?? null }),
      })),
      refused: new Set(numbered.filter(([, row]) => row['outcome'] === 'refused').map(([at]) => String(at))),
      queries: [
        { suite, id: type, question: { language: 'dsl', query: '{"exists":{"field":"f"}}' }, expected: undefined },
      ],
    };
  });
}

/** Puts vectors of the same mapping, settings and documents together: they are indexed once. */
function groups(indices: readonly VectorIndex[]): readonly VectorIndex[] {
  const found = new Map<string, VectorIndex>();
  for (const one of indices) {
    const refused = one.refused === undefined ? null : [...one.refused];
    const key = JSON.stringify([one.mapping, one.settings, one.documents, refused]);
    const group = found.get(key);
    found.set(key, group === undefined ? one : { ...group, queries: [...group.queries, ...one.queries] });
  }
  return [...found.values()];
}
