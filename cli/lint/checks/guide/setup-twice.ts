import type { RuleCheck } from '../../check.ts';
import { headings } from '../../knowledge/markdown.ts';

export const check: RuleCheck = {
  id: 'guide/setup-twice',
  severity: 'warning',
  summary: 'Setting up is described in one place.',
  run({ file, body }) {
    if ((body.setup ?? '').trim() === '' || body.note?.includes('Setup') !== true) return [];
    const section = headings(body.note).find(({ level, title }) => level === 2 && title === 'Setup');
    const text = section === undefined ? undefined : file.text(['rule', 'note']);
    if (section === undefined || text === undefined) return [];
    return [
      {
        message: 'setting up is described in note and in setup',
        span: text.span(section.span),
        why: 'Kibana shows both, and sooner or later they contradict each other',
        help: 'move the section to setup',
        related: [{ span: file.keySpan(['rule', 'setup']), message: 'the other one' }],
      },
    ];
  },
};
