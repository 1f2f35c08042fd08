import { describe, expect, it } from 'vitest';
import { mappingForIndices } from '../fields/tables/rule-mapping.ts';
import type { JsonObject } from '../text/json.ts';
import type { Case } from './collect-cases.ts';
import { refusedValues } from './refused-values.ts';

const caseOf = (...sources: JsonObject[]): Case => ({
  name: 'positive/a',
  kind: 'positive',
  path: 'a.json',
  line: 1,
  span: { start: 0, end: 0 },
  events: sources.map((source, ordinal) => ({ index: '', id: String(ordinal), source, ordinal })),
  expectation: {},
});

describe('refused values', () => {
  it('are told once a field, with what becomes of the document', () => {
    const mapping = mappingForIndices(['logs-endpoint.events.process-*']);
    const found = refusedValues(
      caseOf({ '@timestamp': 'soon', process: { pid: 'abc', name: 'x' } }, { process: { pid: 'def' }, host: 'web' }),
      mapping,
    );
    expect(found.map(({ id, message, why }) => [id, message, why])).toEqual([
      [
        'suite/value-refused',
        'case positive/a: @timestamp is soon, not a date',
        'the field is of type date, and Elasticsearch refuses a document with such a value',
      ],
      [
        'suite/value-refused',
        'case positive/a: process.pid is abc, no long',
        'the field is of type long: Elasticsearch keeps the document, and no query finds the value',
      ],
      [
        'suite/value-refused',
        'case positive/a: host is web, a value, not an object',
        'the field is of type object, and Elasticsearch refuses a document with such a value',
      ],
    ]);
  });
});
