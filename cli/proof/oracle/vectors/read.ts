import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { spelledJson } from '../../../text/spelled-json.ts';
import { list, object, text } from '../../json.ts';
import type { SourceDocument } from '../answer.ts';
import type { Question } from '../question.ts';
import { dateMathIndex, minimumIndex } from './derived.ts';
import type { Expected, VectorIndex, VectorQuery } from './case.ts';

/** Suites whose vectors hold a mapping, documents and a query. */
const EVALUATED = /^(?:(?:dsl|kql|lucene)\/eval(?:_filters)?|real\/[\w-]+)$/;
const ROWS = 'real/indexing';
/** Suites whose vectors are of a part of the engine, which a query shows. */
const DERIVED: Readonly<Record<string, (suite: string, one: JsonObject) => VectorIndex>> = {
  'dsl/date_math': dateMathIndex,
  'dsl/minimum_should_match': minimumIndex,
};

/** What a server can be asked of a file of vectors; undefined for a file of another kind. */
export function readVectors(suite: string, content: string): readonly VectorIndex[] | undefined {
  const derive = DERIVED[suite];
  if (derive === undefined && !EVALUATED.test(suite)) return undefined;
  const file = object(parseJsonSpelled(content).value);
  if (derive !== undefined) return list(file['vectors']).map((one) => derive(suite, object(one)));
  if (suite === ROWS) return rowIndices(suite, list(file['rows']).map(object));
  // What all vectors of a file share stands beside them.
  const { mapping, settings, docs, refused } = file;
  const shared = Object.fromEntries(
    Object.entries({ mapping, settings, docs, refused }).filter(([, value]) => value !== undefined),
  ) as JsonObject;
  const vectors = list(file['vectors']).map((one) => ({ ...shared, ...object(one) }));
  return together(vectors.map((one) => vectorIndex(suite, one)));
}

/** A mapping as it is sent: what is not listed is unmapped, as the vectors mean it. */
const closed = (mapping: Json): string =>
  spelledJson(
    isJsonObject(mapping) && own(mapping, 'dynamic') === undefined ? { dynamic: false, ...mapping } : mapping,
  );

function vectorIndex(suite: string, one: JsonObject): VectorIndex {
  const [taken, refused] = [documents(one['docs']), documents(one['refused'])];
  const settings = own(one, 'settings');
  return {
    suite,
    mapping: closed(own(one, 'mapping') ?? {}),
    settings: settings === undefined ? undefined : spelledJson(settings),
    documents: [...taken, ...refused],
    refused: new Set(refused.map(({ id }) => id)),
    queries: [vectorQuery(one)],
  };
}

const documents = (value: Json | undefined): readonly SourceDocument[] =>
  list(value)
    .map(object)
    .map((doc) => ({ id: text(doc['id']), source: spelledJson(own(doc, 'source') ?? {}) }));

function vectorQuery(one: JsonObject): VectorQuery {
  const now = Date.parse(text(one['now']));
  return {
    id: text(one['id']),
    question: questionOf(one),
    expected: expectedOf(one),
    ...(Number.isNaN(now) ? {} : { now }),
  };
}

function expectedOf(one: JsonObject): Expected {
  if (own(one, 'expect_error') !== undefined) return 'fails';
  return one['expect'] === undefined ? undefined : list(one['expect']).map(text);
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

/** A file of values, one document a row; rows of a type share an index, whose documents are asked for by `exists`. */
function rowIndices(suite: string, rows: readonly JsonObject[]): readonly VectorIndex[] {
  const numbered = rows.map((row, at) => ({ row, id: `${text(row['type'])} ${at}`, type: text(row['type']) }));
  return [...new Set(numbered.map(({ type }) => type))].map((type) => {
    const rowsOfType = numbered.filter((one) => one.type === type);
    const given = rowsOfType.filter(({ row }) => row['doc_values'] !== undefined);
    return {
      suite,
      mapping: closed({ properties: { f: { type } } }),
      settings: undefined,
      documents: rowsOfType.map(({ row, id }) => ({ id, source: spelledJson({ f: own(row, 'value') ?? null }) })),
      refused: new Set(rowsOfType.filter(({ row }) => row['outcome'] === 'refused').map(({ id }) => id)),
      queries: [{ id: type, question: { language: 'dsl', query: '{"exists":{"field":"f"}}' }, expected: undefined }],
      docValues: { field: 'f', expected: new Map(given.map(({ row, id }) => [id, list(row['doc_values'])])) },
    };
  });
}

/** Puts vectors of the same mapping, settings and documents together: they are indexed once. */
function together(indices: readonly VectorIndex[]): readonly VectorIndex[] {
  const found = new Map<string, VectorIndex>();
  for (const one of indices) {
    const key = JSON.stringify([one.mapping, one.settings, one.documents, [...one.refused]]);
    const group = found.get(key);
    found.set(key, group === undefined ? one : { ...group, queries: [...group.queries, ...one.queries] });
  }
  return [...found.values()];
}
