import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../text/json.ts';
import { isKnown, knownVectors, versionIn } from './known.ts';

const difference = (id: string) =>
  ({ kind: 'verdict', suite: 'real/dsl', id, mapping: {}, document: {}, query: {}, server: 'a', ours: 'b' }) as const;

describe('known differences of vectors', () => {
  const known = knownVectors({
    servers: [{ versions: '<9.2', reason: 'an older one', vectors: { 'real/dsl': ['a', 'b'] } }],
  });

  it('are those of the vector, on a server of such a version', () => {
    expect(isKnown(known, difference('b'), '8.18.8')).toBe(true);
    expect(isKnown(known, difference('c'), '8.18.8')).toBe(false);
    expect(isKnown(known, { ...difference('b'), suite: 'real/kql' }, '8.18.8')).toBe(false);
    expect(isKnown(known, difference('b'), '9.2.0')).toBe(false);
  });

  it('have a reason and a range of versions that is read', () => {
    const file = JSON.parse(readFileSync(new URL('../known-differences.json', import.meta.url), 'utf8')) as Json;
    for (const { reason, ids, versions } of knownVectors(file)) {
      expect(reason.length).toBeGreaterThan(10);
      expect(ids.length).toBeGreaterThan(0);
      expect(versions === undefined || /^(?:(?:>=|<)\d+\.\d+(?:\.\d+)?(?: \|\| | |$))+$/.test(versions)).toBe(true);
    }
  });
});

describe('versionIn', () => {
  it.each([
    ['9.1.5', '<9.2', true],
    ['9.2.0', '<9.2', false],
    ['8.19.5', '<9.2', true],
    ['9.10.0', '<9.2', false],
    ['9.1.5', '>=9.1 <9.2', true],
    ['9.0.9', '>=9.1 <9.2', false],
    ['8.19.5', '<9.2 || >=9.3', true],
    ['9.3.0', '<9.2 || >=9.3', true],
    ['9.2.3', '<9.2 || >=9.3', false],
    ['9.1.0', '9.1.0', false],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(versionIn(version, range)).toBe(expected);
  });
});
