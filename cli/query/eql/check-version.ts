import { compareVersions } from '../../fields/version.ts';
import type { Expression, Statement } from './ast.ts';
import type { CheckReport } from './check-report.ts';
import type { Span } from '../../text/span.ts';

/** First stack versions of constructs; those of old constructs are approximate. */
const SINCE = {
  'an optional field': '7.16',
  '"with runs"': '7.16',
  sample: '8.6',
  'a missing event': '8.9',
} as const;

/** Whether the target is older than a version. Without a target the newest is meant. */
export const olderThan = (stack: string | undefined, version: string): boolean =>
  stack !== undefined && compareVersions(padded(stack), padded(version)) < 0;

const padded = (version: string): string => (/^\d+\.\d+$/.test(version) ? `${version}.0` : version);

/** Reports constructs that the target version does not have. */
export function checkVersions(report: CheckReport, { body }: Statement): void {
  const need = (what: keyof typeof SINCE, where: Span): void => {
    if (!olderThan(report.options.stack, SINCE[what])) return;
    report.add('query/unsupported', where, `${what} needs version ${SINCE[what]}`, {
      errorType: 'parsing_exception',
      why: `the target is version ${report.options.stack ?? ''}, which does not read it`,
      help: 'raise min_stack_version of the rule, or write the query without it',
    });
  };
  if (body.kind === 'sample') need('sample', { start: body.span.start, end: body.span.start + 'sample'.length });
  const terms = body.kind === 'event' ? [] : body.terms;
  for (const term of terms) {
    if (term.missing) need('a missing event', { start: term.span.start, end: term.span.start + 2 });
    if (term.runs > 1) need('"with runs"', { start: term.span.end - 1, end: term.span.end });
  }
  if (!olderThan(report.options.stack, SINCE['an optional field'])) return;
  const conditions = body.kind === 'event' ? [body.condition] : terms.map((term) => term.filter.condition);
  for (const condition of conditions)
    for (const field of fieldsOf(condition)) if (field.optional) need('an optional field', field.span);
}

/** All fields of an expression, in the order of the text. */
function fieldsOf(root: Expression): readonly (Expression & { kind: 'field' })[] {
  const found: (Expression & { kind: 'field' })[] = [];
  const pending: Expression[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    switch (node.kind) {
      case 'field':
        found.push(node);
        break;
      case 'call':
        pending.push(...node.args);
        break;
      case 'and':
      case 'or':
      case 'arithmetic':
      case 'comparison':
        pending.push(node.left, node.right);
        break;
      case 'in':
        pending.push(node.operand, ...node.items);
        break;
      case 'not':
      case 'negate':
      case 'plus':
      case 'pattern':
        pending.push(node.operand);
        break;
      case 'literal':
      case 'broken':
        break;
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}
