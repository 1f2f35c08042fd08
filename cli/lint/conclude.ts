import type { Finding, Severity } from '../text/diagnostic.ts';
import type { PlacedFact } from './check.ts';
import { holdBack } from './hold-back.ts';
import { checks } from './registry.ts';
import type { Verdict } from './verdict.ts';

export interface PlacedVerdict {
  readonly path: string;
  readonly verdict: Verdict;
}

export interface ConcludeOptions {
  /** The day of the run, `YYYY/MM/DD`. */
  readonly today: string;
  /** Ids or categories to show; empty or absent: all. */
  readonly only?: readonly string[];
  /** Ids or categories to leave out. */
  readonly skip?: readonly string[];
  /** Severities by id, other than the check's own. */
  readonly severity?: Readonly<Record<string, Severity>>;
  /** Findings that others made in the same run, such as those of suites; comments in the rules hold them back, too. */
  readonly also?: readonly Finding[];
}

/** Categories that linting alone does not look for. */
const NOT_LINTED = new Set(['suite', 'events']);

const names = (id: string, list: readonly string[]): boolean =>
  list.includes(id) || list.includes(id.split('/')[0] ?? '');

const compare = (a: Finding, b: Finding): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Findings of all files, those about the whole collection included, sorted by path and place. */
export function conclude(verdicts: readonly PlacedVerdict[], options: ConcludeOptions): readonly Finding[] {
  const { today, only = [], skip = [], severity = {}, also = [] } = options;
  const wanted = (id: string): boolean => (only.length === 0 || names(id, only)) && !names(id, skip);
  const ordered = [...verdicts].sort((a, b) => (a.path < b.path ? -1 : 1));
  const found: Finding[] = [];
  for (const { path, verdict } of ordered)
    for (const problem of verdict.problems) if (wanted(problem.id)) found.push({ ...problem, path });
  const key = (one: Finding): string => `${one.path}\0${one.id}\0${one.span.start}`;
  const told = new Set(also.length === 0 ? [] : found.map(key));
  found.push(...also.filter((one) => wanted(one.id) && !told.has(key(one))));
  for (const check of checks) {
    if (!('conclude' in check) || !wanted(check.id)) continue;
    const facts = ordered.flatMap(({ path, verdict }): PlacedFact[] =>
      (verdict.facts[check.id] ?? []).map((fact) => ({ ...fact, path })),
    );
    for (const problem of check.conclude(facts, { today }))
      found.push({ id: check.id, severity: check.severity, ...problem });
  }
  const ran = (id: string): boolean => wanted(id) && !NOT_LINTED.has(id.split('/')[0] ?? '');
  return holdBack(found, ordered, { today, ran })
    .filter((one) => wanted(one.id))
    .map((one) => (Object.hasOwn(severity, one.id) ? { ...one, severity: severity[one.id] ?? one.severity } : one))
    .sort(compare);
}
