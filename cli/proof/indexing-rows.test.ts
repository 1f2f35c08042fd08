import { expect, it } from 'vitest';
import type { JsonObject } from '../text/json.ts';
import { indexingRow, withoutDocValues } from './indexing-rows.ts';

const rows: readonly JsonObject[] = [
  { type: 'long', value: '5', outcome: 'accepted', doc_values: [5] },
  { type: 'long', value: 'x', outcome: 'refused' },
  { type: 'long', value: null, outcome: 'accepted', doc_values: [] },
  { type: 'date_nanos', value: '2024-01-01', outcome: 'accepted', doc_values: [] },
  { type: 'date_nanos', value: 'soon', outcome: 'refused' },
];

it('compares what becomes of a value, and its doc values where those of its type were asked for', () => {
  const unasked = withoutDocValues(rows);
  expect([...unasked]).toEqual(['date_nanos']);
  expect(rows.map((row) => indexingRow(row, unasked))).toEqual(rows.map(() => undefined));
  expect(rows.map((row) => indexingRow({ ...row, doc_values: [7] }, unasked))).toEqual([
    'doc values 5',
    undefined,
    'doc values ',
    undefined,
    undefined,
  ]);
  expect(rows.map((row) => indexingRow({ ...row, outcome: 'refused' }, unasked))).toEqual([
    'taken',
    undefined,
    'taken',
    'taken',
    undefined,
  ]);
});
