import type { Finding } from '../text/diagnostic.ts';
import type { PlacedVerdict } from './conclude.ts';
import type { Suppression } from './suppressions.ts';

const fits = ({ covers }: Suppression, { span }: Finding): boolean =>
  covers === undefined || (span.start >= covers.start && span.start <= covers.end);

/**
 * Takes out the findings that a comment in their file holds back, and adds one for each comment that holds back nothing or
 * has run out. `ran` says whether an id was looked for in this run: what was not looked for cannot have been found.
 */
export function holdBack(
  findings: readonly Finding[],
  verdicts: readonly PlacedVerdict[],
  options: { readonly today: string; readonly ran: (id: string) => boolean },
): readonly Finding[] {
  const byPath = new Map<string, readonly Suppression[]>();
  for (const { path, verdict } of verdicts) if (verdict.suppressions.length > 0) byPath.set(path, verdict.suppressions);
  if (byPath.size === 0) return findings;
  const expired = ({ until }: Suppression): boolean => until !== undefined && until < options.today;
  const used = new Set<string>();
  const key = (path: string, one: Suppression, id: string): string => `${path}\0${one.span.start}\0${id}`;
  const kept = findings.filter((finding) => {
    const hits = (byPath.get(finding.path) ?? []).filter((one) => one.ids.includes(finding.id) && fits(one, finding));
    for (const one of hits) used.add(key(finding.path, one, finding.id));
    return hits.every(expired);
  });
  for (const [path, suppressions] of byPath)
    for (const one of suppressions) {
      const idle = one.ids.filter((id) => options.ran(id) && !used.has(key(path, one, id)));
      const fix = { description: 'take the comment out', safe: true, edits: [one.removal] };
      if (idle.length > 0)
        kept.push({
          id: 'suppression/unused',
          severity: 'warning',
          path,
          message: `nothing here is reported as ${idle.join(', ')}`,
          span: one.span,
          why: 'the comment would hold back the next fault of this kind, which nobody has looked at',
          help: idle.length === one.ids.length ? 'take the comment out' : 'take the id out of the comment',
          ...(idle.length === one.ids.length ? { fix } : {}),
        });
      else if (expired(one))
        kept.push({
          id: 'suppression/expired',
          severity: 'warning',
          path,
          message: `the comment held until ${one.until ?? ''}`,
          span: one.span,
          why: 'what it held back is reported again',
          help: 'put the fault right, or give a new date with a new reason',
        });
    }
  return kept;
}
