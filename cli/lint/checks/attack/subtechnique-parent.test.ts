import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './subtechnique-parent.ts';

describe(check.id, () => {
  it('reports a sub-technique of another technique', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          threat: [
            {
              framework: 'MITRE ATT&CK',
              tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
              technique: [
                {
                  id: 'T1036',
                  name: 'Masquerading',
                  reference: 'https://attack.mitre.org/techniques/T1036/',
                  subtechnique: [
                    {
                      id: 'T1070.003',
                      name: 'Clear Command History',
                      reference: 'https://attack.mitre.org/techniques/T1070/003/',
                    },
                  ],
                },
              ],
            },
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'attack/subtechnique-parent',
        severity: 'error',
        message: 'T1070.003 is not a sub-technique of T1036',
        why: 'coverage maps count it under the wrong technique',
        help: 'move it below T1070, or correct the id',
        at: '"T1070.003"',
      },
    ]);
  });

  it.each([['its own sub-technique', ruleText()]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
