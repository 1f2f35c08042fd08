import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './reference.ts';

describe(check.id, () => {
  it('reports the page of another technique', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          threat: [
            {
              framework: 'MITRE ATT&CK',
              tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
              technique: [
                { id: 'T1070', name: 'Indicator Removal', reference: 'https://attack.mitre.org/techniques/T1036/' },
              ],
            },
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'attack/reference',
        severity: 'error',
        message: 'this is not the page of T1070',
        why: 'an analyst who follows the link reads about something else',
        help: 'write https://attack.mitre.org/techniques/T1070/',
        at: '"https://attack.mitre.org/techniques/T1036/"',
        fix: 'correct the address',
      },
    ]);
  });

  it.each([
    [
      'an address without its last slash',
      ruleText({
        threat: [
          {
            framework: 'MITRE ATT&CK',
            tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005' },
          },
        ],
      }),
    ],
    ['sub-techniques', ruleText()],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
