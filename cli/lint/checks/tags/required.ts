import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'tags/required',
  severity: 'warning',
  summary: 'Every rule has a tag of each required category.',
  run({ file, body }, { settings }) {
    const tags = body.tags ?? [];
    return settings.requiredTags
      .filter((beginning) => !tags.some((tag) => tag.startsWith(beginning)))
      .map((beginning) => ({
        message: `no tag begins with "${beginning}"`,
        span: file.keySpan(['rule', 'tags']),
        why: 'rules are found, enabled and counted by their tags',
        help: `add one, such as "${beginning} …"; [lint] required_tags says which are needed`,
      }));
  },
};
