import type { Mapping } from '../fields/mapping.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { Finding, Severity } from '../text/diagnostic.ts';
import type { Check, LintContext, LintSettings } from './check.ts';
import { checks as allChecks } from './registry.ts';

export interface LintOptions {
  readonly today: string;
  readonly settings: LintSettings;
  readonly mapping: (file: RuleFile) => Mapping;
  /** Ids or categories to run, or to leave out. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly severity?: Readonly<Record<string, Severity>>;
}

const names = (id: string, list: readonly string[]): boolean =>
  list.includes(id) || list.includes(id.split('/')[0] ?? '');

/** Runs all checks over all files; findings of all of them, sorted by path and place. One bad file hides no other. */
export function lintFiles(files: readonly RuleFile[], options: LintOptions): readonly Finding[] {
  const wanted = (id: string): boolean =>
    (options.only === undefined || options.only.length === 0 || names(id, options.only)) &&
    !names(id, options.skip ?? []);
  const checks = allChecks.filter((check) => wanted(check.id));
  const context: LintContext = { files, mapping: options.mapping, settings: options.settings, today: options.today };
  const found: Finding[] = [];
  for (const file of files) {
    for (const problem of file.problems) if (wanted(problem.id)) found.push({ ...problem, path: file.path });
    for (const check of checks) found.push(...run(check, file, context));
  }
  for (const check of checks) found.push(...(check.finish?.(context) ?? []));
  return found
    .filter((one) => wanted(one.id))
    .map((one) => ({ ...one, severity: options.severity?.[one.id] ?? one.severity }))
    .sort((a, b) =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start || (a.id < b.id ? -1 : 1),
    );
}

function run(check: Check, file: RuleFile, context: LintContext): readonly Finding[] {
  if (check.run === undefined || file.rule === undefined) return [];
  return check.run(file, context).map((one) => ({ ...one, path: file.path }));
}
