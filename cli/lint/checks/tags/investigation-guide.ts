import type { RuleCheck } from '../../check.ts';

const TAG = 'Resources: Investigation Guide';

export const check: RuleCheck = {
  id: 'tags/investigation-guide',
  severity: 'warning',
  summary: 'A rule that is tagged with an investigation guide has one.',
  run({ file, body }) {
    const at = (body.tags ?? []).indexOf(TAG);
    if (at < 0 || (body.note ?? '').trim() !== '') return [];
    return [
      {
        message: 'the rule is tagged with a guide that it does not have',
        span: file.valueSpan(['rule', 'tags', at]),
        why: 'an analyst who filters for rules with a guide gets one without',
        help: 'write the guide into note, or take the tag out',
      },
    ];
  },
};
