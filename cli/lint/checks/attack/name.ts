import type { RuleCheck } from '../../check.ts';
import { tomlString } from '../../edits.ts';
import { isRetired, knownName, mentions } from '../../knowledge/threats.ts';

export const check: RuleCheck = {
  id: 'attack/name',
  severity: 'error',
  summary: 'Tactics, techniques and sub-techniques have the names that ATT&CK gives them.',
  run({ file, body }) {
    return mentions(body).flatMap((mention) => {
      const { item, at } = mention;
      const known = knownName(mention);
      if (known === undefined || known === item.name || isRetired(mention)) return [];
      const span = file.valueSpan([...at, 'name']);
      return [
        {
          message: `${item.id} is called "${known}" in ATT&CK`,
          span,
          why: 'Kibana groups and filters rules by this name',
          help: `write name = ${tomlString(known)}, or correct the id`,
          fix: { description: `call it ${known}`, safe: true, edits: [{ span, text: tomlString(known) }] },
        },
      ];
    });
  },
};
