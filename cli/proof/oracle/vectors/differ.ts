import type { Json } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import type { Disagreement } from '../compare.ts';
import type { Difference, Side } from '../difference.ts';
import type { VectorIndex, VectorQuery } from './case.ts';

/** What the sides differ in, and what the vector says of it. */
export interface Found extends Disagreement {
  readonly expected?: Side;
}

/** Makes the records of a report from what differs in an index: with the vector and, where one has a part, the query. */
export function differ(index: VectorIndex): (found: Found, query?: VectorQuery) => Difference {
  const mapping = read(index.mapping);
  const settings = index.settings === undefined ? undefined : read(index.settings);
  const sources = new Map(index.documents.map(({ id, source }) => [id, source]));
  return ({ kind, id, server, ours, expected }, query) => {
    const source = id === undefined ? undefined : sources.get(id);
    return {
      kind,
      suite: index.suite,
      // A row of a file of values is its document.
      id: query?.id ?? (index.docValues === undefined ? undefined : id) ?? index.queries[0]?.id ?? '',
      mapping,
      ...(settings === undefined ? {} : { settings }),
      document: source === undefined ? null : read(source),
      query: query === undefined ? null : shownQuestion(query),
      server,
      ours,
      ...(expected === undefined ? {} : { expected }),
    };
  };
}

const read = (text: string): Json => parseJsonSpelled(text).value as Json;

const shownQuestion = ({ question }: VectorQuery): Json =>
  question.language === 'dsl' ? read(question.query) : { ...question };
