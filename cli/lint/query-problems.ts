import { checkQuery } from '../query/compile-query.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { LintContext, Subject } from './check.ts';

/**
 * What reading the query finds: whether it parses, and whether its fields and values fit the rule's indices. A rule that
 * opts out of the field tables, or is deprecated, has to parse only.
 */
export function queryProblems({ file, rule, body, metadata }: Subject, context: LintContext): readonly Diagnostic[] {
  if (body.query === undefined || body.language === undefined) return [];
  if (body.query.trim() === '' && body.filters !== undefined) return [];
  const checked = checkQuery(body.language, body.query, {
    mapping: context.mapping(rule, file.path),
    now: 0,
    stack: context.settings.stack,
    ...(body.event_category_override === undefined ? {} : { eventCategoryField: body.event_category_override }),
  });
  const syntaxOnly = metadata['query_schema_validation'] === false || metadata.maturity === 'deprecated';
  const kept = checked.filter((one) => !syntaxOnly || one.id === 'query/syntax');
  // Few queries have a problem, and only those need the place of each character.
  const text = kept.length === 0 ? undefined : file.text(['rule', 'query']);
  return text === undefined ? [] : kept.map((one) => ({ ...one, span: text.span(one.span) }));
}
