import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './file-name.ts';

describe(check.id, () => {
  it('reports other characters', () => {
    expect(findingsOf(check.id, { 'rules/linux/Shell-History.toml': ruleText() })).toEqual([
      {
        id: 'rule/file-name',
        severity: 'warning',
        message: 'the file name Shell-History has other characters than a-z, 0-9 and _',
        why: 'people look for the file of a rule by its tactic and name',
        help: 'rename the file to shell_history.toml',
        at: '"Shell History Cleared"',
      },
    ]);
  });

  it('reports another tactic', () => {
    expect(findingsOf(check.id, { 'rules/linux/impact_shell_history_cleared.toml': ruleText() })).toEqual([
      {
        id: 'rule/file-name',
        severity: 'warning',
        message: 'the file name does not begin with a tactic of the rule',
        why: 'people look for the file of a rule by its tactic and name',
        help: 'rename the file to defense_evasion_shell_history_cleared.toml',
        at: '"Shell History Cleared"',
      },
    ]);
  });

  it.each([
    ['tactic and name', ruleText()],
    [
      'machine learning',
      {
        'rules/ml/ml_rare.toml': ruleText({
          type: 'machine_learning',
          anomaly_threshold: 50,
          machine_learning_job_id: 'x',
          query: undefined,
          language: undefined,
          index: undefined,
        }),
      },
    ],
    ['no threat', { 'rules/linux/shells.toml': ruleText({ threat: undefined }) }],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
