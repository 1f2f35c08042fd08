import type { Problem, RuleCheck } from '../../check.ts';
import { appendToList } from '../../edits.ts';
import { attack } from '../../knowledge/attack.ts';

const PREFIX = 'Tactic: ';

export const check: RuleCheck = {
  id: 'attack/tactic-tag',
  severity: 'warning',
  summary: 'The first tactic of the rule has its tag, and every tactic that is tagged is in the rule.',
  run({ file, body }) {
    const tags = body.tags ?? [];
    // The name that belongs to the id: the one in the file may be wrong, and is corrected in the same pass.
    const names = (body.threat ?? [])
      .filter((one) => one.framework === 'MITRE ATT&CK')
      .map(({ tactic }) => attack().tactics.get(tactic.id)?.name ?? tactic.name);
    const [first] = names;
    if (first === undefined) return [];
    const found: Problem[] = [];
    const tag = PREFIX + first;
    // One job often serves several tactics, and is tagged with what it watches instead.
    if (!tags.includes(tag) && body.type !== 'machine_learning') {
      const edit = body.tags === undefined ? undefined : appendToList(file, ['rule', 'tags'], tags.length, tag);
      found.push({
        message: `the tag "${tag}" is missing`,
        span: file.keySpan(['rule', 'tags']),
        why: 'the rule maps to this tactic, but nobody who filters by it finds the rule',
        help: `add "${tag}"`,
        ...(edit === undefined ? {} : { fix: { description: `add the tag ${tag}`, safe: true, edits: [edit] } }),
      });
    }
    for (const [at, tag] of tags.entries())
      if (tag.startsWith(PREFIX) && !names.includes(tag.slice(PREFIX.length)))
        found.push({
          message: `the rule does not map to ${tag.slice(PREFIX.length)}`,
          span: file.valueSpan(['rule', 'tags', at]),
          why: 'who filters by this tactic finds a rule that has no technique of it',
          help: 'take the tag out, or add the tactic to [[rule.threat]]',
        });
    return found;
  },
};
