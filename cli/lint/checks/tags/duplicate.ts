import type { RuleCheck } from '../../check.ts';
import { removeFromList } from '../../edits.ts';

export const check: RuleCheck = {
  id: 'tags/duplicate',
  severity: 'warning',
  summary: 'No tag stands twice.',
  run({ file, body }) {
    const first = new Map<string, number>();
    return (body.tags ?? []).flatMap((tag, at) => {
      const before = first.get(tag.toLowerCase());
      if (before === undefined) {
        first.set(tag.toLowerCase(), at);
        return [];
      }
      const edit = removeFromList(file, ['rule', 'tags'], at);
      return [
        {
          message: `the tag "${tag}" stands twice`,
          span: file.valueSpan(['rule', 'tags', at]),
          why: 'lists of tags show it as two, and a change of one is easily forgotten in the other',
          help: 'take one of them out',
          related: [{ span: file.valueSpan(['rule', 'tags', before]), message: 'first here' }],
          ...(edit === undefined ? {} : { fix: { description: 'take the second one out', safe: true, edits: [edit] } }),
        },
      ];
    });
  },
};
