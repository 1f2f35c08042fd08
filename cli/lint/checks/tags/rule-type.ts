import type { RuleBody } from '../../../rule/rule.ts';
import type { RuleCheck } from '../../check.ts';
import { appendToList } from '../../edits.ts';

const wanted = (body: RuleBody): readonly string[] => [
  ...(body['building_block_type'] === undefined ? [] : ['Rule Type: BBR']),
  ...(body.type === 'machine_learning' ? ['Rule Type: ML', 'Rule Type: Machine Learning'] : []),
];

export const check: RuleCheck = {
  id: 'tags/rule-type',
  severity: 'warning',
  summary: 'Building blocks and machine learning rules are tagged as such.',
  run({ file, body }) {
    const tags = body.tags ?? [];
    return wanted(body)
      .filter((tag) => !tags.includes(tag))
      .map((tag) => {
        const edit = body.tags === undefined ? undefined : appendToList(file, ['rule', 'tags'], tags.length, tag);
        return {
          message: `the tag "${tag}" is missing`,
          span: file.keySpan(['rule', 'tags']),
          why: 'such rules are enabled, and their alerts read, apart from all others',
          help: `add "${tag}"`,
          ...(edit === undefined ? {} : { fix: { description: `add the tag ${tag}`, safe: true, edits: [edit] } }),
        };
      });
  },
};
