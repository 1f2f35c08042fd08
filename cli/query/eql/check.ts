import type { Field, Mapping } from '../../fields/mapping.ts';
import { suggest } from '../../text/suggest.ts';
import { span, type Span } from '../../text/span.ts';
import type {
  Call,
  Comparison,
  EventFilter,
  Expression,
  FieldRef,
  InList,
  Pattern,
  SequenceTerm,
  Statement,
} from './ast.ts';
import type { EqlDiagnostic, EqlErrorType } from './diagnostic.ts';
import { exactField, resolveField } from './fields.ts';
import { flatten } from './parse.ts';
import { arity, functionNames, signatureOf, type Parameter } from './signatures.ts';
import { isConstant, isNumber, typeOf, type EqlType } from './types.ts';

export interface EqlCheckOptions {
  /** Field of the event category; default `event.category`. */
  readonly eventCategoryField?: string;
  /** Stack version that the query is meant for, such as `9.4`. */
  readonly stack?: string;
}

/**
 * Checks a statement against a mapping, as Elasticsearch's verifier does before it runs anything. All faults at once.
 * (elasticsearch: x-pack/plugin/eql/.../analysis/Verifier.java)
 */
export function checkEql(
  statement: Statement,
  mapping: Mapping,
  options: EqlCheckOptions = {},
): readonly EqlDiagnostic[] {
  const checker = new Checker(mapping, options);
  checker.statement(statement);
  return checker.found;
}

const ordinal = (n: number): string => ['first', 'second', 'third', 'fourth', 'fifth'][n] ?? `${n + 1}th`;

const TYPE_NAMES: Readonly<Record<EqlType, string>> = {
  string: 'a string',
  integer: 'a whole number',
  decimal: 'a number',
  boolean: 'a boolean',
  ip: 'an IP address',
  date: 'a date',
  version: 'a version',
  null: 'null',
  unknown: 'unknown',
};

class Checker {
  readonly found: EqlDiagnostic[] = [];
  readonly #mapping: Mapping;
  readonly #options: EqlCheckOptions;
  #categoryReported = false;

  constructor(mapping: Mapping, options: EqlCheckOptions) {
    this.#mapping = mapping;
    this.#options = options;
  }

  #report(
    id: string,
    where: Span,
    message: string,
    more: {
      errorType?: EqlErrorType;
      why?: string;
      help?: string;
      label?: string;
      severity?: 'error' | 'warning';
    } = {},
  ): void {
    const { errorType = 'verification_exception', severity = 'error', ...rest } = more;
    this.found.push({ id, errorType, severity, span: span(where.start, where.end), message, ...rest });
  }

  statement({ body }: Statement): void {
    if (body.kind === 'event') {
      this.#event(body);
      return;
    }
    if (body.kind === 'join') {
      this.#report(
        'query/unsupported',
        span(body.span.start, body.span.start + 4),
        'Elasticsearch does not run "join"',
        {
          why: 'it parses for old queries only, and is refused',
          help: 'write a sequence or a sample',
        },
      );
      return;
    }
    const terms = body.kind === 'sequence' && body.until !== undefined ? [...body.terms, body.until] : body.terms;
    for (const term of terms) this.#event(term.filter);
    for (const key of [...body.by, ...terms.flatMap((term) => term.by)]) this.#key(key);
    this.#keyTypes(terms);
    if (body.kind === 'sequence' && body.until?.missing === true)
      this.#report(
        'query/until-missing',
        span(body.until.span.start, body.until.span.start + 2),
        'the "!" in front of this term is ignored',
        {
          severity: 'warning',
          why: 'Elasticsearch reads "until ![ … ]" and drops the "!" silently: the sequence ends when the event is there',
          help: 'take the "!" out, or say what should end the sequence',
        },
      );
  }

  #event({ category, condition }: EventFilter): void {
    const name = this.#options.eventCategoryField ?? 'event.category';
    if (category !== undefined && !this.#categoryReported && this.#mapping.field(name) === undefined) {
      this.#categoryReported = true;
      this.#report(
        'query/unknown-field',
        category.span,
        `${name}, the field of the event category, is in none of the rule's indices`,
        {
          why: 'Elasticsearch refuses the whole query',
          help: 'write "any where …", or set event_category_override to the field that holds the category',
        },
      );
    }
    this.#condition(condition);
  }

  /** An expression whose value decides: it has to be boolean. */
  #condition(expression: Expression): void {
    for (const part of flatten(expression, 'and'))
      for (const inner of flatten(part, 'or')) {
        if (inner.kind === 'and') this.#condition(inner);
        else if (inner.kind === 'not') this.#not(inner.operand, inner.span);
        else {
          this.#value(inner);
          this.#boolean(inner);
        }
      }
  }

  #boolean(expression: Expression): void {
    const type = typeOf(expression, this.#mapping);
    if (type === 'boolean' || type === 'null' || type === 'unknown') return;
    this.#report(
      'query/type-mismatch',
      expression.span,
      `a condition has to be true or false, this is ${TYPE_NAMES[type]}`,
      {
        why: 'Elasticsearch refuses the whole query',
        help:
          expression.kind === 'field'
            ? `compare it: ${expression.name} == … , or ${expression.name} != null`
            : 'compare it with something',
      },
    );
  }

  #not(operand: Expression, where: Span): void {
    if (operand.kind === 'field' && typeOf(operand, this.#mapping) === 'boolean') {
      this.#value(operand);
      this.#report('query/not-plannable', where, `"not" cannot stand before the bare field ${operand.name}`, {
        errorType: 'ql_illegal_argument_exception',
        why: 'Elasticsearch turns a bare boolean field into a comparison only beside "and" and "or"; here it fails',
        help: `write ${operand.name} == false, or not ${operand.name} == true`,
      });
      return;
    }
    this.#condition(operand);
  }

  /** Fields and calls inside an expression. */
  #value(expression: Expression): void {
    switch (expression.kind) {
      case 'field':
        this.#field(expression, false);
        return;
      case 'call':
        this.#call(expression);
        return;
      case 'negate':
      case 'plus':
        this.#value(expression.operand);
        this.#numeric(expression.operand, 'a sign');
        return;
      case 'arithmetic':
        for (const side of [expression.left, expression.right]) {
          this.#value(side);
          this.#numeric(side, `"${expression.operator}"`);
        }
        return;
      case 'comparison':
        this.#comparison(expression);
        return;
      case 'in':
        this.#in(expression);
        return;
      case 'pattern':
        this.#pattern(expression);
        return;
      case 'not':
        this.#not(expression.operand, expression.span);
        return;
      case 'and':
      case 'or':
        this.#condition(expression);
        return;
      case 'literal':
      case 'broken':
        return;
    }
  }

  #numeric(expression: Expression, what: string): void {
    const type = typeOf(expression, this.#mapping);
    if (isNumber(type) || type === 'null' || type === 'unknown') return;
    this.#report('query/type-mismatch', expression.span, `${what} needs numbers, this is ${TYPE_NAMES[type]}`, {
      why: 'Elasticsearch refuses the whole query',
    });
  }

  /** `exact`: the construct needs whole values, so text needs a keyword sub-field. */
  #field(ref: FieldRef, exact: boolean): Field | undefined {
    const resolved = resolveField(this.#mapping, ref.name);
    if (resolved.kind === 'unmapped') {
      if (!ref.optional) this.#unknown(ref);
      return undefined;
    }
    if (resolved.kind === 'unusable') {
      this.#unusable(ref, resolved.message, resolved.help);
      return undefined;
    }
    if (!exact) return resolved.field;
    const found = exactField(this.#mapping, resolved.field);
    if (found.kind === 'field') return found.field;
    if (found.kind === 'unusable') this.#unusable(ref, found.message, found.help);
    return undefined;
  }

  #unknown(ref: FieldRef): void {
    const meant = suggest(ref.name, this.#mapping.names());
    const checked = this.#mapping.describe();
    this.#report('query/unknown-field', ref.span, `${ref.name} is in none of the rule's indices`, {
      why: `Elasticsearch refuses the whole query with "Unknown column", and the rule never runs (checked: ${checked.join(', ')})`,
      help: `if only some indices have it, write ?${ref.name}; a suite can declare it under [mapping]`,
      ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
    });
  }

  #unusable(ref: FieldRef, message: string, help?: string): void {
    this.#report('query/field-not-usable', ref.span, message, {
      why: 'Elasticsearch refuses the whole query',
      ...(help === undefined ? {} : { help }),
    });
  }

  #comparison(node: Comparison): void {
    const { left, right, operator } = node;
    const exact = operator === '==' || operator === '!=';
    const nullTest = [left, right].some((side) => side.kind === 'literal' && side.type === 'null');
    for (const side of [left, right]) {
      if (side.kind === 'field') this.#field(side, exact && !nullTest);
      else this.#value(side);
    }
    const [leftConstant, rightConstant] = [isConstant(left, this.#mapping), isConstant(right, this.#mapping)];
    if (leftConstant || rightConstant) return;
    if (this.#foldable(left) || this.#foldable(right)) return;
    const offender = right;
    this.#report('query/not-plannable', offender.span, 'two fields cannot be compared with each other', {
      errorType: 'ql_illegal_argument_exception',
      why: `Elasticsearch compares a field with a constant only; it fails on "${operator}" between two fields`,
      help: 'fields may meet inside a function: startsWith~(a, b), or a - b == 0 for numbers',
    });
  }

  /** Arithmetic over fields on one side and a field on the other cannot be folded, but null sides can. */
  #foldable(side: Expression): boolean {
    return side.kind === 'field' && side.optional && this.#mapping.field(side.name) === undefined;
  }

  #in(node: InList): void {
    const { operand, items } = node;
    if (operand.kind === 'field') this.#field(operand, true);
    else this.#value(operand);
    const type = typeOf(operand, this.#mapping);
    for (const item of items) {
      this.#value(item);
      if (!isConstant(item, this.#mapping)) {
        this.#report('query/type-mismatch', item.span, 'the values of a list have to be constant', {
          why: 'Elasticsearch refuses the whole query',
          help: 'join comparisons with "or" instead',
        });
        continue;
      }
      const found = typeOf(item, this.#mapping);
      if (found === 'null' || found === 'unknown' || type === 'null' || type === 'unknown') continue;
      if (found === type || (isNumber(found) && isNumber(type))) continue;
      const help =
        type === 'ip'
          ? 'write cidrMatch(field, "10.0.0.1/32", …), or field == "…" for each'
          : 'a list converts nothing: write the values in the type of the field';
      this.#report(
        'query/type-mismatch',
        item.span,
        `the list needs ${TYPE_NAMES[type]}, this is ${TYPE_NAMES[found]}`,
        {
          why: 'unlike "==", "in" converts nothing, and Elasticsearch refuses the whole query',
          help,
        },
      );
    }
    if (node.caseInsensitive && type !== 'string' && type !== 'null' && type !== 'unknown')
      this.#report('query/type-mismatch', operand.span, `"in~" needs a string, this is ${TYPE_NAMES[type]}`, {
        why: 'Elasticsearch refuses the whole query',
      });
  }

  #pattern(node: Pattern): void {
    const { operand, patterns, operator } = node;
    if (operand.kind === 'field') this.#field(operand, true);
    else this.#value(operand);
    const type = typeOf(operand, this.#mapping);
    if (type !== 'string' && type !== 'null' && type !== 'unknown')
      this.#report('query/type-mismatch', operand.span, `"${operator}" works on strings, this is ${TYPE_NAMES[type]}`, {
        why: 'Elasticsearch refuses the whole query',
        help: type === 'ip' ? 'write cidrMatch(field, "10.0.0.0/8")' : 'write "=="',
      });
    for (const pattern of patterns)
      if (pattern.type !== 'string')
        this.#report('query/type-mismatch', pattern.span, `"${operator}" needs a string behind it`, {
          why: 'Elasticsearch refuses the whole query',
          help: operator === ':' ? 'write "==" to compare with a number' : 'put it in double quotes',
        });
  }

  #call(node: Call): void {
    const signature = signatureOf(node.name.text);
    if (signature === undefined) {
      const meant = suggest(node.name.text, functionNames);
      this.#report('query/unknown-function', node.name.span, `there is no function ${node.name.text}`, {
        why: 'Elasticsearch refuses the whole query',
        help: `the functions are ${functionNames.join(', ')}`,
        ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
      });
      for (const arg of node.args) this.#value(arg);
      return;
    }
    if (node.caseInsensitive && signature.tilde !== true)
      this.#report('query/wrong-arguments', node.name.span, `${signature.name} has no variant with "~"`, {
        errorType: 'parsing_exception',
        help: 'take the "~" out',
      });
    const { min, max, text } = arity(signature);
    if (node.args.length < min || node.args.length > max) {
      this.#report(
        'query/wrong-arguments',
        node.span,
        `${signature.name} takes ${text} argument${text === 'one' || text === 'at least one' ? '' : 's'}, it has ${node.args.length}`,
        {
          errorType: 'parsing_exception',
          why: 'Elasticsearch refuses the whole query',
        },
      );
      for (const arg of node.args) this.#value(arg);
      return;
    }
    node.args.forEach((arg, at) => {
      const parameter = signature.parameters[Math.min(at, signature.parameters.length - 1)];
      if (parameter !== undefined) this.#argument(node, arg, at, parameter);
    });
    if (/^(endswith|stringcontains)$/i.test(signature.name)) this.#leafConstant(node);
  }

  #argument(node: Call, arg: Expression, at: number, parameter: Parameter): void {
    if (arg.kind === 'field') {
      const field = this.#field(arg, true);
      if (field === undefined && !arg.optional) return;
    } else this.#value(arg);
    const what = `the ${ordinal(at)} argument of ${node.name.text}`;
    if (parameter.constant === true && !isConstant(arg, this.#mapping)) {
      this.#report('query/wrong-arguments', arg.span, `${what} has to be a constant`, {
        why: 'Elasticsearch refuses the whole query',
      });
      return;
    }
    const type = typeOf(arg, this.#mapping);
    if (type === 'null' || type === 'unknown' || parameter.type === 'any') return;
    const fits =
      parameter.type === 'number'
        ? isNumber(type)
        : parameter.type === 'string'
          ? type === 'string'
          : parameter.type === type;
    if (fits) return;
    const wanted = parameter.type === 'number' ? 'a number' : TYPE_NAMES[parameter.type];
    this.#report('query/wrong-arguments', arg.span, `${what} has to be ${wanted}, this is ${TYPE_NAMES[type]}`, {
      why: 'Elasticsearch refuses the whole query',
      ...(parameter.type === 'string' ? { help: 'string(…) turns a value into text' } : {}),
    });
  }

  /**
   * On a field, endsWith and stringContains become wildcard queries whose constant is not escaped: `*`, `?` and backslash
   * in it are special (elasticsearch: x-pack/plugin/eql/.../planner/QueryTranslator.java).
   */
  #leafConstant(node: Call): void {
    const [subject, constant] = node.args;
    if (subject?.kind !== 'field' || constant?.kind !== 'literal' || typeof constant.value !== 'string') return;
    if (!/[*?\\]/.test(constant.value) || this.#mapping.field(subject.name) === undefined) return;
    this.#report(
      'query/pattern-in-constant',
      constant.span,
      `"*", "?" and backslash are special in the constant of ${node.name.text}`,
      {
        severity: 'warning',
        why: 'Elasticsearch runs this as a wildcard query without escaping: a star means any text, a backslash escapes the next character',
        help: 'double each backslash once more to mean a backslash; write \\\\* for a literal star',
      },
    );
  }

  #key(key: FieldRef): void {
    const resolved = resolveField(this.#mapping, key.name);
    if (resolved.kind === 'field' || (resolved.kind === 'unmapped' && !key.optional) || resolved.kind === 'unusable')
      this.#field(key, true);
  }

  /** Keys at the same position are compared with each other, so their types have to be of one family. */
  #keyTypes(terms: readonly SequenceTerm[]): void {
    const width = Math.max(0, ...terms.map((term) => term.by.length));
    for (let position = 0; position < width; position++) {
      let first: { readonly key: FieldRef; readonly type: EqlType } | undefined;
      for (const term of terms) {
        const key = term.by[position];
        if (key === undefined) continue;
        const type = typeOf(key, this.#mapping);
        if (type === 'unknown' || type === 'null') continue;
        if (first === undefined) first = { key, type };
        else if (first.type !== type && !(isNumber(first.type) && isNumber(type)))
          this.#report(
            'query/type-mismatch',
            key.span,
            `the join key ${key.name} is ${TYPE_NAMES[type]}, ${first.key.name} before it is ${TYPE_NAMES[first.type]}`,
            {
              why: 'keys are compared with each other; Elasticsearch refuses keys of different types',
            },
          );
      }
    }
  }
}
