import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './duplicate-tactic.ts';

describe(check.id, () => {
  it('reports a tactic with two entries', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          threat: [
            {
              framework: 'MITRE ATT&CK',
              tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
            },
            {
              framework: 'MITRE ATT&CK',
              tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
            },
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'attack/duplicate-tactic',
        severity: 'warning',
        message: 'Defense Evasion has two entries',
        why: 'Kibana shows the tactic twice, each time with half of the techniques',
        help: 'move the techniques into the first entry',
        at: '"TA0005"',
        related: ['first here: "TA0005"'],
      },
    ]);
  });

  it.each([
    [
      'two tactics',
      ruleText({
        threat: [
          {
            framework: 'MITRE ATT&CK',
            tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
          },
          {
            framework: 'MITRE ATT&CK',
            tactic: { id: 'TA0003', name: 'Persistence', reference: 'https://attack.mitre.org/tactics/TA0003/' },
          },
        ],
      }),
    ],
    ['no threat', ruleText({ threat: undefined })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
