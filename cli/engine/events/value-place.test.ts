import { describe, expect, it } from 'vitest';
import { valuePlace } from './value-place.ts';

const found = (text: string, path: string, value: Parameters<typeof valuePlace>[2]): string | undefined => {
  const place = valuePlace(text, path, value);
  return place === undefined ? undefined : `${place.start}:${text.slice(place.start, place.end)}`;
};

describe('valuePlace', () => {
  it.each<[string, string, Parameters<typeof valuePlace>[2], string | undefined]>([
    ['{"a": {"b": "x"}, "b": "y"}', 'a.b', 'x', '12:"x"'],
    ['{"a.b": "x"}', 'a.b', 'x', '8:"x"'],
    ['{"a": {"b.c": 5}}', 'a.b.c', 5, '14:5'],
    ['{"a": [{"b": 1}, {"b": "x"}]}', 'a.b', 'x', '23:"x"'],
    ['{"a": ["u", "v", ["w"]]}', 'a', 'w', '18:"w"'],
    ['[{"_id": "1", "_source": {"a": 1}}, {"_id": "2", "_source": {"a": "x"}}]', 'a', 'x', '66:"x"'],
    ['{"hits": {"hits": [{"_source": {"a": true}}]}}', 'a', true, '37:true'],
    ['{"a": {"b": 1}}', 'a', { b: 1 }, '6:{'],
    ['{"a": "other"}', 'a', 'x', '6:"other"'],
    ['{"b": "a", "a": "\\"}"}', 'a', '"}', '16:"\\"}"'],
    ['{"a.": "x"}', 'a', 'x', undefined],
  ])('%s at %s', (text, path, value, expected) => {
    expect(found(text, path, value)).toBe(expected);
  });
});
