import type { Mapping } from '../../fields/mapping.ts';
import { isWhole, roundHalfUp } from '../../fields/numbers.ts';
import { PatternError } from '../../fields/patterns/pattern-error.ts';
import type { ScriptValue } from '../algebra/query.ts';
import { QueryFailure, Unsupported } from '../failure.ts';
import type { Comparison, Expression, Pattern } from './ast.ts';
import { exactField, NOTHING_MAPPED, resolveField } from './fields.ts';
import { calculate, negate } from './functions/arithmetic.ts';
import { functionOf } from './functions/registry.ts';
import { equalsIgnoreCase } from '../../fields/patterns/fold.ts';
import { desugar, patternText } from './desugar.ts';
import { flatten } from './flatten.ts';
import { compileScriptPattern, fitsAll } from './script-pattern.ts';
import { isInt, typeOf } from './types.ts';
import { compareValues, equalValues, valueOf, type EqlValue } from './value.ts';

/** A compiled expression: from one value per occurrence of a field to its value. */
export type Evaluator = (values: readonly ScriptValue[]) => EqlValue;

export interface CompiledExpression {
  readonly evaluate: Evaluator;
  /** Fields in the order of their occurrences; the same field twice is two entries. */
  readonly fields: readonly string[];
}

/** Three-valued and, or, not. */
const and = (a: EqlValue, b: EqlValue): EqlValue =>
  a === false || b === false ? false : a === null || b === null ? null : true;
const or = (a: EqlValue, b: EqlValue): EqlValue =>
  a === true || b === true ? true : a === null || b === null ? null : false;
const not = (value: EqlValue): EqlValue => (value === null ? null : value !== true);

/** A comparison of two values with nulls: null unless both are there and comparable. */
export function compareWith(operator: Comparison['operator'], a: EqlValue, b: EqlValue): EqlValue {
  if (operator === '==') return equalValues(a, b);
  if (operator === '!=') return not(equalValues(a, b));
  const order = compareValues(a, b);
  if (order === null) return null;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** `a in (…)`: null for a null operand; with a null in the list true if another value fits, else null. */
export function inList(operand: EqlValue, items: readonly EqlValue[], fold: boolean): EqlValue {
  if (operand === null) return null;
  let sawNull = false;
  for (const item of items) {
    if (item === null) {
      sawNull = true;
      continue;
    }
    if (fold) {
      if (typeof operand !== 'string' || typeof item !== 'string')
        throw new QueryFailure('"in~" needs strings', { why: 'Elasticsearch fails the search' });
      if (equalsIgnoreCase(operand, item)) return true;
    } else if (equalValues(operand, item) === true) return true;
  }
  return sawNull ? null : false;
}

/** Values of a list are converted to the type before it: a decimal in a list of whole numbers is rounded (In.java). */
const roundedTo =
  (item: Evaluator): Evaluator =>
  (values) => {
    const value = item(values);
    return typeof value === 'number' && Number.isFinite(value) ? BigInt(roundHalfUp(value)) : value;
  };

function compilePattern(node: Pattern, text: string): (value: string) => boolean {
  try {
    return compileScriptPattern(node.operator, text, node.caseInsensitive);
  } catch (error) {
    if (error instanceof PatternError)
      throw new QueryFailure(error.message, {
        span: node.span,
        why: 'over a computed string Elasticsearch runs the expression in Java, not in the index',
        ...(error.help === undefined ? {} : { help: error.help }),
      });
    if (error instanceof QueryFailure) throw error.at(node.span);
    throw error;
  }
}

/**
 * Compiles an expression into a function of field values, for scripts and for folding constants. A mapping decides which
 * numbers are whole; without one (folding) fields are not allowed.
 */
export function compileExpression(root: Expression, mapping: Mapping | undefined): CompiledExpression {
  const fields: string[] = [];
  const compile = (written: Expression): Evaluator => {
    const node = desugar(written);
    switch (node.kind) {
      case 'literal': {
        const value = valueOf(node);
        return () => value;
      }
      case 'field':
        return field(node.name, node.optional, node.span);
      case 'call': {
        const run = functionOf(node.name.text);
        if (run === undefined) throw new Unsupported(`function ${node.name.text}`, { span: node.span });
        const args = node.args.map(compile);
        const fold = node.caseInsensitive;
        return (values) =>
          run(
            args.map((arg) => arg(values)),
            fold,
          );
      }
      case 'negate': {
        const inner = compile(node.operand);
        const width = isInt(node) ? 32 : 64;
        return (values) => negate(inner(values), width);
      }
      case 'plus':
        return compile(node.operand);
      case 'arithmetic': {
        const [left, right] = [compile(node.left), compile(node.right)];
        const width = isInt(node) ? 32 : 64;
        return (values) => calculate(node.operator, left(values), right(values), width);
      }
      case 'comparison': {
        const [left, right] = [compile(node.left), compile(node.right)];
        const nullTest = isNull(node.left) || isNull(node.right);
        if (nullTest && (node.operator === '==' || node.operator === '!=')) {
          const other = isNull(node.right) ? left : right;
          return node.operator === '==' ? (values) => other(values) === null : (values) => other(values) !== null;
        }
        return (values) => compareWith(node.operator, left(values), right(values));
      }
      case 'in': {
        if (node.negated) {
          const inner = compile({ ...node, negated: false });
          return (values) => not(inner(values));
        }
        const operand = compile(node.operand);
        const whole = typeOf(node.operand, mapping ?? NOTHING_MAPPED) === 'integer';
        const items = node.items.map((item) => (whole ? roundedTo(compile(item)) : compile(item)));
        return (values) =>
          inList(
            operand(values),
            items.map((item) => item(values)),
            node.caseInsensitive,
          );
      }
      case 'pattern': {
        const operand = compile(node.operand);
        const [text = ''] = node.patterns.map(patternText);
        if (fitsAll(node.operator, text)) return (values) => operand(values) !== null;
        const test = compilePattern(node, text);
        return (values) => {
          const value = operand(values);
          if (value === null) return null;
          if (typeof value !== 'string') throw new QueryFailure('a pattern needs a string', { span: node.span });
          return test(value);
        };
      }
      case 'not': {
        const inner = compile(node.operand);
        return (values) => not(inner(values));
      }
      case 'and':
      case 'or': {
        const parts = flatten(node, node.kind).map(compile);
        const join = node.kind === 'and' ? and : or;
        return (values) => parts.map((part) => part(values)).reduce(join);
      }
      case 'broken':
        throw new Unsupported('an expression that does not parse', { span: node.span });
    }
  };
  const field = (name: string, optional: boolean, where: { start: number; end: number }): Evaluator => {
    const resolved = mapping === undefined ? undefined : resolveField(mapping, name);
    if (resolved === undefined || mapping === undefined)
      throw new QueryFailure(`${name} is not constant`, { span: where });
    if (resolved.kind === 'unmapped' && optional) return () => null;
    const exact = resolved.kind === 'field' ? exactField(mapping, resolved.field) : resolved;
    if (exact.kind !== 'field')
      throw new QueryFailure(exact.kind === 'unusable' ? exact.message : `${name} is not mapped`, { span: where });
    const at = fields.push(exact.field.name) - 1;
    if (!isWhole(exact.field.type)) return (values) => values[at] ?? null;
    return (values) => {
      const value = values[at] ?? null;
      return typeof value === 'number' ? BigInt(value) : value;
    };
  };
  const evaluate = compile(root);
  return { evaluate, fields };
}

export const isNull = (node: Expression): boolean => node.kind === 'literal' && node.type === 'null';
