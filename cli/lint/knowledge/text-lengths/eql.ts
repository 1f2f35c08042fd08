import { leastLengthOfRegexp } from '../../../fields/patterns/regexp-length.ts';
import { leastLengthOfWildcard } from '../../../fields/patterns/wildcard.ts';
import type { Comparison, Expression, Statement } from '../../../query/eql/ast.ts';
import type { Demand, LimitOf } from './demand.ts';

/** What the conditions of an EQL query ask for beyond the limits. Spans are offsets in the query. */
export function eqlDemands({ body }: Statement, limitOf: LimitOf): readonly Demand[] {
  const demands: Demand[] = [];
  const pending: Expression[] =
    body.kind === 'event'
      ? [body.condition]
      : [...body.terms, ...('until' in body && body.until !== undefined ? [body.until] : [])].map(
          (term) => term.filter.condition,
        );
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    below(node, pending);
    demandsOf(node, limitOf, demands);
  }
  return demands;
}

function below(node: Expression, pending: Expression[]): void {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'comparison':
    case 'arithmetic':
      pending.push(node.left, node.right);
      return;
    case 'not':
    case 'negate':
    case 'plus':
    case 'in':
    case 'pattern':
      pending.push(node.operand);
      return;
    case 'call':
      pending.push(...node.args);
      return;
    default:
  }
}

const textOf = (node: Expression): string | undefined =>
  node.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined;

function demandsOf(node: Expression, limitOf: LimitOf, out: Demand[]): void {
  switch (node.kind) {
    case 'comparison':
      return ofComparison(node, limitOf, out);
    case 'in':
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

function ofComparison({ left, right, operator, span }: Comparison, limitOf: LimitOf, out: Demand[]): void {
  const [subject, value, sign] =
    left.kind === 'literal' ? ([right, left, MIRRORED[operator]] as const) : ([left, right, operator] as const);
  if (value.kind !== 'literal') return;
  if (subject.kind === 'field' && (sign === '==' || sign === '!='))
    return ofTexts(subject, [value], wholeText, limitOf, out);
  if (subject.kind !== 'call' || typeof value.value !== 'number') return;
  const [field, part] = subject.args;
  const name = subject.name.text;
  if (field?.kind !== 'field' || (name !== 'length' && name !== 'indexOf')) return;
  const number = sign === '>' ? value.value + 1 : sign === '>=' || sign === '==' ? value.value : 0;
  // A part that begins there ends behind it.
  const behind = name === 'indexOf' && part !== undefined ? (textOf(part)?.length ?? 0) : 0;
  const least = number > 0 ? number + behind : 0;
  if (least > limitOf(field.name)) out.push({ field: field.name, least, span });
}
