import { describe, expect, it } from 'vitest';
import { randomBatch } from '../fuzz.ts';
import { randomMapping } from '../mappings.ts';
import { Random } from '../random.ts';
import { isMeant, randomKql } from './kql.ts';

describe('random KQL', () => {
  const seeds = Array.from({ length: 40 }, (_, at) => at + 1);

  it('is translated as it is meant, and most of it has a meaning', () => {
    const mistaken = seeds.flatMap((seed) => randomBatch('kql', new Random(seed)).mistaken ?? []);
    expect(mistaken).toEqual([]);
    const made = seeds.flatMap((seed) => {
      const random = new Random(seed);
      const { fields } = randomMapping(random, 6);
      return Array.from({ length: 50 }, () => randomKql(fields, random));
    });
    expect(made.filter(({ meant }) => meant !== undefined).length).toBeGreaterThan(made.length / 2);
  });

  it('means another query where an operator, a value or a group is another one', () => {
    const meant = { bool: { filter: [{ term: { f: { value: 'a' } } }, { bool: { must_not: [{ exists: { field: 'g' } }] } }] } }; // prettier-ignore
    expect(isMeant({ bool: { filter: [{ term: { f: { value: 'a' } } }, { bool: { must_not: { exists: { field: 'g' } } } }] } }, meant)).toBe(true); // prettier-ignore
    expect(isMeant({ bool: { should: meant.bool.filter } }, meant)).toBe(false);
    expect(isMeant({ bool: { filter: [{ term: { f: { value: 'b' } } }] } }, meant)).toBe(false);
    expect(isMeant(undefined, meant)).toBe(false);
  });
});
