import { editDistance } from '../../text/suggest.ts';
import { attack } from './attack.ts';

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

/** The usual tags by their lower case. */
const usualTags = (): ReadonlyMap<string, string> =>
  (canonical ??= new Map(
    [...USUAL, ...[...attack().tactics.values()].map(({ name }) => `Tactic: ${name}`)].map((one) => [
      one.toLowerCase(),
      one,
    ]),
  ));

/** How a tag is usually written, in whatever case it stands; undefined: it is none of the usual ones. */
export const usualCase = (tag: string): string | undefined => usualTags().get(tag.toLowerCase());

/** Values that are shorter are names of their own more often than slips: GCP and AWS, ML and LLM. */
const SHORTEST = 5;

/** Of tags that were asked for before: a repository has few, each in many rules. */
const answers = new Map<string, string | undefined>();

/** The usual tag of the same category that one letter away, or two of a long one, stands for. Usual tags have none. */
export function misspelt(tag: string): string | undefined {
  if (!answers.has(tag)) answers.set(tag, nearest(tag));
  return answers.get(tag);
}

function nearest(tag: string): string | undefined {
  const lower = tag.toLowerCase();
  if (usualTags().has(lower)) return undefined;
  const [category = '', value = ''] = lower.split(/:\s*/, 2);
  if (value.length < SHORTEST - 1) return undefined;
  for (const [known, written] of usualTags()) {
    const [its = '', name = ''] = known.split(': ', 2);
    const limit = name.length < 2 * SHORTEST ? 1 : 2;
    const inCategory = editDistance(category, its, 1);
    if (inCategory > 1 || name.length < SHORTEST) continue;
    if (inCategory + editDistance(value, name, limit) <= limit) return written;
  }
  return undefined;
}
