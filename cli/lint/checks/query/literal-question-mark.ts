import type { KqlValue } from '../../../query/kql/ast.ts';
import type { RuleCheck } from '../../check.ts';
import { kqlOf } from '../../knowledge/kql.ts';

const nameOf = (value: KqlValue): string => (value.kind === 'wildcard' ? value.parts.join('*') : String(value.value));

/** What holds addresses of the web has question marks of its own. */
const holdsUrls = (field: string): boolean => /ur[il]|query|request|referrer/i.test(field);

const asksForMark = (value: KqlValue): boolean =>
  value.kind === 'wildcard'
    ? value.parts.some((part) => part.includes('?'))
    : !value.quoted && nameOf(value).includes('?');

export const check: RuleCheck = {
  id: 'query/literal-question-mark',
  severity: 'warning',
  summary: 'No "?" stands for a single character in KQL, which has no such wildcard.',
  run(subject) {
    const query = kqlOf(subject);
    if (query === undefined) return [];
    return query.nodes.flatMap((node) => {
      if (node.kind !== 'is' || holdsUrls(nameOf(node.field)) || !asksForMark(node.value)) return [];
      return [
        {
          message: 'a "?" is an ordinary character in KQL',
          why: 'only values that hold a question mark at this place match',
          help: 'write "*", or list the values; if the question mark is meant, put the value in quotes',
          span: query.place(node.value.span),
        },
      ];
    });
  },
};
