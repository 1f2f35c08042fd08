import { spelledJson } from '../../../text/spelled-json.ts';
import { own, type Json, type JsonObject } from '../../../text/json.ts';
import { text } from '../../json.ts';
import type { SourceDocument } from '../answer.ts';
import type { VectorIndex } from './case.ts';

/** The documents around an instant that each operator finds. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  gte: ['at', 'after'],
  gt: ['after'],
  lte: ['before', 'at'],
  lt: ['before'],
};

/** A boundary of date math, asked as a range over the milliseconds around it. */
export function dateMathIndex(suite: string, one: JsonObject): VectorIndex {
  const [operator, zone] = [text(one['operator']), one['time_zone']];
  const fails = own(one, 'expect_error') !== undefined;
  const millis = fails ? 0 : Number(one['expect_millis']);
  const bound = { [operator]: text(one['expression']), ...(typeof zone === 'string' ? { time_zone: zone } : {}) };
  const around = { before: millis - 1, at: millis, after: millis + 1 };
  return index(
    suite,
    { d: { type: 'date' } },
    documents(around, (value) => ({ d: value })),
    {
      id: text(one['id']),
      query: { range: { d: bound } },
      expected: fails ? 'fails' : (FOUND[operator] ?? []),
      now: Date.parse(text(one['now'])),
    },
  );
}

/** How many of some clauses have to match, asked over documents that match none, one, two … of them. */
export function minimumIndex(suite: string, one: JsonObject): VectorIndex {
  const clauses = Number(one['optional_clauses']);
  const upTo = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => String(at + 1));
  const counts = Object.fromEntries(['0', ...upTo(clauses)].map((id) => [id, Number(id)]));
  const should = upTo(clauses).map((value) => ({ term: { k: value } }));
  // Where the option is unset, one clause has to match, as nothing else of the query does.
  const least = Math.max(1, Number(one['expect']));
  return index(
    suite,
    { k: { type: 'keyword' } },
    documents(counts, (count) => ({ k: upTo(count) })),
    {
      id: text(one['id']),
      query: { bool: { should, minimum_should_match: one['spec'] ?? null } },
      expected: Object.keys(counts).filter((id) => Number(id) >= least),
    },
  );
}

const documents = (values: Readonly<Record<string, number>>, source: (value: number) => Json): SourceDocument[] =>
  Object.entries(values).map(([id, value]) => ({ id, source: spelledJson(source(value)) }));

function index(
  suite: string,
  properties: JsonObject,
  documents: readonly SourceDocument[],
  { query, ...rest }: { id: string; query: Json; expected: readonly string[] | 'fails'; now?: number },
): VectorIndex {
  return {
    suite,
    mapping: spelledJson({ dynamic: false, properties }),
    settings: undefined,
    documents,
    refused: new Set(),
    queries: [{ ...rest, question: { language: 'dsl', query: spelledJson(query) } }],
  };
}
