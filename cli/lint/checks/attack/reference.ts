import type { RuleCheck } from '../../check.ts';
import { tomlString } from '../../edits.ts';
import { mentions, pageOf } from '../../knowledge/threats.ts';

const bare = (url: string): string => url.replace(/\/$/, '');

export const check: RuleCheck = {
  id: 'attack/reference',
  severity: 'error',
  summary: 'Each reference is the ATT&CK page of its own id.',
  run({ file, body }) {
    return mentions(body).flatMap((mention) => {
      const { item, at } = mention;
      const page = pageOf(mention);
      if (bare(item.reference) === bare(page)) return [];
      const span = file.valueSpan([...at, 'reference']);
      return [
        {
          message: `this is not the page of ${item.id}`,
          span,
          why: 'an analyst who follows the link reads about something else',
          help: `write ${page}`,
          fix: { description: 'correct the address', safe: true, edits: [{ span, text: tomlString(page) }] },
        },
      ];
    });
  },
};
