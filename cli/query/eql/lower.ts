import type { Field, Mapping } from '../../fields/mapping.ts';
import type { Span } from '../../text/span.ts';
import type { Query, Scalar } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';
import type { Call, Comparison, EventFilter, Expression, InList, Literal, Pattern } from './ast.ts';
import type { EqlDiagnostic } from './diagnostic.ts';
import { compileExpression, isNull } from './evaluate.ts';
import { exactField, resolveField } from './fields.ts';
import { fold } from './fold.ts';
import { flatten } from './parse.ts';
import { escapeLike } from './script-pattern.ts';
import { literalOf } from './value.ts';

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
  return { query: { kind: 'bool', must: [term, condition], span: filter.span }, diagnostics: [] };
}

/** A condition as algebra, after folding. Throws a QueryFailure for what cannot be planned. */
export function lowerCondition(condition: Expression, mapping: Mapping, text: string): Query {
  return new Lowering(mapping, text).condition(fold(condition, mapping));
}

const WILDCARD = /[*?]/;

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
    return { kind: 'range', field: this.#field(left.name).name, [bound[operator]]: right.value, span };
  }

  #term(field: Field, literal: Literal, span: Span, caseInsensitive?: boolean): Query {
    return {
      kind: 'term',
      field: field.name,
      value: literal.value,
      ...(caseInsensitive === true ? { caseInsensitive } : {}),
      span,
    };
  }

  #in(node: InList): Query {
    const { operand, items, span, caseInsensitive } = node;
    if (operand.kind !== 'field' || !items.every((item) => item.kind === 'literal')) return this.#script(node);
    const field = this.#exact(operand.name, operand.span);
    const values: Literal[] = [];
    for (const item of items) if (item.kind === 'literal' && item.value !== null) values.push(item);
    if (!caseInsensitive)
      return { kind: 'terms', field: field.name, values: values.map((item): Scalar => item.value), span };
    return anyOf(
      values.map((item) => this.#term(field, item, item.span, true)),
      span,
    );
  }

  #pattern(node: Pattern): Query {
    const { operand, patterns, operator, caseInsensitive, span } = node;
    if (operand.kind !== 'field') return this.#script(node);
    const field = this.#exact(operand.name, operand.span);
    const folding = caseInsensitive ? { caseInsensitive } : {};
    if (operator === 'regex') {
      const pattern = patterns.map((one) => String(one.value)).join('|');
      return { kind: 'regexp', field: field.name, pattern, ...folding, span };
    }
    const single = patterns.length === 1;
    const clauses = patterns.map((one): Query => {
      const text = String(one.value);
      const at = single ? span : one.span;
      if (!WILDCARD.test(text)) return this.#term(field, literalOf(text, one.span), at, caseInsensitive);
      return { kind: 'wildcard', field: field.name, pattern: escapeLike(text), ...folding, span: at };
    });
    return anyOf(clauses, span);
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
    if (name === 'wildcard')
      return this.#pattern({
        kind: 'pattern',
        operator: 'like',
        caseInsensitive: node.caseInsensitive,
        operand: subject,
        patterns: rest,
        operatorSpan: node.name.span,
        span,
      });
    return this.#script(node);
  }

  #script(node: Expression): Query {
    const { evaluate, fields } = compileExpression(node, this.#mapping);
    return {
      kind: 'script',
      fields,
      test: (values) => evaluate(values) === true,
      text: this.#text.slice(node.span.start, node.span.end),
      span: node.span,
    };
  }
}

function anyOf(clauses: readonly Query[], span: Span): Query {
  const [only] = clauses;
  if (clauses.length === 1 && only !== undefined) return only;
  return { kind: 'bool', should: clauses, minimumShouldMatch: 1, span };
}
