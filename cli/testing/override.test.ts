import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../text/json.ts';
import { hasField, setField, unsetField } from './override.ts';

describe('unsetField', () => {
  it.each([
    [{ a: { b: 1, c: 2 } }, 'a.b', { a: { c: 2 } }],
    [{ a: { b: 1 } }, 'a.b', {}],
    [{ 'a.b': 1, c: 2 }, 'a.b', { c: 2 }],
    [{ 'a.b': 1, a: { b: 2 } }, 'a.b', {}],
    [{ a: { 'b.c': 1, d: 2 } }, 'a.b.c', { a: { d: 2 } }],
    [{ 'a.b.c': 1, 'a.x': 2 }, 'a.b', { 'a.x': 2 }],
    [{ a: [{ b: 1, c: 2 }, { b: 3 }] }, 'a.b', { a: [{ c: 2 }, {}] }],
    [{ a: 1 }, 'a.b', { a: 1 }],
    [{ ab: 1 }, 'a', { ab: 1 }],
  ])('takes out of %j the field %s', (document, field, result) => {
    expect(unsetField(document as JsonObject, field)).toEqual(result);
  });
});

describe('setField', () => {
  it.each([
    [{ a: { b: 1 } }, 'a.b', 2, { a: { b: 2 } }],
    [{ a: { x: 1 } }, 'a.b', 2, { a: { x: 1, b: 2 } }],
    [{ 'a.b': 1 }, 'a.b', 2, { a: { b: 2 } }],
    [{ 'a.b': 1, 'c.d': 1 }, 'a.b', 2, { 'c.d': 1, 'a.b': 2 }],
    [{}, 'a.b.c', [1], { a: { b: { c: [1] } } }],
    [{ a: 'text' }, 'a.b', 2, { a: { b: 2 } }],
  ])('gives to %j in %s the value %j', (document, field, value, result) => {
    expect(setField(document as JsonObject, field, value)).toEqual(result);
  });

  it('does not touch prototypes', () => {
    const made = setField({ a: 1 }, '__proto__.polluted', true);
    expect([Object.keys(made), ({} as Record<string, unknown>)['polluted']]).toEqual([['a', '__proto__'], undefined]);
  });
});

describe('hasField', () => {
  it.each([
    [{ a: { b: null } }, 'a.b', true],
    [{ 'a.b.c': 1 }, 'a.b', true],
    [{ a: [{ x: 1 }, { b: 1 }] }, 'a.b', true],
    [{ a: { bc: 1 } }, 'a.b', false],
    [{}, '__proto__', false],
  ])('of %j %s is %s', (document, field, result) => {
    expect(hasField(document as JsonObject, field)).toBe(result);
  });
});
