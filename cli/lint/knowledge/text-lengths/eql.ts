import { leastLengthOfRegexp } from '../../../fields/patterns/regexp-length.ts';
import { leastLengthOfWildcard } from '../../../fields/patterns/wildcard.ts';
import type { Comparison, Expression, Statement } from '../../../query/eql/ast.ts';
import type { Span } from '../../../text/span.ts';
import type { Demand, LimitOf } from './demand.ts';

/** What the conditions of an EQL query ask for beyond the limits. Spans are offsets in the query. */
export function eqlDemands({ body }: Statement, limitOf: LimitOf): readonly Demand[] {
  const demands: Demand[] = [];
  const conditions =
    body.kind === 'event'
      ? [body.condition]
      : [...body.terms, ...('until' in body && body.until !== undefined ? [body.until] : [])].map(
          (term) => term.filter.condition,
        );
  const pending: Part[] = conditions.map((node) => ({ node, negated: false }));
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    pending.push(...below(part));
    demandsOf(part, limitOf, demands);
  }
  return demands;
}

/** A part of a condition; `negated`: an odd number of "not" stands around it. */
interface Part {
  readonly node: Expression;
  readonly negated: boolean;
}

function below({ node, negated }: Part): readonly Part[] {
  const plain = (...nodes: readonly Expression[]): Part[] => nodes.map((one) => ({ node: one, negated: false }));
  switch (node.kind) {
    case 'and':
    case 'or':
      return [
        { node: node.left, negated },
        { node: node.right, negated },
      ];
    case 'not':
      return [{ node: node.operand, negated: !negated }];
    case 'comparison':
    case 'arithmetic':
      return plain(node.left, node.right);
    case 'negate':
    case 'plus':
    case 'in':
    case 'pattern':
      return plain(node.operand);
    case 'call':
      return plain(...node.args);
    default:
      return [];
  }
}

const textOf = (node: Expression): string | undefined =>
  node.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined;

function demandsOf({ node, negated }: Part, limitOf: LimitOf, out: Demand[]): void {
  switch (node.kind) {
    case 'comparison':
      return ofComparison(node, negated, limitOf, out);
    case 'in':
      for (const item of node.items) ofLength(node.operand, '==', numberIn(item), item.span, limitOf, out);
      return ofTexts(node.operand, node.items, wholeText, limitOf, out);
    case 'pattern':
      return ofTexts(node.operand, node.patterns, node.operator === 'regex' ? regexp : wildcard, limitOf, out);
    case 'call':
      if (Object.hasOwn(SEARCHES, node.name.text))
        ofTexts(node.args[0], node.args.slice(1), SEARCHES[node.name.text] ?? wholeText, limitOf, out);
      return;
    default:
  }
}

/** The length of the shortest value that a text fits; it is asked only where it may be more than a limit. */
type LeastOf = (text: string, limit: number) => number;

const wholeText: LeastOf = (text) => text.length;
const wildcard: LeastOf = (text, limit) => (text.length > limit ? leastLengthOfWildcard(text) : 0);
/** Only repetitions make a value longer than its expression. */
const regexp: LeastOf = (text, limit) => (text.length > limit || text.includes('{') ? leastLengthOfRegexp(text) : 0);

/** Functions that look for texts in a field. */
const SEARCHES: Readonly<Record<string, LeastOf>> = {
  startsWith: wholeText,
  endsWith: wholeText,
  stringContains: wholeText,
  wildcard,
  match: regexp,
  matchLite: regexp,
};

function ofTexts(
  subject: Expression | undefined,
  texts: readonly Expression[],
  leastOf: LeastOf,
  limitOf: LimitOf,
  out: Demand[],
): void {
  if (subject?.kind !== 'field') return;
  const limit = limitOf(subject.name);
  if (limit === Infinity) return;
  for (const one of texts) {
    const text = textOf(one);
    const least = text === undefined ? 0 : leastOf(text, limit);
    if (least > limit) out.push({ field: subject.name, least, span: one.span });
  }
}

const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const;

const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' } as const;

/** The number that a constant expression comes to. */
function numberIn(node: Expression): number | undefined {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'number' ? node.value : undefined;
    case 'plus':
      return numberIn(node.operand);
    case 'arithmetic': {
      const [left, right] = [numberIn(node.left), numberIn(node.right)];
      if (left === undefined || right === undefined) return undefined;
      return node.operator === '+' ? left + right : node.operator === '-' ? left - right : node.operator === '*' ? left * right : undefined; // prettier-ignore
    }
    default:
      return undefined;
  }
}

function ofComparison(
  { left, right, operator, span }: Comparison,
  negated: boolean,
  limitOf: LimitOf,
  out: Demand[],
): void {
  const mirrored = left.kind === 'literal' || numberIn(left) !== undefined;
  const [subject, value] = mirrored ? [right, left] : [left, right];
  const sign = mirrored ? MIRRORED[operator] : operator;
  if (subject.kind === 'field' && value.kind === 'literal' && (sign === '==' || sign === '!='))
    return ofTexts(subject, [value], wholeText, limitOf, out);
  ofLength(subject, sign, numberIn(value), span, limitOf, out);
  if (negated) ofLength(subject, OPPOSITE[sign], numberIn(value), span, limitOf, out);
}

/** A length, or a place in a text, that is compared with a number. */
function ofLength(
  subject: Expression,
  sign: keyof typeof OPPOSITE,
  value: number | undefined,
  span: Span,
  limitOf: LimitOf,
  out: Demand[],
): void {
  if (subject.kind !== 'call' || value === undefined) return;
  const [field, part] = subject.args;
  const name = subject.name.text;
  if (field?.kind !== 'field' || (name !== 'length' && name !== 'indexOf')) return;
  const number = sign === '>' ? value + 1 : sign === '>=' || sign === '==' ? value : 0;
  // A part that begins there ends behind it.
  const behind = name === 'indexOf' && part !== undefined ? (textOf(part)?.length ?? 0) : 0;
  const least = number > 0 ? number + behind : 0;
  if (least > limitOf(field.name)) out.push({ field: field.name, least, span });
}
