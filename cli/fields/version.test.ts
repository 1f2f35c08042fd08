import { describe, expect, it } from 'vitest';
import { compareVersions } from './version.ts';

describe('compareVersions', () => {
  it('orders as the version field does', () => {
    const ordered = [
      '1-alpha', '1', '1.0.0-1', '1.0.0-2', '1.0.0-10', '1.0.0-alpha', '1.0.0-alpha+b', '1.0.0-alpha.1', '1.0.0-beta', '1.0.0',
      '1.0.0+a', '1.0.0+b', '1.0.0.1', '1.2.3', '1.11.0', '2.0.0', '10.0.0', '123456789012345678901234567890.1', '',
      '01.0.0', '1..0', '1.0.0-01', 'Cr.a', 'abc', 'v1.0.0',
    ]; // prettier-ignore
    expect(ordered.toReversed().sort(compareVersions)).toEqual(ordered);
    expect(compareVersions('1.2.3', '1.2.3')).toBe(0);
  });

  it('takes a version of too many parts, or of too many digits, for text', () => {
    const parts = (count: number): string => Array.from({ length: count }, () => '1').join('.');
    expect(compareVersions(parts(33), '9')).toBe(1);
    expect(compareVersions(parts(32), '9')).toBe(-1);
    expect(compareVersions('1'.repeat(128), '9')).toBe(1);
  });

  it('is quick on hostile text', () => {
    const start = performance.now();
    compareVersions(`1-${'a-'.repeat(50_000)}!`, `1.${'0.'.repeat(50_000)}`);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
