import { checkQuery } from '../../query/compile-query.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Check } from '../check.ts';

export const queryChecks: readonly Check[] = [
  {
    id: 'query/check',
    severity: 'error',
    summary: "The query parses, and its fields and values fit the rule's indices.",
    run(file, context) {
      const rule = file.rule;
      if (rule === undefined) return [];
      const { body, metadata } = rule;
      const text = file.text(['rule', 'query']);
      if (text === undefined || body.language === undefined || (text.text.trim() === '' && body.filters !== undefined))
        return [];
      const checked = checkQuery(body.language, text.text, {
        mapping: context.mapping(file),
        now: 0,
        stack: context.settings.stack,
        ...(body.event_category_override === undefined ? {} : { eventCategoryField: body.event_category_override }),
      });
      const lenient = metadata['query_schema_validation'] === false || metadata.maturity === 'deprecated';
      return checked
        .filter((one) => !lenient || one.id === 'query/syntax')
        .map((one): Diagnostic => ({ ...one, span: text.span(one.span) }));
    },
  },
];
