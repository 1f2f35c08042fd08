import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { LintContext } from './check.ts';
import { conclude, type ConcludeOptions } from './conclude.ts';
import { judge } from './verdict.ts';

export type LintOptions = LintContext & ConcludeOptions;

/** Runs all checks over all files; findings of all of them, sorted by path and place. One bad file hides no other. */
export const lintFiles = (files: readonly RuleFile[], options: LintOptions): readonly Finding[] =>
  conclude(
    files.map((file) => ({ path: file.path, verdict: judge(file, options) })),
    options,
  );
