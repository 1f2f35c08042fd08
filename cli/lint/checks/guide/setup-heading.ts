import type { RuleCheck } from '../../check.ts';
import { headings } from '../../knowledge/markdown.ts';

export const check: RuleCheck = {
  id: 'guide/setup-heading',
  severity: 'warning',
  summary: 'The section about setting up is headed "## Setup".',
  run({ file, body }) {
    if (body.note === undefined || !/setup/i.test(body.note)) return [];
    const wrong = headings(body.note).filter(
      ({ level, title }) => title.toLowerCase() === 'setup' && (level !== 2 || title !== 'Setup'),
    );
    const text = wrong.length === 0 ? undefined : file.text(['rule', 'note']);
    if (text === undefined) return [];
    return wrong.map(({ span }) => {
      const place = text.span(span);
      return {
        message: 'this heading is not "## Setup"',
        span: place,
        why: 'the section is cut out and shown as the setup guide of the rule, if it is headed in this way',
        help: 'write ## Setup, or move the section to the key setup',
        fix: { description: 'write ## Setup', safe: true, edits: [{ span: place, text: '## Setup' }] },
      };
    });
  },
};
