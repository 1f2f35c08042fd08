import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'rule/timeline-pair',
  severity: 'warning',
  summary: 'A timeline template is named by id and title together.',
  run({ file, body }) {
    const [id, title] = [body['timeline_id'], body['timeline_title']];
    if ((id === undefined) === (title === undefined)) return [];
    const [here, missing] = id === undefined ? ['timeline_title', 'timeline_id'] : ['timeline_id', 'timeline_title'];
    return [
      {
        message: `${here} stands without ${missing}`,
        span: file.keySpan(['rule', here]),
        why: 'Kibana opens the template by its id and shows its title; with one of them alone it does neither',
        help: `add ${missing}, or take ${here} out`,
      },
    ];
  },
};
