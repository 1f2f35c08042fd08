import type { CollectionCheck } from '../../check.ts';
import { repeated } from '../../knowledge/repeated.ts';

export const check: CollectionCheck = {
  id: 'rule/unique-name',
  severity: 'error',
  summary: 'No two rules share a name.',
  collect: ({ file, body }) => [{ value: body.name, span: file.valueSpan(['rule', 'name']) }],
  conclude: (facts) =>
    repeated(facts, (first) => ({
      message: `${first.path} has the same name`,
      why: 'an alert shows the name of its rule, so nobody could tell the two apart',
      help: 'say in the name what is different about this one',
    })),
};
