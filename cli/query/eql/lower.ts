import type { Field, Mapping } from '../../fields/mapping.ts';
import type { Span } from '../../text/span.ts';
import type { Query, Scalar } from '../algebra/query.ts';
import { QueryFailure, Unsupported } from '../failure.ts';
import type { Call, Comparison, EventFilter, Expression, InList, Literal, Pattern } from './ast.ts';
import type { EqlDiagnostic } from './diagnostic.ts';
import { patternText } from './desugar.ts';
import { compileExpression, isNull } from './evaluate.ts';
import { exactField, resolveField } from './fields.ts';
import { fold } from './fold.ts';
import { fieldsOf } from './fields-of.ts';
import { flatten } from './flatten.ts';
import { escapeLike, fitsAll } from './script-pattern.ts';
import { isUnmappedOptional } from './types.ts';

export interface EqlLowerOptions {
  /** Field of the event category; default `event.category`. */
  readonly eventCategoryField?: string;
  readonly now: number;
  readonly stack?: string;
  /** The query text that the spans belong to. */
  readonly text: string;
}

export interface LoweredEvent {
  readonly query: Query;
  readonly diagnostics: readonly EqlDiagnostic[];
}

/**
 * One event filter as algebra: the category and the condition. The condition is cut at `and`, `or` and `not`; what
 * remains is a clause on a field where the index has one for it, else a script (elasticsearch: x-pack/plugin/eql/...
 * planner/QueryTranslator.java).
 */
export function lowerEventFilter(filter: EventFilter, mapping: Mapping, options: EqlLowerOptions): LoweredEvent {
  const condition = lowerCondition(filter.condition, mapping, options.text);
  const { category } = filter;
  if (category === undefined) return { query: condition, diagnostics: [] };
  const name = options.eventCategoryField ?? 'event.category';
  const term: Query = { kind: 'term', field: name, value: category.text, span: category.span };
  if (condition.kind === 'match_all') return { query: term, diagnostics: [] };
  if (condition.kind === 'match_none') return { query: condition, diagnostics: [] };
  // A chain of `and` and the category are one list of clauses, as Elasticsearch makes it.
  const clauses = condition.kind === 'bool' && condition.must !== undefined ? condition.must : [condition];
  return { query: { kind: 'bool', must: [term, ...clauses], span: filter.span }, diagnostics: [] };
}

/** A condition as algebra, after folding. Throws a QueryFailure for what cannot be planned. */
export function lowerCondition(condition: Expression, mapping: Mapping, text: string): Query {
  const query = new Lowering(mapping, text).condition(fold(condition, mapping));
  if (query.kind !== 'match_none') return query;
  const unmapped = new Set(
    fieldsOf(condition)
      .filter((one) => isUnmappedOptional(one, mapping))
      .map(({ name }) => name),
  );
  if (unmapped.size === 0) return query;
  const names = [...unmapped];
  const which = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''} ${names.length === 1 ? 'is' : 'are'} in none of the rule's indices`;
  return { ...query, reason: `${which}, so ${query.reason ?? 'the condition is never true'}` };
}

class Lowering {
  readonly #mapping: Mapping;
  readonly #text: string;

  constructor(mapping: Mapping, text: string) {
    this.#mapping = mapping;
    this.#text = text;
  }

  condition(node: Expression): Query {
    const { span } = node;
    switch (node.kind) {
      case 'literal':
        return node.value === true
          ? { kind: 'match_all', span }
          : {
              kind: 'match_none',
              span,
              reason: node.value === null ? 'the condition is null for every event' : 'the condition is never true',
            };
      case 'and':
        return { kind: 'bool', must: flatten(node, 'and').map((part) => this.condition(part)), span };
      case 'or':
        return {
          kind: 'bool',
          should: flatten(node, 'or').map((part) => this.condition(part)),
          minimumShouldMatch: 1,
          span,
        };
      case 'not':
        return { kind: 'bool', mustNot: [this.condition(node.operand)], span };
      case 'comparison':
        return this.#comparison(node);
      case 'in':
        return this.#in(node);
      case 'pattern':
        return this.#pattern(node);
      case 'call':
        return this.#call(node);
      case 'field': {
        const field = this.#field(node.name);
        return { kind: 'term', field: field.name, value: true, span };
      }
      default:
        return this.#script(node);
    }
  }

  #field(name: string): Field {
    const resolved = resolveField(this.#mapping, name);
    if (resolved.kind === 'field') return resolved.field;
    throw new QueryFailure(resolved.kind === 'unusable' ? resolved.message : `${name} is not mapped`);
  }

  #exact(name: string, span: Span): Field {
    const found = exactField(this.#mapping, this.#field(name));
    if (found.kind === 'field') return found.field;
    throw new QueryFailure(found.kind === 'unusable' ? found.message : `${name} is not mapped`, { span });
  }

  #comparison(node: Comparison): Query {
    const { left, right, operator, span } = node;
    if (operator === '!=') return { kind: 'bool', mustNot: [this.#comparison({ ...node, operator: '==' })], span };
    if (left.kind !== 'field' || right.kind !== 'literal') return this.#script(node);
    if (right.value === null) {
      const exists: Query = { kind: 'exists', field: this.#field(left.name).name, span };
      return { kind: 'bool', mustNot: [exists], span };
    }
    if (operator === '==') return this.#term(this.#exact(left.name, left.span), right, span);
    const bound = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;
    const field = this.#field(left.name);
    return { kind: 'range', field: field.name, [bound[operator]]: scalarFor(field, right), span };
  }

  #term(field: Field, literal: Literal, span: Span, caseInsensitive?: boolean): Query {
    return {
      kind: 'term',
      field: field.name,
      value: scalarFor(field, literal),
      ...(caseInsensitive === true ? { caseInsensitive } : {}),
      span,
    };
  }

  #in(node: InList): Query {
    const { operand, items, span, caseInsensitive } = node;
    if (operand.kind !== 'field' || !items.every((item) => item.kind === 'literal')) return this.#script(node);
    const field = this.#exact(operand.name, operand.span);
    const values: Scalar[] = [];
    for (const item of items) {
      if (item.kind !== 'literal') return this.#script(node);
      if (caseInsensitive) return this.#term(field, item, span, true);
      if (item.value !== null) values.push(item.value);
    }
    return { kind: 'terms', field: field.name, values, span };
  }

  #pattern(node: Pattern): Query {
    const { operand, operator, caseInsensitive, span } = node;
    if (operand.kind !== 'field') return this.#script(node);
    const [only] = node.patterns;
    const text = only === undefined ? '' : patternText(only);
    if (fitsAll(operator, text)) return { kind: 'exists', field: this.#field(operand.name).name, span };
    const field = this.#exact(operand.name, operand.span).name;
    const folding = caseInsensitive ? { caseInsensitive } : {};
    return operator === 'regex'
      ? { kind: 'regexp', field, pattern: text, ...folding, span }
      : { kind: 'wildcard', field, pattern: escapeLike(text), ...folding, span };
  }

  #call(node: Call): Query {
    const [subject, ...rest] = node.args;
    const { span } = node;
    const name = node.name.text.toLowerCase();
    if (subject?.kind !== 'field' || !rest.every((arg): arg is Literal => arg.kind === 'literal'))
      return this.#script(node);
    const folding = node.caseInsensitive ? { caseInsensitive: true } : {};
    const [first] = rest;
    if (name === 'cidrmatch') {
      const field = this.#field(subject.name);
      return { kind: 'terms', field: field.name, values: rest.map((arg) => arg.value), span };
    }
    if (name === 'startswith' || name === 'endswith' || name === 'stringcontains') {
      const field = this.#exact(subject.name, subject.span);
      if (first === undefined || isNull(first))
        throw new QueryFailure(`the second argument of ${node.name.text} is null`, {
          span: first?.span ?? span,
          why: 'Elasticsearch refuses it, or searches for the word "null"',
          help: 'use a field that is mapped, or a string',
        });
      const text = String(first.value);
      if (name === 'startswith') return { kind: 'prefix', field: field.name, value: text, ...folding, span };
      // The constant is not escaped here: stars, question marks and backslashes in it are special.
      const pattern = name === 'endswith' ? `*${text}` : `*${text}*`;
      return { kind: 'wildcard', field: field.name, pattern, ...folding, span };
    }
    return this.#script(node);
  }

  #script(node: Expression): Query {
    const negation = negationIn(node);
    if (negation !== undefined)
      throw new Unsupported('a negation inside a function', {
        span: negation.span,
        why: 'Elasticsearch moves "not" out of a script; what that makes of a function around it is not defined',
        help: 'put the negation in front of the whole comparison, or split the condition',
      });
    const { evaluate, fields } = compileExpression(node, this.#mapping);
    const test = (values: Parameters<typeof evaluate>[0]): boolean => {
      try {
        return evaluate(values) === true;
      } catch (error) {
        throw error instanceof QueryFailure ? error.at(node.span) : error;
      }
    };
    return { kind: 'script', fields, test, text: this.#text.slice(node.span.start, node.span.end), span: node.span };
  }
}

/** What a clause on a field searches for; of a decimal, a field of strings holds the text that Java writes: `5.0`, not `5`. */
const scalarFor = (field: Field, literal: Literal): Scalar =>
  literal.type === 'double' && ['keyword', 'wildcard', 'constant_keyword', 'text'].includes(field.type)
    ? patternText(literal)
    : literal.value;

/** The first negation of a unit that runs as a script; those around it were taken off before. */
function negationIn(node: Expression): Expression | undefined {
  const first = (nodes: readonly Expression[]): Expression | undefined =>
    nodes.map(negationIn).find((one) => one !== undefined);
  switch (node.kind) {
    case 'not':
      return node;
    case 'and':
    case 'or':
      return first(flatten(node, node.kind));
    case 'comparison':
      return node.operator === '!=' ? node : first([node.left, node.right]);
    case 'arithmetic':
      return first([node.left, node.right]);
    case 'in':
    case 'pattern':
    case 'negate':
    case 'plus':
      return negationIn(node.operand);
    case 'call':
      return first(node.args);
    case 'field':
    case 'literal':
    case 'broken':
      return undefined;
  }
}
