import type { RuleCheck } from '../../check.ts';
import { tomlString } from '../../edits.ts';
import { attack } from '../../knowledge/attack.ts';

/** Tags that many rules share, as they are usually written; tactics come from ATT&CK. */
const USUAL = [
  'OS: Linux', 'OS: Windows', 'OS: macOS', 'Domain: Endpoint', 'Domain: Cloud', 'Domain: Container', 'Domain: Containers',
  'Domain: Network', 'Domain: Identity', 'Domain: SaaS', 'Domain: Email', 'Domain: LLM', 'Use Case: Threat Detection',
  'Use Case: Vulnerability', 'Use Case: Asset Visibility', 'Use Case: Identity and Access Audit',
  'Use Case: Configuration Audit', 'Use Case: Log Auditing', 'Use Case: Network Security Monitoring', 'Use Case: UEBA',
  'Data Source: Elastic Defend', 'Data Source: Elastic Endgame', 'Data Source: SentinelOne', 'Data Source: Crowdstrike',
  'Data Source: Okta', 'Data Source: AWS', 'Data Source: GCP', 'Data Source: Azure', 'Data Source: Kubernetes',
  'Data Source: Microsoft 365', 'Data Source: Sysmon', 'Data Source: Auditd Manager',
  'Resources: Investigation Guide', 'Rule Type: BBR', 'Rule Type: ML', 'Rule Type: Machine Learning',
  'Rule Type: Higher-Order Rule',
]; // prettier-ignore

let canonical: ReadonlyMap<string, string> | undefined;

function known(tag: string): string | undefined {
  canonical ??= new Map(
    [...USUAL, ...[...attack().tactics.values()].map(({ name }) => `Tactic: ${name}`)].map((one) => [
      one.toLowerCase(),
      one,
    ]),
  );
  return canonical.get(tag.toLowerCase());
}

export const check: RuleCheck = {
  id: 'tags/casing',
  severity: 'warning',
  summary: 'Well-known tags are written as everybody writes them.',
  run({ file, body }) {
    return (body.tags ?? []).flatMap((tag, at) => {
      const usual = known(tag);
      if (usual === undefined || usual === tag) return [];
      const span = file.valueSpan(['rule', 'tags', at]);
      return [
        {
          message: `this tag is written "${usual}"`,
          span,
          why: 'filters by tag are exact, so the rule is left out by those who write it as usual',
          help: `write "${usual}"`,
          fix: { description: `write ${usual}`, safe: true, edits: [{ span, text: tomlString(usual) }] },
        },
      ];
    });
  },
};
