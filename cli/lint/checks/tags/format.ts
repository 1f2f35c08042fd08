import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'tags/format',
  severity: 'info',
  summary: 'Tags are written "Category: Value".',
  run({ file, body }) {
    return (body.tags ?? []).flatMap((tag, at) =>
      /^[^:\s][^:]*: \S/.test(tag)
        ? []
        : [
            {
              message: `the tag ${JSON.stringify(tag)} has no category`,
              span: file.valueSpan(['rule', 'tags', at]),
              why: 'Kibana filters by whole tags, and only the category says what kind of thing this one names',
              help: 'write "Category: Value", such as "OS: Linux"',
            },
          ],
    );
  },
};
