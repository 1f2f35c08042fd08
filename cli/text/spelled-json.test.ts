import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { parseJsonSpelled } from './parse-json.ts';
import { spelledJson } from './spelled-json.ts';

describe('spelledJson', () => {
  it('writes every number as it was read', () => {
    const text = '{"a":[1.0,1.50,1e2,-0,12345678901234567890,1,0.5,1e400],"b":{"c":"1.0","d":null,"e":true}}';
    expect(spelledJson(parseJsonSpelled(text).value as Json)).toBe(text);
  });
});
