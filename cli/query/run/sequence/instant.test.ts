import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocumentDate } from '../../../fields/dates/index.ts';
import { elapsed, exceeds, plainIso } from './instant.ts';

describe('plainIso', () => {
  const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
  const written = fc
    .tuple(
      fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, '0')),
      two(13),
      two(32),
      two(25),
      two(61),
      two(61),
      fc.constantFrom('', '.', '.1', '.12', '.123', '.000456', '.123456789', '.1234567891', '.x'),
      fc.constantFrom('Z', '', '+01:00'),
    )
    .map(
      ([year, month, day, hour, minute, second, rest, zone]) =>
        `${year}-${month}-${day}T${hour}:${minute}:${second}${rest}${zone}`,
    );

  it('reads what it reads as the field does, and nothing that the field refuses', () => {
    fc.assert(
      fc.property(written, (text) => {
        const plain = plainIso(text);
        if (plain === undefined) return;
        expect(BigInt(plain.ms) * 1_000_000n + BigInt(plain.ns)).toBe(parseDocumentDate(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('reads the usual form', () => {
    expect(
      ['2024-02-28T23:59:59.999Z', '1969-12-28T23:59:59Z', '2024-01-01T00:00:00.000000001Z'].map((text) =>
        plainIso(text),
      ),
    ).toEqual([
      { ms: 1709164799999, ns: 0 },
      { ms: -259201000, ns: 0 },
      { ms: 1704067200000, ns: 1 },
    ]);
  });

  it.each([
    '2024-02-29T00:00:00Z',
    '2024-02-30T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01 00:00:00Z',
    'x',
  ])('leaves %s to the format of the field', (text) => {
    expect(plainIso(text)).toBeUndefined();
  });
});

describe('spans', () => {
  it('are exact to the nanosecond', () => {
    const from = { ms: 1000, ns: 500_000 };
    expect([
      exceeds(from, { ms: 2000, ns: 500_000 }, 1000),
      exceeds(from, { ms: 2000, ns: 500_001 }, 1000),
      exceeds(from, { ms: 2001, ns: 0 }, 1000),
      elapsed(from, { ms: 2001, ns: 0 }),
    ]).toEqual([false, true, true, 1000.5]);
  });
});
