import type { RuleCheck } from '../../check.ts';
import { mentions } from '../../knowledge/threats.ts';

export const check: RuleCheck = {
  id: 'attack/subtechnique-parent',
  severity: 'error',
  summary: 'Sub-techniques stand under their own technique.',
  run({ file, body }) {
    return mentions(body).flatMap(({ item, at, parent }) =>
      parent === undefined || item.id.startsWith(`${parent.id}.`)
        ? []
        : [
            {
              message: `${item.id} is not a sub-technique of ${parent.id}`,
              span: file.valueSpan([...at, 'id']),
              why: 'coverage maps count it under the wrong technique',
              help: `move it below ${item.id.split('.')[0] ?? 'its technique'}, or correct the id`,
            },
          ],
    );
  },
};
