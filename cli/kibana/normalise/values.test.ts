import { describe, expect, it } from 'vitest';
import { canonicalValue, valueFault } from './values.ts';

it.each([
  ['keyword', ' a-b ', 'a-b'],
  ['ip', '10.0.0.1', '10.0.0.1'],
  ['ip_range', '10.0.0.1', '10.0.0.1-10.0.0.1'],
  ['ip_range', '10.0.0.1 - 10.0.0.9', '10.0.0.1-10.0.0.9'],
  ['ip_range', '10.0.0.0/8', '10.0.0.0/8'],
  ['integer_range', '5', '5-5'],
  ['integer_range', '-5', '-5--5'],
  ['long_range', '1-', '1--1-'],
  ['date_range', '2026-01-01', '2026-01-01,2026-01-01'],
  ['date_range', '2026-01-01, 2026-01-02', '2026-01-01,2026-01-02'],
  ['geo_point', '1.5, 2', '1.5,2'],
  ['geo_point', 'POINT (2 1)', 'POINT (2 1)'],
  ['geo_shape', '1.5, 2', 'POINT (2 1.5)'],
])('a value of type %s written %j is read back as %j', (type, written, read) => {
  expect(canonicalValue(type, written)).toBe(read);
});

describe('what a list would not keep', () => {
  it.each([
    ['ip', '10.0.0', 'is no IP address'],
    ['ip', '10.0.0.0/8', 'is no IP address'],
    ['ip_range', '10.0.0.0/33', 'is no block of addresses'],
    ['ip_range', 'a-b', 'is neither an address, nor a block, nor a range low-high'],
    ['ip_range', '10.0.0.9-10.0.0.1', 'ends before it begins'],
    ['byte', '128', 'does not fit into byte'],
    ['long', '0x10', 'is no number'],
    ['integer_range', '-5', 'is no number, or has a negative end, which Kibana cannot read'],
    ['integer_range', '9-1', 'ends before it begins'],
    ['boolean', 'yes', 'is neither true nor false'],
    ['keyword', 'é'.repeat(16_384), 'is longer than 32,766 bytes'],
  ])('in type %s: %s', (type, value, fault) => {
    expect(valueFault(type, value)).toBe(fault);
  });

  it.each([
    ['ip', '::1'],
    ['ip_range', '10.0.0.1'],
    ['ip_range', '::1-::2'],
    ['byte', '-128'],
    ['double', '-1.5e3'],
    ['float_range', '1.5-2.5'],
    ['boolean', 'false'],
    ['keyword', 'é'.repeat(16_383)],
    ['text', 'x'.repeat(40_000)],
    ['date', 'any'],
  ])('is not, in type %s: %s', (type, value) => {
    expect(valueFault(type, value)).toBeUndefined();
  });
});
