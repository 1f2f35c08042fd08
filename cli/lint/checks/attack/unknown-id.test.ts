import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './unknown-id.ts';

describe(check.id, () => {
  it('reports two digits that changed places', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          threat: [
            {
              framework: 'MITRE ATT&CK',
              tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
              technique: [
                { id: 'T1700', name: 'Indicator Removal', reference: 'https://attack.mitre.org/techniques/T1700/' },
              ],
            },
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'attack/unknown-id',
        severity: 'error',
        message: 'T1700 is unknown in ATT&CK 18.1',
        label: 'did you mean T1070?',
        why: 'the rule is missing from every coverage map',
        help: 'look the id up at attack.mitre.org; if it is newer than 18.1, suppress this with that reason',
        at: '"T1700"',
      },
    ]);
  });

  it.each([
    ['known ids', ruleText()],
    [
      'a revoked id',
      ruleText({
        threat: [
          {
            framework: 'MITRE ATT&CK',
            tactic: { id: 'TA0003', name: 'Persistence', reference: 'https://attack.mitre.org/tactics/TA0003/' },
            technique: [{ id: 'T1100', name: 'Web Shell', reference: 'https://attack.mitre.org/techniques/T1100/' }],
          },
        ],
      }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
