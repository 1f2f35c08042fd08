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
  const mapping = mappingForIndices(['logs-endpoint.events.process-*']);
  const told = (one: Case, text?: string): unknown[] => {
    const { refused, doubtful } = refusedValues(one, mapping, () => text);
    return [refused, ...doubtful].map(
      (finding) => finding && [finding.id, finding.message, finding.why, finding.span.start],
    );
  };

  it('are told once a field, with what becomes of the document', () => {
    expect(told(caseOf({ process: { pid: 'abc', name: 'x' } }, { process: { pid: 'def' }, host: 'web' }))).toEqual([
      [
        'suite/event-refused',
        'case positive/a: host is web, a value, not an object',
        'the field is of type object; Elasticsearch refuses such a document, so that no index holds it and no rule sees it',
        0,
      ],
      [
        'suite/value-refused',
        'case positive/a: process.pid is abc, no long',
        'the field is of type long; Elasticsearch keeps the document, and no query finds the value',
        0,
      ],
    ]);
    expect(told(caseOf({ '@timestamp': 'soon' }))).toEqual([
      ['suite/event-refused', 'case positive/a: @timestamp is soon, not a date', expect.anything(), 0],
    ]);
  });

  it('name a name that is none', () => {
    expect(told(caseOf({ process: { 'a..b': 1 } }))).toEqual([
      [
        'suite/event-refused',
        'case positive/a: process.a..b is a name with nothing between, before or after two of its dots',
        'Elasticsearch refuses such a document, so that no index holds it and no rule sees it',
        0,
      ],
    ]);
  });

  it('may be taken by an index that has no field yet, where only a dynamic template maps the name', () => {
    const events = [{ index: 'logs-aws.cloudtrail-default', id: '1', source: { email: 'a@b.c' }, ordinal: 0 }];
    expect(told({ ...caseOf(), events })).toEqual([
      undefined,
      [
        'suite/value-refused',
        'case positive/a: email is a@b.c, a value, not an object',
        'the field is of type object; Elasticsearch refuses the document if the index has the field of this type already',
        0,
      ],
    ]);
  });

  it('have the place where the fixture writes them', () => {
    const text = '{"process": {"pid": 1}}\n{"process": {"pid": "abc"}}\n';
    const [event] = caseOf({ process: { pid: 'abc' } }).events;
    const events = event === undefined ? [] : [{ ...event, path: 'a.json', line: 2 }];
    expect(told({ ...caseOf(), events }, text)).toEqual([
      undefined,
      ['suite/value-refused', 'case positive/a: process.pid is abc, no long', expect.anything(), 44],
    ]);
  });
});
