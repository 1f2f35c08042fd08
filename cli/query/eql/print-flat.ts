import type { Duration, EventFilter, Expression, FieldRef, Literal, Name, SequenceTerm } from './ast.ts';
import { KEYWORDS } from './parser-state.ts';

/** How tightly a construct binds, loosest first; an operand that binds less tightly than its place needs parentheses. */
export const BINDING = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  sign: 7,
  predicate: 8,
  primary: 9,
} as const;

export function bindingOf(node: Expression): number {
  switch (node.kind) {
    case 'or':
      return BINDING.or;
    case 'and':
      return BINDING.and;
    case 'not':
      return BINDING.not;
    case 'comparison':
      return BINDING.comparison;
    case 'arithmetic':
      return node.operator === '+' || node.operator === '-' ? BINDING.sum : BINDING.product;
    case 'negate':
    case 'plus':
      return BINDING.sign;
    case 'in':
    case 'pattern':
      return BINDING.predicate;
    case 'literal':
      return node.written === undefined && isNegative(node) ? BINDING.sign : BINDING.primary;
    default:
      return BINDING.primary;
  }
}

const isNegative = ({ value }: Literal): boolean =>
  typeof value === 'bigint' ? value < 0n : typeof value === 'number' && (value < 0 || Object.is(value, -0));

/**
 * An expression on one line, with no more parentheses than its tree needs and a reader wants: `and` inside `or` has them.
 * `least`: how tightly its place binds.
 */
export function flat(node: Expression, least: number = BINDING.or): string {
  const text = flatBare(node);
  return bindingOf(node) < least ? `(${text})` : text;
}

function flatBare(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return literalText(node);
    case 'field':
      return fieldText(node);
    case 'call':
      return `${node.name.text}${node.caseInsensitive ? '~' : ''}(${node.args.map((arg) => flat(arg)).join(', ')})`;
    case 'negate':
    case 'plus':
      return `${node.kind === 'negate' ? '-' : '+'}${flat(node.operand, BINDING.sign)}`;
    case 'arithmetic': {
      const own = bindingOf(node);
      return `${flat(node.left, own)} ${node.operator} ${flat(node.right, own + 1)}`;
    }
    case 'comparison':
      return `${flat(node.left, BINDING.sum)} ${node.operator} ${flat(node.right, BINDING.sum)}`;
    case 'in':
      return `${predicateHead(node)}(${node.items.map((item) => flat(item)).join(', ')})`;
    case 'pattern': {
      const texts = node.patterns.map(literalText);
      return `${predicateHead(node)}${texts.length === 1 ? (texts[0] ?? '') : `(${texts.join(', ')})`}`;
    }
    case 'not':
      return `not ${flat(node.operand, BINDING.not)}`;
    case 'and':
    case 'or':
      return leftDeep(node)
        .map((part) => flat(part, BINDING.not))
        .join(` ${node.kind} `);
    case 'broken':
      return '…';
  }
}

/** Operands of a chain as the parser builds it, to the left; what hangs to the right stays one operand. */
export function leftDeep(node: Expression & { kind: 'and' | 'or' }): readonly Expression[] {
  const parts: Expression[] = [];
  let rest: Expression = node;
  for (; rest.kind === node.kind; rest = rest.left) parts.push(rest.right);
  parts.push(rest);
  return parts.reverse();
}

/** What stands before the list of a predicate: `f not in~ `, `f : `. */
export function predicateHead(node: Expression & { kind: 'in' | 'pattern' }): string {
  const operand = flat(node.operand, BINDING.primary);
  const tilde = node.caseInsensitive ? '~' : '';
  if (node.kind === 'in') return `${operand} ${node.negated ? 'not ' : ''}in${tilde} `;
  return `${operand} ${node.operator}${node.operator === ':' ? '' : tilde} `;
}

export function literalText(literal: Literal): string {
  const { value, written } = literal;
  if (written !== undefined) return written;
  if (typeof value === 'string') return stringText(value);
  if (literal.type !== 'double') return String(value);
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** A string in double quotes, or between three where that saves backslashes. */
export function stringText(value: string): string {
  if (value.includes('\\') && !/[\n\r]|"""|^"|"$/.test(value)) return `"""${value}"""`;
  return `"${value.replace(/[\b\t\n\f\r"\\]/g, (character) => ESCAPES[character] ?? character)}"`;
}

const PLAIN = /^[A-Za-z_@][A-Za-z0-9_]*$/;
const isPlain = (name: string): boolean => PLAIN.test(name) && !KEYWORDS.has(name);
const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** A field with back quotes where a part of its name needs them. */
export function fieldText({ name, optional }: FieldRef): string {
  const parts = name.split('.');
  const text = parts.includes('') ? quoted(name) : parts.map((part) => (isPlain(part) ? part : quoted(part))).join('.');
  return optional ? `?${text}` : text;
}

export const categoryText = (category: Name | undefined): string =>
  category === undefined ? 'any' : isPlain(category.text) ? category.text : stringText(category.text);

export const keysText = (keys: readonly FieldRef[]): string =>
  keys.length === 0 ? '' : ` by ${keys.map(fieldText).join(', ')}`;

export const durationText = ({ amount, unit }: Duration): string => `${amount}${unit}`;

export const flatEvent = ({ category, condition }: EventFilter): string =>
  `${categoryText(category)} where ${flat(condition)}`;

/** What stands behind the bracket of a term. */
export const termTail = (term: SequenceTerm): string =>
  `${keysText(term.by)}${term.runs === 1 ? '' : ` with runs=${term.runs}`}`;
