import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './technique-tactic.ts';

describe(check.id, () => {
  it('reports a technique under a tactic that it does not serve', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          threat: [
            {
              framework: 'MITRE ATT&CK',
              tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
              technique: [
                { id: 'T1003', name: 'OS Credential Dumping', reference: 'https://attack.mitre.org/techniques/T1003/' },
              ],
            },
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'attack/technique-tactic',
        severity: 'error',
        message: 'T1003 does not belong to Defense Evasion',
        why: 'this cell is not in the ATT&CK matrix, so coverage maps leave it out',
        help: 'list it under Credential Access',
        at: '"T1003"',
        related: ['listed under: "TA0005"'],
      },
    ]);
  });

  it.each([['techniques of the tactic', ruleText()]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
