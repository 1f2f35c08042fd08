import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'attack/duplicate-tactic',
  severity: 'warning',
  summary: 'Each tactic has one entry, with all of its techniques.',
  run({ file, body }) {
    const first = new Map<string, number>();
    return (body.threat ?? []).flatMap(({ framework, tactic }, at) => {
      const key = `${framework} ${tactic.id}`;
      const before = first.get(key);
      if (before === undefined) {
        first.set(key, at);
        return [];
      }
      return [
        {
          message: `${tactic.name} has two entries`,
          span: file.valueSpan(['rule', 'threat', at, 'tactic', 'id']),
          why: 'Kibana shows the tactic twice, each time with half of the techniques',
          help: 'move the techniques into the first entry',
          related: [{ span: file.valueSpan(['rule', 'threat', before, 'tactic', 'id']), message: 'first here' }],
        },
      ];
    });
  },
};
