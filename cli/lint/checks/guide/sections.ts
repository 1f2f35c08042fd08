import type { RuleCheck } from '../../check.ts';
import { headings } from '../../knowledge/markdown.ts';

export const check: RuleCheck = {
  id: 'guide/sections',
  severity: 'info',
  summary: 'The investigation guide has the sections that analysts look for.',
  run({ file, body }, { settings }) {
    if (body.note === undefined || body.note.trim() === '') return [];
    const titles = headings(body.note).map(({ title }) => title.toLowerCase());
    return settings.guideSections
      .filter((section) => !titles.some((title) => title.includes(section.toLowerCase())))
      .map((section) => ({
        message: `the guide has no section "${section}"`,
        span: file.keySpan(['rule', 'note']),
        why: 'it is what an analyst with an alert at hand looks for',
        help: `add a heading "### ${section}"; [lint] guide_sections says which are needed`,
      }));
  },
};
