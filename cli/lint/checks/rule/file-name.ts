import type { RuleCheck } from '../../check.ts';
import { baseName, snakeCase } from '../../knowledge/snake-case.ts';

export const check: RuleCheck = {
  id: 'rule/file-name',
  severity: 'warning',
  summary: 'The file is called after a tactic of the rule, in snake case.',
  run({ file, body }) {
    const base = baseName(file.path);
    const problem = (message: string, help: string) => [
      {
        message,
        span: file.valueSpan(['rule', 'name']),
        why: 'people look for the file of a rule by its tactic and name',
        help,
      },
    ];
    if (!/^[a-z0-9_]+$/.test(base))
      return problem(
        `the file name ${base} has other characters than a-z, 0-9 and _`,
        `rename the file to ${snakeCase(base)}.toml`,
      );
    const tactics = (body.threat ?? []).map((one) => snakeCase(one.tactic.name));
    const [tactic] = tactics;
    if (tactic === undefined || body.type === 'machine_learning' || tactics.some((one) => base.startsWith(`${one}_`)))
      return [];
    return problem(
      'the file name does not begin with a tactic of the rule',
      `rename the file to ${tactic}_${snakeCase(body.name)}.toml`,
    );
  },
};
