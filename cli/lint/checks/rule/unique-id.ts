import type { CollectionCheck } from '../../check.ts';
import { repeated } from '../../knowledge/repeated.ts';

export const check: CollectionCheck = {
  id: 'rule/unique-id',
  severity: 'error',
  summary: 'No two rules share an id.',
  collect: ({ file, body }) => [{ value: body.rule_id, span: file.valueSpan(['rule', 'rule_id']) }],
  conclude: (facts) =>
    repeated(facts, (first) => ({
      message: `${first.path} has the same rule_id`,
      why: 'Kibana knows a rule by its id, so one of the two would replace the other',
      help: 'give the newer one an id of its own (uuidgen)',
    })),
};
