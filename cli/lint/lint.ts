import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { VerdictCache } from './cache.ts';
import type { LintContext } from './check.ts';
import { conclude, type ConcludeOptions, type PlacedVerdict } from './conclude.ts';
import { judge } from './verdict.ts';

export type LintOptions = LintContext & ConcludeOptions;

/** What each file says alone; from the cache where it holds the file as it is now. */
export const judgeFiles = (
  files: readonly RuleFile[],
  context: LintContext,
  cache?: VerdictCache,
): readonly PlacedVerdict[] =>
  files.map((file) => {
    const { path } = file;
    const digest = cache === undefined ? undefined : file.digest;
    const known = digest === undefined ? undefined : cache?.get(path, digest);
    if (known !== undefined) return { path, verdict: known };
    const verdict = judge(file, context);
    if (digest !== undefined) cache?.set(path, digest, verdict);
    return { path, verdict };
  });

/** Runs all checks over all files; findings of all of them, sorted by path and place. One bad file hides no other. */
export const lintFiles = (files: readonly RuleFile[], options: LintOptions): readonly Finding[] =>
  conclude(judgeFiles(files, options), options);
