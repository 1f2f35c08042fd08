import type { RuleCheck } from '../../check.ts';
import { tomlString } from '../../edits.ts';
import { usualCase } from '../../knowledge/tags.ts';

export const check: RuleCheck = {
  id: 'tags/casing',
  severity: 'warning',
  summary: 'Well-known tags are written as everybody writes them.',
  run({ file, body }) {
    return (body.tags ?? []).flatMap((tag, at) => {
      const usual = usualCase(tag);
      if (usual === undefined || usual === tag) return [];
      const span = file.valueSpan(['rule', 'tags', at]);
      return [
        {
          message: `this tag is written "${usual}"`,
          span,
          why: 'filters by tag are exact, so the rule is left out by those who write it as usual',
          help: `write "${usual}"`,
          fix: { description: `write ${usual}`, safe: true, edits: [{ span, text: tomlString(usual) }] },
        },
      ];
    });
  },
};
