import type { RuleCheck } from '../../check.ts';
import { kqlOf } from '../../knowledge/kql.ts';

const KEYWORD = /^(?:and|or|not)(?=[\s\u00a0])|[\s\u00a0](?:and|or)$/i;

export const check: RuleCheck = {
  id: 'query/keyword-as-text',
  severity: 'warning',
  summary: 'No keyword of KQL is read as part of a value or of a field.',
  run(subject) {
    const query = kqlOf(subject);
    if (query === undefined) return [];
    return query.nodes.flatMap((node) => {
      if (node.kind !== 'is' && node.kind !== 'range') return [];
      return [node.field, node.value].flatMap((part) => {
        const written = query.text.slice(part.span.start, part.span.end);
        const word = part.kind === 'literal' && part.quoted ? null : KEYWORD.exec(written);
        if (word === null) return [];
        const start = part.span.start + word.index + (/^\s/.test(word[0]) ? 1 : 0);
        return [
          {
            message: `"${word[0].trim()}" is part of the text ${JSON.stringify(written)} here`,
            why: 'a keyword joins two conditions only where it stands between them with a blank on each side',
            help: 'complete the condition, or put the text in quotes',
            span: query.place({ start, end: start + word[0].trim().length }),
          },
        ];
      });
    });
  },
};
