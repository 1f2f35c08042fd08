import { describe, expect, it } from 'vitest';
import { digest } from '../plan/digest.ts';
import { agreed, isApplied, isRecordTag, readRecordTag, recordOf, recordTag, UNSURE } from './record.ts';

const RECORD = recordOf({ name: 'a', description: 'b' });
const TAG = recordTag(RECORD);

describe('the record of an exception list or item', () => {
  it('is one tag, which a person can tell from others', () => {
    expect(TAG).toBe(`dac-applied: 1 description=${digest('b')} name=${digest('a')}`);
    expect([isRecordTag(TAG), isRecordTag('dac'), isRecordTag('Managed by: dac')]).toEqual([true, false, false]);
  });

  it('is read among other tags', () => {
    expect(readRecordTag({ tags: ['x', TAG, 'y'] })).toEqual(RECORD);
  });

  it.each([
    [{}],
    [{ tags: 'dac-applied: 1' }],
    [{ tags: [] }],
    [{ tags: ['dac-applied:'] }],
    [{ tags: [TAG.replace(' 1 ', ' 2 ')] }],
    [{ tags: [`${TAG} `] }],
    [{ tags: [`${TAG} x=1`] }],
    [{ tags: [TAG, `${TAG} `] }],
  ])('is none that can be read: %j', (document) => {
    expect(readRecordTag(document)).toBeUndefined();
  });
});

it('what is true of either of two records is what they agree on', () => {
  const [a, b] = [recordOf({ same: 1, other: 1, only: 1 }), recordOf({ same: 1, other: 2, more: 1 })];
  expect(agreed(a, b).fields).toEqual(new Map([['more', UNSURE], ['only', UNSURE], ['other', UNSURE], ['same', digest(1)]])); // prettier-ignore
  expect(agreed(a, a)).toEqual({ fields: new Map([...a.fields].sort()) });
  expect(agreed(agreed(a, b), b).fields.get('other')).toBe(UNSURE);
});

it('a document is as applied if the record has all its members, and no more but what belongs to the space by now', () => {
  const record = recordOf({ a: 1, b: 2 });
  const cases = [[{ a: 1, b: 2 }], [{ a: 1 }], [{ a: 1, b: 3 }], [{ a: 1, b: 2, c: 3 }], [{ a: 1 }, new Set(['b'])]] as const;
  expect(cases.map(([fields, left]) => isApplied(record, fields, left))).toEqual([true, false, false, false, true]);
}); // prettier-ignore
