import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { compilePredicate } from '../run/predicate.ts';
import type { ScriptValue } from '../algebra/query.ts';
import { checkEql } from './check.ts';
import { compileExpression } from './evaluate.ts';
import { fold } from './fold.ts';
import { soup } from './generate-support.ts';
import { lowerEventFilter } from './lower.ts';
import { parseEql, parseEqlExpression } from './parse.ts';
import { compileCondition, mappingOf } from './test-support.ts';

const mapping = mappingOf({
  f: 'keyword',
  g: 'keyword',
  n: 'long',
  d: 'double',
  b: 'boolean',
  ip: 'ip',
  '@timestamp': 'date',
});

const word = fc.constantFrom('a', 'b', 'ab', 'A', 'aB', '', 'a b');
const string = word.map((text) => JSON.stringify(text));
const number = fc.integer({ min: -3, max: 12 }).map(String);
const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const name = fc.constantFrom('f', 'g');
const list = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(of, { minLength: 1, maxLength: 3 }).map((items) => `(${items.join(', ')})`);
const pattern = fc.constantFrom('"a*"', '"?b"', '"*"', '"a"', '"*B*"');

/** Conditions over single predicates that leaves and scripts answer alike where every field has one ASCII value. */
const predicate: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(name, comparison, string).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('n', 'd', 'n + 2', 'n * 2', '-n', '3 - n', 'n % 3'), comparison, number).map((parts) => parts.join(' ')),
  fc.tuple(name, fc.constantFrom('in', 'not in', 'in~', 'not in~'), list(string)).map((parts) => parts.join(' ')),
  fc.tuple(fc.constant('n'), fc.constantFrom('in', 'not in'), list(number)).map((parts) => parts.join(' ')),
  fc.tuple(name, fc.constantFrom(':', 'like', 'like~'), fc.oneof(pattern, list(pattern))).map((parts) => parts.join(' ')),
  fc.tuple(name, fc.constantFrom('regex', 'regex~'), fc.constantFrom('"a.*"', '"[ab]+"', '("a", "b")')).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('startsWith', 'startsWith~', 'endsWith', 'endsWith~', 'stringContains~'), name, fc.constantFrom('"a"', '"B"', '"ab"')).map(([fn, field, text]) => `${fn}(${field}, ${text})`),
  fc.tuple(name, comparison, number).map(([field, operator, value]) => `length(${field}) ${operator} ${value}`),
  fc.tuple(name, name, comparison, string).map(([a, b, operator, text]) => `concat(${a}, ${b}) ${operator} ${text}`),
  fc.constantFrom('f == null', 'n != null', 'b == true', 'b != false', 'b == null'),
); // prettier-ignore

const condition: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    predicate,
    tie('node').map((inner) => `not (${inner})`),
    fc.tuple(tie('node'), fc.constantFrom('and', 'or'), tie('node')).map(([a, joint, b]) => `(${a} ${joint} ${b})`),
  ),
})).node;

const value = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[] | null | undefined> =>
  fc.oneof(one, fc.array(one, { maxLength: 2 }), fc.constant(null), fc.constant(undefined));

const full = fc.record({
  f: word,
  g: word,
  n: fc.integer({ min: -3, max: 12 }),
  d: fc.constantFrom(0, 1.5, 7),
  b: fc.boolean(),
});
const any = fc
  .record({ f: value(word), g: value(word), n: value(fc.integer({ min: -3, max: 12 })), b: value(fc.boolean()) })
  .map((members) => Object.fromEntries(Object.entries(members).filter(([, one]) => one !== undefined)) as JsonObject);

describe('conditions', () => {
  it('mean the same as a leaf and as a script where every field has one value', () => {
    fc.assert(
      fc.property(condition, full, (text, source) => {
        const { expression } = parseEqlExpression(text);
        if (expression === undefined) throw new Error(text);
        const { evaluate, fields } = compileExpression(expression, mapping);
        const members: Readonly<Record<string, ScriptValue>> = source;
        const asScript = evaluate(fields.map((one) => members[one] ?? null)) === true;
        expect([text, compileCondition(text, mapping)(source)]).toEqual([text, asScript]);
      }),
      { numRuns: 400 },
    );
  });

  it('are the same negated twice', () => {
    fc.assert(
      fc.property(condition, any, (text, source) => {
        const twice = compileCondition(`not not (${text})`, mapping)(source);
        expect(twice).toBe(compileCondition(text, mapping)(source));
      }),
      { numRuns: 200 },
    );
  });

  it('are the complement of their negation: no mapped field makes a condition null', () => {
    fc.assert(
      fc.property(condition, any, (text, source) => {
        const negated = compileCondition(`not (${text})`, mapping)(source);
        expect(negated).toBe(!compileCondition(text, mapping)(source));
      }),
      { numRuns: 200 },
    );
  });

  it('fold to the same when they are folded again', () => {
    fc.assert(
      fc.property(condition, (text) => {
        const { expression } = parseEqlExpression(text);
        if (expression === undefined) throw new Error(text);
        const once = fold(expression, mapping);
        expect(fold(once, mapping)).toEqual(once);
      }),
    );
  });
});

describe('any input', () => {
  it('is read, checked and lowered, or refused with a known error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          soup.map((text) => `any where ${text}`),
        ),
        (text) => {
          const { statement, diagnostics } = parseEql(text);
          if (statement === undefined) {
            expect(diagnostics.length).toBeGreaterThan(0);
            return;
          }
          checkEql(statement, mapping);
          if (statement.body.kind !== 'event') return;
          try {
            const { query } = lowerEventFilter(statement.body, mapping, { now: 0, text });
            compilePredicate(query, { mapping, now: 0 })({
              index: '',
              id: '',
              source: { f: 'a', n: [1, 2] },
              ordinal: 0,
            });
          } catch (error) {
            expect(error).toBeInstanceOf(KnownError);
          }
        },
      ),
      { numRuns: 800 },
    );
  });

  it.each([
    ['200 levels of parentheses', `${'('.repeat(200)}n == 1${')'.repeat(200)}`],
    ['200 levels of functions', `${'string('.repeat(200)}f${')'.repeat(200)} == "a"`],
    ['200 levels of and in or', `${'(n == 1 and (n == 2 or '.repeat(100)}n == 1${'))'.repeat(100)}`],
    ['a sum of 200', `${'n + '.repeat(200)}1 == 201`],
    ['a chain of 20,000', Array.from({ length: 20_000 }, (_, i) => `n == ${i}`).join(' or ')],
    ['a list of 3,000', `n in (${Array.from({ length: 3000 }, (_, i) => i).join(', ')})`],
    ['3,000 patterns', `f : ("a", ${Array.from({ length: 3000 }, (_, i) => `"x${i}*"`).join(', ')})`],
  ])('with %s runs', (_name, text) => {
    expect(compileCondition(text, mapping)({ n: 1, f: 'a' })).toBe(true);
  });

  it('is matched in linear time', () => {
    const start = performance.now();
    expect(compileCondition('f like "*a*a*a*a*b"', mapping)({ f: 'a'.repeat(100_000) })).toBe(false);
    expect(compileCondition('f regex "(a|aa)+b"', mapping)({ f: 'a'.repeat(100_000) })).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
