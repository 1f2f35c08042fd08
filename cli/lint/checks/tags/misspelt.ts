import type { RuleCheck } from '../../check.ts';
import { tomlString } from '../../edits.ts';
import { misspelt } from '../../knowledge/tags.ts';

export const check: RuleCheck = {
  id: 'tags/misspelt',
  severity: 'warning',
  summary: 'No tag is a slip of the pen of a well-known one.',
  run({ file, body }) {
    return (body.tags ?? []).flatMap((tag, at) => {
      const meant = misspelt(tag);
      if (meant === undefined) return [];
      const span = file.valueSpan(['rule', 'tags', at]);
      return [
        {
          message: `the tag "${tag}" is not a usual one`,
          span,
          label: `did you mean "${meant}"?`,
          why: 'filters by tag are exact, so whoever looks for the usual tag does not find the rule',
          help: `write "${meant}"; if the tag is meant as it stands, suppress this with that reason`,
          fix: { description: `write ${meant}`, safe: false, edits: [{ span, text: tomlString(meant) }] },
        },
      ];
    });
  },
};
