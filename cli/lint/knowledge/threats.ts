import type { RuleBody, Pointer, ThreatItem } from '../../rule/rule.ts';
import { attack } from './attack.ts';

/** One tactic, technique or sub-technique that a rule names, with its place in the file. */
export interface ThreatMention {
  readonly kind: 'tactic' | 'technique' | 'subtechnique';
  readonly item: ThreatItem;
  /** Pointer to the table that holds id, name and reference. */
  readonly at: Pointer;
  /** The tactic it is listed under; for a tactic, itself. */
  readonly tactic: ThreatItem;
  /** For a sub-technique: the technique it is listed under. */
  readonly parent?: ThreatItem;
}

const known = new WeakMap<RuleBody, readonly ThreatMention[]>();

/** All mentions of ATT&CK in `rule.threat`, in the order of the file. Entries of other frameworks are left out. */
export function mentions(body: RuleBody): readonly ThreatMention[] {
  let found = known.get(body);
  if (found === undefined) known.set(body, (found = collect(body)));
  return found;
}

function collect(body: RuleBody): readonly ThreatMention[] {
  const found: ThreatMention[] = [];
  for (const [t, threat] of (body.threat ?? []).entries()) {
    if (threat.framework !== 'MITRE ATT&CK') continue;
    const { tactic } = threat;
    const base: Pointer = ['rule', 'threat', t];
    found.push({ kind: 'tactic', item: tactic, at: [...base, 'tactic'], tactic });
    for (const [i, technique] of (threat.technique ?? []).entries()) {
      const at: Pointer = [...base, 'technique', i];
      found.push({ kind: 'technique', item: technique, at, tactic });
      for (const [j, item] of (technique.subtechnique ?? []).entries())
        found.push({ kind: 'subtechnique', item, at: [...at, 'subtechnique', j], tactic, parent: technique });
    }
  }
  return found;
}

/** What the table calls the item; undefined if it does not know the id. */
export const knownName = ({ kind, item }: ThreatMention): string | undefined =>
  (kind === 'tactic' ? attack().tactics : attack().techniques).get(item.id)?.name;

export const isRetired = ({ kind, item }: ThreatMention): boolean =>
  kind !== 'tactic' && attack().techniques.get(item.id)?.retired === true;

/** The page of an item at attack.mitre.org. */
export const pageOf = ({ kind, item }: ThreatMention): string =>
  `https://attack.mitre.org/${kind === 'tactic' ? 'tactics' : 'techniques'}/${item.id.replace('.', '/')}/`;
