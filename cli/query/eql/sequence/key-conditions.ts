import type { Mapping } from '../../../fields/mapping.ts';
import type { Comparison, EventFilter, Expression, FieldRef, SequenceTerm } from '../ast.ts';
import { fold } from '../fold.ts';
import { flatten } from '../flatten.ts';
import { literalOf } from '../value.ts';
import { stackHas } from './stack.ts';

/** The field of the event category where a rule names none. */
export const EVENT_CATEGORY = 'event.category';

export interface KeyConditionOptions {
  readonly by: readonly FieldRef[];
  readonly categoryField: string;
  readonly stack: string | undefined;
}

interface KeyCondition {
  readonly condition: Expression;
  readonly from: SequenceTerm;
  /** Which part of the join key it speaks of. */
  readonly position: number;
}

/**
 * The event filters of all terms, with what Elasticsearch copies into them: conditions on a join key that are and-ed in one
 * term hold for the same part of the key in all others, `until` excepted (elasticsearch: x-pack/plugin/eql/.../optimizer/
 * Optimizer.java, PropagateJoinKeyConstraints). It shows where the key is a list: the copy tests the whole event.
 */
export function withKeyConditions(
  terms: readonly SequenceTerm[],
  mapping: Mapping,
  options: KeyConditionOptions,
): readonly EventFilter[] {
  const keysOf = (term: SequenceTerm): readonly FieldRef[] => [...options.by, ...term.by];
  const copied = terms.flatMap((term) => keyConditions(term, keysOf(term), mapping, options));
  return terms.map((term) => {
    const conditions = copied
      .filter(({ from }) => from !== term)
      .map(({ condition, from, position }) => {
        const [there, here] = [keysOf(from)[position], keysOf(term)[position]];
        return there === undefined || here === undefined ? condition : renamed(condition, there.name, here);
      });
    const condition = conditions.reduce(
      (left, right): Expression => ({ kind: 'and', left, right, span: term.filter.condition.span }),
      term.filter.condition,
    );
    return conditions.length === 0 ? term.filter : { ...term.filter, condition };
  });
}

/** Conditions of missing terms that the stack copies to the terms around them, which narrows the whole sequence. */
export function copiedFromMissing(
  terms: readonly SequenceTerm[],
  mapping: Mapping,
  options: KeyConditionOptions,
): readonly Expression[] {
  return terms
    .filter((term) => term.missing)
    .flatMap((term) => keyConditions(term, [...options.by, ...term.by], mapping, options))
    .map(({ condition }) => condition);
}

function keyConditions(
  term: SequenceTerm,
  keys: readonly FieldRef[],
  mapping: Mapping,
  { categoryField, stack }: KeyConditionOptions,
): readonly KeyCondition[] {
  if (keys.length === 0 || (term.missing && stackHas('missing-key-conditions-stay', stack))) return [];
  const folded = fold(term.filter.condition, mapping);
  const parts = [...categoryCondition(term.filter, categoryField), ...flatten(folded, 'and')];
  return parts.flatMap((condition): KeyCondition[] => {
    const fields = fieldsOf(condition);
    const position = keys.findIndex((key) => fields.has(key.name));
    if (position < 0 || hasOr(condition)) return [];
    // Conditions that name another field as well were copied by mistake (elasticsearch pull request 133134).
    if (fields.size > 1 && stackHas('only-key-conditions-copied', stack)) return [];
    return [{ condition, from: term, position }];
  });
}

function categoryCondition({ category }: EventFilter, field: string): readonly Comparison[] {
  if (category === undefined) return [];
  const { span } = category;
  return [
    {
      kind: 'comparison',
      operator: '==',
      left: { kind: 'field', name: field, optional: false, span },
      right: literalOf(category.text, span),
      operatorSpan: span,
      span,
    },
  ];
}

/** The direct parts of an expression. */
function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'comparison':
    case 'arithmetic':
      return [node.left, node.right];
    case 'not':
    case 'negate':
    case 'plus':
    case 'pattern':
      return [node.operand];
    case 'in':
      return [node.operand, ...node.items];
    case 'call':
      return node.args;
    case 'field':
    case 'literal':
    case 'broken':
      return [];
  }
}

function* walk(root: Expression): Generator<Expression> {
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    pending.push(...partsOf(node));
  }
}

function fieldsOf(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of walk(expression)) if (node.kind === 'field') names.add(node.name);
  return names;
}

/** Whether Elasticsearch sees an `or` inside: also in a list behind `:` or `like`, but not where it makes an `in` of it. */
function hasOr(expression: Expression): boolean {
  for (const node of walk(expression)) {
    if (node.kind === 'or' && !isListOfValues(node)) return true;
    if (node.kind === 'pattern' && node.operator !== 'regex' && node.patterns.length > 1) return true;
  }
  return false;
}

/** `f == 1 or f == 2`, which becomes `f in (1, 2)`. */
function isListOfValues(or: Expression): boolean {
  const subjects = flatten(or, 'or').map((part) =>
    part.kind === 'comparison' && part.operator === '==' && part.right.kind === 'literal'
      ? part.left
      : part.kind === 'in' && !part.caseInsensitive && !part.negated
        ? part.operand
        : undefined,
  );
  const [first] = subjects;
  return first?.kind === 'field' && subjects.every((one) => one?.kind === 'field' && one.name === first.name);
}

/** The same condition about another field. */
function renamed(node: Expression, name: string, field: FieldRef): Expression {
  const inner = (one: Expression): Expression => renamed(one, name, field);
  switch (node.kind) {
    case 'field':
      return node.name === name ? { ...field, span: node.span } : node;
    case 'and':
    case 'or': {
      // A chain can be as long as the query: it is rebuilt without recursion.
      const { kind, span } = node;
      return flatten(node, kind)
        .map(inner)
        .reduce((left, right): Expression => ({ kind, left, right, span }));
    }
    case 'comparison':
    case 'arithmetic':
      return { ...node, left: inner(node.left), right: inner(node.right) };
    case 'not':
    case 'negate':
    case 'plus':
    case 'pattern':
      return { ...node, operand: inner(node.operand) };
    case 'in':
      return { ...node, operand: inner(node.operand), items: node.items.map(inner) };
    case 'call':
      return { ...node, args: node.args.map(inner) };
    case 'literal':
    case 'broken':
      return node;
  }
}
