import type { RuleFile } from '../rule/rule.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Fact, LintContext, Subject } from './check.ts';
import { queryProblems } from './query-problems.ts';
import { checks, ids } from './registry.ts';
import { readSuppressions, type Suppression } from './suppressions.ts';

/**
 * All that one file alone says, whatever the day and the other files: plain values that can be kept in a cache. What
 * depends on the rest of the collection is concluded from the facts later, see `conclude`.
 */
export interface Verdict {
  /** Whether the file is TOML: if not, part of the job could not be done. */
  readonly readable: boolean;
  readonly problems: readonly Diagnostic[];
  /** By id of the collection check that took them. */
  readonly facts: Readonly<Record<string, readonly Fact[]>>;
  readonly suppressions: readonly Suppression[];
}

const known: ReadonlySet<string> = new Set(ids.map((one) => one.id));

/** Runs every check over one file. Which of the findings are shown is decided later. */
export function judge(file: RuleFile, context: LintContext): Verdict {
  const { rule } = file;
  const { suppressions, problems: faults } = readSuppressions(file.source, known);
  const problems = [...file.problems, ...faults];
  if (rule === undefined) return { readable: file.document !== undefined, problems, facts: {}, suppressions };
  const { body, metadata } = rule;
  const subject: Subject = { file, rule, body, metadata };
  problems.push(...queryProblems(subject, context));
  const facts: Record<string, readonly Fact[]> = {};
  for (const check of checks) {
    if (metadata.maturity === 'deprecated' && check.deprecated !== 'too') continue;
    if ('run' in check)
      for (const problem of check.run(subject, context))
        problems.push({ id: check.id, severity: check.severity, ...problem });
    else facts[check.id] = check.collect(subject);
  }
  return { readable: true, problems, facts, suppressions };
}
