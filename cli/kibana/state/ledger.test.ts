import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { ruleKey } from '../plan/references.ts';
import { BUCKETS, bucketOf, ledgerTags, readBucket } from './ledger.ts';
import { EXISTS, recordOf, UNSURE, type ApplyRecord } from './record.ts';

/** Records as they are read again from what is written of them. */
function reread(records: ReadonlyMap<string, ApplyRecord>): Map<string, ApplyRecord> {
  const buckets = Array.from({ length: BUCKETS }, (_, bucket) => bucket);
  return new Map(
    buckets.flatMap((bucket) => {
      const part = new Map([...records].filter(([key]) => bucketOf(key) === bucket));
      return [...readBucket({ tags: ledgerTags(part) }, bucket)];
    }),
  );
}

const plain = (records: ReadonlyMap<string, ApplyRecord>): unknown =>
  [...records].map(([key, { fields }]) => [key, [...fields].sort()]).sort();

const member = (name: string): JsonObject => ({ [name]: name });

describe('the ledger', () => {
  it('is read as it was written: rules of any id, any members, none, and such as are not known', () => {
    const records = new Map<string, ApplyRecord>([
      ['rule single a', recordOf({ name: 'x', query: 'y' })],
      ['rule single "b"\n{', recordOf({ query: 'y' })],
      ['rule single é😀', recordOf({})],
      ['rule single __proto__', recordOf({ name: null })],
      ['exceptionItem agnostic i', EXISTS],
      ['rule single u', { fields: new Map([['name', UNSURE], ['query', '0000000000000000'], ['tags', 'ffffffffffffffff']]) }],
    ]); // prettier-ignore
    expect(plain(reread(records))).toEqual(plain(records));
    expect(ledgerTags(records)).toEqual(ledgerTags(new Map([...records].reverse())));
  });

  it('keeps 5,000 rules in parts of far less than a megabyte, with tags that Elasticsearch takes', () => {
    const members = Array.from({ length: 30 }, (_, at) => `member_of_a_rule_${String.fromCharCode(97 + at)}`.slice(0, 16) + 'x'.repeat(at));
    const record = recordOf(Object.assign({}, ...members.map(member)) as JsonObject);
    const keys = Array.from({ length: 5000 }, (_, at) => ruleKey(`9d1f6d5e-3a35-4b52-8a0b-${String(at).padStart(12, '0')}`));
    const records = new Map(keys.map((key) => [key, record]));
    const parts = Array.from({ length: BUCKETS }, (_, bucket) => ledgerTags(new Map([...records].filter(([key]) => bucketOf(key) === bucket))));
    expect(Math.max(...parts.flat().map((tag) => Buffer.byteLength(tag)))).toBeLessThan(32_766);
    expect(Math.max(...parts.map((tags) => Buffer.byteLength(JSON.stringify(tags))))).toBeLessThan(400_000);
    expect(reread(records).size).toBe(5000);
  }); // prettier-ignore

  it('forgets rather than writes what is too large', () => {
    const huge = new Map<string, ApplyRecord>([[`rule single ${'x'.repeat(2000)}`, EXISTS], ['rule single a', { fields: new Map([['x'.repeat(101), UNSURE]]) }]]); // prettier-ignore
    expect(ledgerTags(huge)).toEqual([]);
    const record = recordOf(Object.assign({}, ...Array.from({ length: 26 }, (_, at) => member(String.fromCharCode(97 + at)))) as JsonObject); // prettier-ignore
    const many = new Map(Array.from({ length: 4000 }, (_, at) => [`rule single ${at}`, record] as const));
    const tags = ledgerTags(many);
    expect(Buffer.byteLength(tags.join(''))).toBeLessThan(900_000);
    expect(tags.length).toBeGreaterThan(20);
  });

  const good = ledgerTags(new Map([['rule single a', recordOf({ name: 'x' })]]))[0] ?? '';
  const bucket = bucketOf('rule single a');
  it.each<[string, Json]>([
    ['no tags', null],
    ['tags of others', ['x', 5, null, 'dac-ledger:']],
    ['no JSON', ['dac-ledger: {']],
    ['no object', ['dac-ledger: []']],
    ['another form', [good.replace('"form":1', '"form":2')]],
    ['digests that are too short', [good.replace(/.("}})$/, '$1')]],
    ['digests that are none', [good.replace(/.("}})$/, ' $1')]],
    ['names that are none', [good.replace('["name"]', '[5]')]],
    ['names that are hostile', [good.replace('["name"]', '["na me"]')]],
    ['deep nesting', [`dac-ledger: ${'['.repeat(100_000)}`]],
    ['one key twice', [good, good.replace(/.("}})$/, 'A$1')]],
  ])('says nothing where it has %s', (_, tags) => {
    expect(readBucket({ tags }, bucket)).toEqual(new Map());
  });

  it('says nothing of a key in a part where it does not belong', () => {
    expect(readBucket({ tags: [good] }, (bucket + 1) % BUCKETS).size).toBe(0);
    expect(readBucket({ tags: [good] }, bucket).size).toBe(1);
  });
});
