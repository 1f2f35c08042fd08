import type { RuleCheck } from '../../check.ts';
import { attack } from '../../knowledge/attack.ts';
import { isRetired, mentions } from '../../knowledge/threats.ts';

export const check: RuleCheck = {
  id: 'attack/revoked',
  severity: 'warning',
  summary: 'No technique is revoked or deprecated in ATT&CK.',
  run({ file, body }) {
    return mentions(body)
      .filter(isRetired)
      .map(({ item, at }) => {
        const { version, techniques } = attack();
        const successor = techniques.get(item.id)?.revokedBy;
        const heir = successor === undefined ? undefined : techniques.get(successor);
        return {
          message: `${item.id} is revoked in ATT&CK ${version}`,
          span: file.valueSpan([...at, 'id']),
          ...(successor === undefined ? {} : { label: `now ${successor}` }),
          why: 'coverage maps do not show it any more',
          help:
            successor === undefined
              ? 'ATT&CK names no successor: choose a technique at attack.mitre.org'
              : `map the rule to ${successor} ${heir?.name ?? ''}`.trim(),
        };
      });
  },
};
