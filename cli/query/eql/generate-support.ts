import fc from 'fast-check';
import type { Expression, FieldRef, Literal, Sequence, SequenceTerm, Statement } from './ast.ts';

const span = { start: 0, end: 0 };

/** A tree without what does not decide its meaning: places, and the tokens of literals. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !['span', 'operatorSpan', 'written'].includes(key));
  return Object.fromEntries(kept.map(([key, inner]): [string, unknown] => [key, bare(inner)]));
}

const identifier = fc.stringMatching(/^[a-z_@][a-z0-9_]{0,6}$/);
const segment = fc.oneof(
  { weight: 5, arbitrary: identifier },
  fc.constantFrom('sequence', 'in', 'any', 'runs', 'null'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }).filter((text) => !/[.\n]/.test(text)),
);

export const field: fc.Arbitrary<FieldRef> = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([segments, optional]) => ({ kind: 'field', name: segments.join('.'), optional, span }));

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.stringMatching(/^["'\\a*?]{0,6}$/));

export const literal: fc.Arbitrary<Literal> = fc.oneof(
  text.map((value): Literal => ({ kind: 'literal', type: 'string', value, span })),
  fc.nat(2147483647).map((value): Literal => ({ kind: 'literal', type: 'integer', value, span })),
  fc
    .bigInt(2147483648n, 9223372036854775807n)
    .map((value): Literal => ({ kind: 'literal', type: 'long', value, span })),
  fc
    .double({ min: 0, noNaN: true, noDefaultInfinity: true })
    .map((value): Literal => ({ kind: 'literal', type: 'double', value: Math.abs(value), span })),
  fc.boolean().map((value): Literal => ({ kind: 'literal', type: 'boolean', value, span })),
  fc.constant<Literal>({ kind: 'literal', type: 'null', value: null, span }),
);

/** Any tree that the parser can build. */
export const expression: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>((tie) => {
  const node = tie('node');
  const some = fc.array(node, { minLength: 1, maxLength: 3 });
  return {
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literal,
      field,
      fc
        .tuple(
          identifier.filter(
            (name) =>
              !/^(?:and|any|by|false|in|join|like|not|null|of|or|regex|true|where|with|until|sample|maxspan)$/.test(
                name,
              ),
          ),
          fc.boolean(),
          fc.array(node, { maxLength: 3 }),
        )
        .map(([name, caseInsensitive, args]): Expression => ({
          kind: 'call',
          name: { text: name, span },
          caseInsensitive,
          args,
          span,
        })),
      fc
        .tuple(fc.constantFrom('negate' as const, 'plus' as const, 'not' as const), node)
        .map(([kind, operand]): Expression => ({ kind, operand, span })),
      fc
        .tuple(fc.constantFrom('+', '-', '*', '/', '%'), node, node)
        .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', operator, left, right, span })),
      fc
        .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), node, node)
        .map(([operator, left, right]): Expression => ({
          kind: 'comparison',
          operator,
          left,
          right,
          operatorSpan: span,
          span,
        })),
      fc
        .tuple(fc.boolean(), fc.boolean(), node, some)
        .map(([negated, caseInsensitive, operand, items]): Expression => ({
          kind: 'in',
          negated,
          caseInsensitive,
          operand,
          items,
          span,
        })),
      fc
        .tuple(
          fc.constantFrom(':', 'like', 'regex'),
          fc.boolean(),
          node,
          fc.array(literal, { minLength: 1, maxLength: 3 }),
        )
        .map(([operator, tilde, operand, patterns]): Expression => ({
          kind: 'pattern',
          operator,
          caseInsensitive: operator === ':' || tilde,
          operand,
          patterns,
          operatorSpan: span,
          span,
        })),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), node, node)
        .map(([kind, left, right]): Expression => ({ kind, left, right, span })),
    ),
  };
}).node;

const event = fc
  .tuple(fc.option(fc.string({ unit: 'binary', maxLength: 6 }), { nil: undefined }), expression)
  .map(([category, condition]) => ({
    kind: 'event' as const,
    ...(category === undefined ? {} : { category: { text: category, span } }),
    condition,
    span,
  }));

const sequence: fc.Arbitrary<Sequence> = fc
  .tuple(
    fc.array(field, { maxLength: 2 }),
    fc.nat(2),
    fc.array(
      fc.tuple(event, fc.boolean(), fc.integer({ min: 1, max: 51 }), fc.array(field, { minLength: 2, maxLength: 2 })),
      { minLength: 3, maxLength: 4 },
    ),
    fc.boolean(),
    fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.constantFrom('ms', 's', 'm', 'h', 'd')),
  )
  .map(([by, width, drawn, withUntil, [amount, unit]]) => {
    const terms = drawn.map(([filter, missing, runs, keys], at): SequenceTerm => ({
      kind: 'term',
      missing: at > 0 && missing,
      filter,
      by: keys.slice(0, width),
      runs,
      span,
    }));
    const until = withUntil ? terms.at(-1) : undefined;
    return {
      kind: 'sequence',
      by,
      maxspan: { amount, unit, span },
      terms: until === undefined ? terms : terms.slice(0, -1),
      ...(until === undefined ? {} : { until }),
      span,
    };
  });

export const statement: fc.Arbitrary<Statement> = fc
  .tuple(fc.oneof(event, sequence), fc.array(fc.tuple(fc.constantFrom('head', 'tail'), fc.nat(50)), { maxLength: 2 }))
  .map(([body, pipes]) => ({
    body,
    pipes: pipes.map(([name, count]) => ({
      kind: 'pipe',
      name: { text: name, span },
      args: [{ kind: 'literal', type: 'integer', value: count, span }],
      span,
    })),
    span,
  }));

/** Words of the language and what looks like them, in any order. */
export const soup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'any', 'process', 'where', 'and', 'or', 'not', 'in', 'in~', 'like', 'like~', 'regex', ':', '==', '!=', '<', '=', '(', ')', '[',
        '![', ']', ',', '.', '|', '||', '&&', '?', '~', '!', '"a*"', '"""b"""', "'c'", '?"d"', '"\\q"', '"\\u{1f600}"', '`x-y`', '1', '2.5',
        '99999999999999999999', 'true', 'null', 'f', 'n', 'a.b', 'length(', 'startsWith~(', 'cidrMatch(', 'add(', '+', '-', '*', '/', '%',
        'sequence', 'sample', 'join', 'by', 'with', 'maxspan=5m', 'runs=3', 'until', 'head', 'tail', '// c\n', '/* c */', '/*', '"', '\n',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 25 },
  )
  .map((words) => words.join(' ')); // prettier-ignore
