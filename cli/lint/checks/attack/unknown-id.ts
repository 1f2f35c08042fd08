import { suggest } from '../../../text/suggest.ts';
import type { RuleCheck } from '../../check.ts';
import { attack } from '../../knowledge/attack.ts';
import { knownName, mentions } from '../../knowledge/threats.ts';

export const check: RuleCheck = {
  id: 'attack/unknown-id',
  severity: 'error',
  summary: 'Tactics, techniques and sub-techniques are in ATT&CK.',
  run({ file, body }) {
    return mentions(body)
      .filter((mention) => knownName(mention) === undefined)
      .map(({ kind, item, at }) => {
        const { version, tactics, techniques } = attack();
        const meant = suggest(item.id, (kind === 'tactic' ? tactics : techniques).keys());
        return {
          message: `${item.id} is unknown in ATT&CK ${version}`,
          span: file.valueSpan([...at, 'id']),
          ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
          why: 'the rule is missing from every coverage map',
          help: `look the id up at attack.mitre.org; if it is newer than ${version}, suppress this with that reason`,
        };
      });
  },
};
