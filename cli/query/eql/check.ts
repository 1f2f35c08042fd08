import type { Mapping } from '../../fields/mapping.ts';
import { span } from '../../text/span.ts';
import type { EventFilter, Expression, Sequence, Sample, Statement } from './ast.ts';
import { checkCall } from './check-call.ts';
import { checkField, checkKeys } from './check-field.ts';
import { checkComparison, checkIn, checkMergedEqualities, checkPattern } from './check-predicate.ts';
import { CheckReport, TYPE_NAMES, type EqlCheckOptions } from './check-report.ts';
import { checkVersions } from './check-version.ts';
import type { EqlDiagnostic } from './diagnostic.ts';
import { flatten } from './flatten.ts';
import { isNumber, typeOf } from './types.ts';

export type { EqlCheckOptions };

/**
 * Checks a statement against a mapping, as Elasticsearch's verifier does before it runs anything. All faults at once.
 * (elasticsearch: x-pack/plugin/eql/.../analysis/Verifier.java)
 */
export function checkEql(
  statement: Statement,
  mapping: Mapping,
  options: EqlCheckOptions = {},
): readonly EqlDiagnostic[] {
  const report = new CheckReport(mapping, options);
  new Checker(report).statement(statement);
  checkVersions(report, statement);
  return report.found;
}

class Checker {
  readonly #report: CheckReport;
  #categoryReported = false;

  constructor(report: CheckReport) {
    this.#report = report;
  }

  statement({ body }: Statement): void {
    switch (body.kind) {
      case 'event':
        this.#event(body);
        return;
      case 'join':
        this.#report.add(
          'query/unsupported',
          span(body.span.start, body.span.start + body.kind.length),
          'Elasticsearch does not run "join"',
          {
            why: 'it parses for old queries only, and is refused',
            help: 'write a sequence or a sample',
          },
        );
        return;
      case 'sequence':
        this.#sequence(body);
        return;
      case 'sample':
        this.#terms(body);
    }
  }

  #sequence(sequence: Sequence): void {
    this.#terms(sequence);
    const { until } = sequence;
    if (until?.missing === true)
      this.#report.add(
        'query/until-missing',
        span(until.span.start, until.span.start + 2),
        'the "!" in front of this term is ignored',
        {
          severity: 'warning',
          why: 'Elasticsearch reads "until ![ … ]" and drops the "!" silently: the sequence ends when the event is there',
          help: 'take the "!" out, or say what should end the sequence',
        },
      );
  }

  #terms(body: Sequence | Sample): void {
    const until = body.kind === 'sequence' ? body.until : undefined;
    const terms = until === undefined ? body.terms : [...body.terms, until];
    for (const term of terms) this.#event(term.filter);
    checkKeys(this.#report, body.by, terms);
  }

  #event({ category, condition }: EventFilter): void {
    const { mapping, options } = this.#report;
    const name = options.eventCategoryField ?? 'event.category';
    if (category !== undefined && !this.#categoryReported && mapping.field(name) === undefined) {
      this.#categoryReported = true;
      this.#report.add(
        'query/unknown-field',
        category.span,
        `${name}, the field of the event category, is in none of the rule's indices`,
        { help: 'write "any where …", or set event_category_override to the field that holds the category' },
      );
    }
    this.#condition(condition);
  }

  /** An expression whose value decides: it has to be boolean. */
  #condition(expression: Expression): void {
    if (expression.kind === 'and' || expression.kind === 'or') {
      if (expression.kind === 'or') checkMergedEqualities(this.#report, expression);
      for (const part of flatten(expression, expression.kind)) this.#condition(part);
      return;
    }
    if (expression.kind === 'not') {
      this.#not(expression);
      return;
    }
    this.#value(expression);
    const type = typeOf(expression, this.#report.mapping);
    if (type === 'boolean' || type === 'null' || type === 'unknown') return;
    this.#report.add(
      'query/type-mismatch',
      expression.span,
      `a condition has to be true or false, this is ${TYPE_NAMES[type]}`,
      {
        help:
          expression.kind === 'field'
            ? `compare it: ${expression.name} == … , or ${expression.name} != null`
            : 'compare it with something',
      },
    );
  }

  #not({ operand, span: where }: Expression & { kind: 'not' }): void {
    if (operand.kind === 'field' && typeOf(operand, this.#report.mapping) === 'boolean') {
      this.#value(operand);
      this.#report.add('query/not-plannable', where, `"not" cannot stand before the bare field ${operand.name}`, {
        errorType: 'ql_illegal_argument_exception',
        why: 'Elasticsearch turns a bare boolean field into a comparison only beside "and" and "or"; here it fails',
        help: `write ${operand.name} == false, or not ${operand.name} == true`,
      });
      return;
    }
    this.#condition(operand);
  }

  /** Fields and calls inside an expression. */
  readonly #value = (expression: Expression): void => {
    switch (expression.kind) {
      case 'field':
        checkField(this.#report, expression, false);
        return;
      case 'call':
        checkCall(this.#report, expression, this.#argument);
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
        checkComparison(this.#report, expression, this.#value);
        return;
      case 'in':
        checkIn(this.#report, expression, this.#value);
        return;
      case 'pattern':
        checkPattern(this.#report, expression, this.#value);
        return;
      case 'not':
      case 'and':
      case 'or':
        this.#condition(expression);
        return;
      case 'literal':
      case 'broken':
        return;
    }
  };

  /** An argument of a function; a negation below it is marked upstream as having no defined meaning. */
  readonly #argument = (expression: Expression): void => {
    this.#value(expression);
    const negation = negationIn(expression);
    if (negation !== undefined)
      this.#report.add('query/not-plannable', negation.span, 'a negation inside a function has no defined meaning', {
        severity: 'warning',
        why: 'Elasticsearch moves "not" out of a script; what that makes of a function around it is not defined',
        help: 'put the negation in front of the function, or split the condition',
      });
  };

  #numeric(expression: Expression, what: string): void {
    const type = typeOf(expression, this.#report.mapping);
    if (isNumber(type) || type === 'null' || type === 'unknown') return;
    this.#report.add('query/type-mismatch', expression.span, `${what} needs numbers, this is ${TYPE_NAMES[type]}`, {
      ...(type === 'string' ? { help: 'number(…) turns text into a number, concat(…) joins text' } : {}),
    });
  }
}

/** The first negation of an expression that is not inside a further function. */
function negationIn(expression: Expression): Expression | undefined {
  switch (expression.kind) {
    case 'not':
      return expression;
    case 'and':
    case 'or':
      return flatten(expression, expression.kind)
        .map(negationIn)
        .find((one) => one !== undefined);
    case 'comparison':
      return expression.operator === '!=' ? expression : undefined;
    case 'in':
      return expression.negated ? expression : undefined;
    default:
      return undefined;
  }
}
