import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { misspelt } from '../../knowledge/tags.ts';
import { check } from './misspelt.ts';

const REST = ['Domain: Endpoint', 'Use Case: X', 'Tactic: Defense Evasion', 'Data Source: Elastic Defend'];
const tagged = (...tags: string[]): string => ruleText({ tags: [...tags, ...REST] });

describe(check.id, () => {
  it('reports a slip where it stands, and nothing else about it', () => {
    expect([...findingsOf(check.id, tagged('OS: Linx')), ...findingsOf('tags/os', tagged('OS: Linx'))]).toEqual([
      {
        id: 'tags/misspelt',
        severity: 'warning',
        message: 'the tag "OS: Linx" is not a usual one',
        why: 'filters by tag are exact, so whoever looks for the usual tag does not find the rule',
        label: 'did you mean "OS: Linux"?',
        help: 'write "OS: Linux"; if the tag is meant as it stands, suppress this with that reason',
        at: '"OS: Linx"',
        fix: 'write OS: Linux (unsafe)',
      },
    ]);
  });

  it.each([
    ['Tactic: Credental Acces', 'Tactic: Credential Access'],
    ['Data Sorce: Okta', undefined],
    ['Data Sourse: SentinelOne', 'Data Source: SentinelOne'],
    ['Resources: Investigation Guid', 'Resources: Investigation Guide'],
    ['Use Case:Threat Detection', 'Use Case: Threat Detection'],
  ])('%s', (tag, meant) => {
    expect(misspelt(tag)).toBe(meant);
  });

  it.each([
    'OS: Linux',
    'Domain: Container',
    'Domain: Storage',
    'Domain: Kubernetes',
    'Use Case: Configuration Auditing',
    'Data Source: GCP',
    'Data Source: AWS S3',
    'Team: blue',
  ])('says nothing about %s', (tag) => {
    expect(findingsOf(check.id, tagged('OS: Linux', tag))).toEqual([]);
  });
});
