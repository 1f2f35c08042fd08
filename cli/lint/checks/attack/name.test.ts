import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './name.ts';

describe(check.id, () => {
  it('reports a tactic and a technique under other names', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          threat: [
            {
              framework: 'MITRE ATT&CK',
              tactic: { id: 'TA0005', name: 'Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
              technique: [{ id: 'T1070', name: 'Removal', reference: 'https://attack.mitre.org/techniques/T1070/' }],
            },
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'attack/name',
        severity: 'error',
        message: 'TA0005 is called "Defense Evasion" in ATT&CK',
        why: 'Kibana groups and filters rules by this name',
        help: 'write name = "Defense Evasion", or correct the id',
        at: '"Evasion"',
        fix: 'call it Defense Evasion',
      },
      {
        id: 'attack/name',
        severity: 'error',
        message: 'T1070 is called "Indicator Removal" in ATT&CK',
        why: 'Kibana groups and filters rules by this name',
        help: 'write name = "Indicator Removal", or correct the id',
        at: '"Removal"',
        fix: 'call it Indicator Removal',
      },
    ]);
  });

  it.each([
    ['right names', ruleText()],
    [
      'an unknown id',
      ruleText({
        threat: [
          {
            framework: 'MITRE ATT&CK',
            tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
            technique: [{ id: 'T9999', name: 'X', reference: 'https://attack.mitre.org/techniques/T9999/' }],
          },
        ],
      }),
    ],
    [
      'a revoked technique',
      ruleText({
        threat: [
          {
            framework: 'MITRE ATT&CK',
            tactic: { id: 'TA0003', name: 'Persistence', reference: 'https://attack.mitre.org/tactics/TA0003/' },
            technique: [{ id: 'T1100', name: 'Old', reference: 'https://attack.mitre.org/techniques/T1100/' }],
          },
        ],
      }),
    ],
    [
      'another framework',
      ruleText({
        threat: [
          {
            framework: 'MITRE ATLAS',
            tactic: { id: 'AML.TA0000', name: 'X', reference: 'https://atlas.mitre.org/tactics/AML.TA0000/' },
          },
        ],
      }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
