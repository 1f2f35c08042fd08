import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './revoked.ts';

describe(check.id, () => {
  it('reports a technique with a successor', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          threat: [
            {
              framework: 'MITRE ATT&CK',
              tactic: { id: 'TA0003', name: 'Persistence', reference: 'https://attack.mitre.org/tactics/TA0003/' },
              technique: [{ id: 'T1100', name: 'Web Shell', reference: 'https://attack.mitre.org/techniques/T1100/' }],
            },
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'attack/revoked',
        severity: 'warning',
        message: 'T1100 is revoked in ATT&CK 18.1',
        label: 'now T1505.003',
        why: 'coverage maps do not show it any more',
        help: 'map the rule to T1505.003 Web Shell',
        at: '"T1100"',
      },
    ]);
  });

  it.each([['techniques that are in use', ruleText()]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
