import { olderThan } from '../../fields/version.ts';
import type { Statement } from './ast.ts';
import type { CheckReport } from './check-report.ts';
import { fieldsOf } from './fields-of.ts';
import type { Span } from '../../text/span.ts';

/** First stack versions of constructs; those of old constructs are approximate. */
const SINCE = {
  'an optional field': '7.16',
  '"with runs"': '7.16',
  sample: '8.6',
  'a missing event': '8.9',
} as const;

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
