import type { RuleCheck } from '../../check.ts';
import { headings } from '../../knowledge/markdown.ts';

const START = 'Investigating ';

export const check: RuleCheck = {
  id: 'guide/rule-name',
  severity: 'warning',
  summary: 'The guide is headed with the name of its own rule.',
  run({ file, body }) {
    if (body.note?.includes(START) !== true) return [];
    const heading = headings(body.note).find(({ title }) => title.startsWith(START));
    const name = heading?.title.slice(START.length);
    if (heading === undefined || name === body.name) return [];
    const text = file.text(['rule', 'note']);
    if (text === undefined) return [];
    return [
      {
        message: `the guide is about "${name ?? ''}"`,
        span: text.span(heading.span),
        why: 'an analyst cannot know whether the guide belongs to the alert at hand',
        help: `write ${START}${body.name}, once you have made sure that the rest fits`,
      },
    ];
  },
};
