import type { RuleCheck } from '../../check.ts';
import { attack, tacticCalled } from '../../knowledge/attack.ts';
import { isRetired, mentions } from '../../knowledge/threats.ts';

export const check: RuleCheck = {
  id: 'attack/technique-tactic',
  severity: 'error',
  summary: 'Techniques stand under a tactic that they belong to.',
  run({ file, body }) {
    return mentions(body).flatMap((mention) => {
      const { item, at, kind, tactic } = mention;
      const { tactics, techniques } = attack();
      const technique = techniques.get(item.id);
      const above = tactics.get(tactic.id);
      if (kind === 'tactic' || technique === undefined || above === undefined || isRetired(mention)) return [];
      if (technique.tactics.includes(above.short)) return [];
      const fitting = technique.tactics.map(tacticCalled).join(', ');
      return [
        {
          message: `${item.id} does not belong to ${above.name}`,
          span: file.valueSpan([...at, 'id']),
          why: 'this cell is not in the ATT&CK matrix, so coverage maps leave it out',
          help: `list it under ${fitting}`,
          related: [
            { span: file.valueSpan(['rule', 'threat', Number(at[2] ?? 0), 'tactic', 'id']), message: 'listed under' },
          ],
        },
      ];
    });
  },
};
