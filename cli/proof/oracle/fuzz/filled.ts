import { isJsonObject, type Json, type JsonObject } from '../../../text/json.ts';
import { spelledJson } from '../../../text/spelled-json.ts';
import type { Answer, Judge, JudgedIndex } from './judge.ts';

const DATES: readonly Json[] = [
  '2024-01-15', '2024-01-15T10:20:30.123Z', '2024-01-15T10:20:30Z', '2024-01-15T10:20:30', '1705314030', '1705314030000', '20240115', '20240115T102030.123Z',
  '2024/01/15', '15-Jan-2024', 'Jan 15 2024', '2024', '2024-01', '15/01/2024', '2024-01-15T10:20:30.123456789Z',
]; // prettier-ignore

/**
 * Values that the types take, one of which is enough: a server answers otherwise where no document has a field at all, since it
 * then leaves the field out of patterns and default fields, and does not read the bounds of a date
 * (elasticsearch:server/.../index/search/QueryParserHelper.java mayExistInIndex, DateFieldMapper.java isFieldWithinQuery).
 */
const VALUES: Readonly<Record<string, readonly Json[]>> = {
  keyword: ['z'],
  text: ['z'],
  boolean: [true],
  ip: ['10.9.8.7'],
  date: DATES,
  date_nanos: DATES,
  flattened: [{ z: 'z' }],
  geo_point: ['1,1'],
  binary: ['YQ=='],
  ip_range: ['10.9.8.0/24'],
  date_range: [{ gte: 0, lte: 1 }],
};

/** A document for each field and value, of which each holds one value. */
function fillers(mapping: JsonObject): JsonObject[] {
  const { properties } = mapping;
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([key, body]): JsonObject[] => {
    if (!isJsonObject(body) || body['enabled'] === false) return [];
    if (isJsonObject(body['properties'])) return fillers(body).map((inner) => ({ [key]: inner }));
    const type = typeof body['type'] === 'string' ? body['type'] : 'object';
    const values = VALUES[type] ?? (type.endsWith('_range') ? [{ gte: 7, lte: 8 }] : type === 'alias' ? [] : [7]);
    return values.map((value) => ({ [key]: value }));
  });
}

/** A judge whose indices hold a value of every field beside the documents that are asked about. */
export const filledJudge = (judge: Judge): Judge => ({
  async open(mapping, settings) {
    const opened = await judge.open(mapping, settings);
    return 'search' in opened ? filledIndex(opened, fillers(mapping).map(spelledJson)) : opened;
  },
});

function filledIndex(index: JudgedIndex, beside: readonly string[]): JudgedIndex {
  const asked = (answer: Answer): Answer =>
    'fails' in answer
      ? answer
      : { found: answer.found.filter((id) => id >= beside.length).map((id) => id - beside.length) };
  return {
    ...index,
    add: async (documents) => (await index.add([...beside, ...documents])).slice(beside.length),
    search: async (queries) => (await index.search(queries)).map(asked),
  };
}
