import type { Diagnostic } from '../text/diagnostic.ts';
import type { QueryContext } from './compile.ts';
import type { Comparison, Expression, InList, Pattern, Statement } from './eql/ast.ts';
import { resolveField } from './eql/fields.ts';
import { runContext } from './event-query.ts';
import { QueryFailure } from './failure.ts';
import { ROOT } from './run/context.ts';
import { compileLeaf } from './run/leaf/leaf.ts';

/**
 * Conditions of EQL that Elasticsearch's verifier lets pass, and that fail the search at every run: a value that the type of the
 * field cannot read (`process.pid == "abc"`), a field that has neither an index nor doc values (`event.original`).
 */
export function refusedValues(statement: Statement, context: QueryContext): readonly Diagnostic[] {
  return conditions(statement)
    .flatMap(clauses)
    .flatMap((node) => unsearchable(node, context) ?? (node.kind === 'comparison' ? refused(node, context) : undefined) ?? []);
} // prettier-ignore

function conditions({ body }: Statement): readonly Expression[] {
  if (body.kind === 'event') return [body.condition];
  const until = body.kind === 'sequence' ? body.until : undefined;
  return [...body.terms, ...(until === undefined ? [] : [until])].map((term) => term.filter.condition);
}

/** Those that become a clause of their own; inside a function a script compares, which refuses nothing. */
function clauses(root: Expression): readonly Clause[] {
  const found: Clause[] = [];
  const pending: Expression[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop())
    if (node.kind === 'and' || node.kind === 'or') pending.push(node.right, node.left);
    else if (node.kind === 'not') pending.push(node.operand);
    else if (node.kind === 'comparison' || node.kind === 'in' || node.kind === 'pattern') found.push(node);
  return found;
}

type Clause = Comparison | InList | Pattern;

const isNull = (node: Expression): boolean => node.kind === 'literal' && node.value === null;

/** A clause on a field that cannot be searched; whether it exists may be asked. */
function unsearchable(node: Clause, context: QueryContext): Diagnostic | undefined {
  const subject = node.kind !== 'comparison' ? node.operand : node.left.kind === 'field' ? node.left : node.right;
  if (subject.kind !== 'field' || (node.kind === 'comparison' && (isNull(node.left) || isNull(node.right)))) return undefined;
  const resolved = resolveField(context.mapping, subject.name);
  if (resolved.kind !== 'field' || resolved.field.indexed !== false || resolved.field.docValues !== false) return undefined;
  return {
    id: 'query/field-not-usable',
    severity: 'error',
    message: `${subject.name} cannot be searched`,
    span: subject.span,
    why: 'its mapping has neither an index nor doc values; Elasticsearch fails the search, and the rule with it',
    help: 'use another field; only whether it exists can be asked, and it never does',
  };
} // prettier-ignore

const BOUNDS = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;

function refused({ left, right, operator }: Comparison, context: QueryContext): Diagnostic | undefined {
  const [subject, literal] = left.kind === 'field' ? [left, right] : [right, left];
  if (subject.kind !== 'field' || literal.kind !== 'literal' || literal.value === null) return undefined;
  const resolved = resolveField(context.mapping, subject.name);
  if (resolved.kind !== 'field' || NEVER_REFUSED.has(resolved.field.type)) return undefined;
  const { value, span } = literal;
  const field = resolved.field.name;
  try {
    // Which end of a range the value is makes no difference to whether it can be read.
    if (operator === '==' || operator === '!=')
      compileLeaf({ kind: 'term', field, value, span }, runContext(context), ROOT);
    else compileLeaf({ kind: 'range', field, [BOUNDS[operator]]: value, span }, runContext(context), ROOT);
    return undefined;
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    return {
      id: 'query/type-mismatch',
      severity: 'error',
      message: error.message,
      span,
      ...(error.why === undefined ? {} : { why: error.why }),
      ...(error.help === undefined ? {} : { help: error.help }),
    };
  }
}

/** Types of text, which read any value. */
const NEVER_REFUSED: ReadonlySet<string> = new Set([
  'keyword',
  'constant_keyword',
  'wildcard',
  'text',
  'match_only_text',
  'version',
]);
