import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { conclude, type ConcludeOptions } from '../lint/conclude.ts';
import type { LintContext } from '../lint/check.ts';
import { fixFiles, type FixResult } from '../lint/fix.ts';
import { judge, type Verdict } from '../lint/verdict.ts';
import { loadRuleFile, type LoadOptions } from '../rule/load.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { Host } from './host.ts';
import { readWhole, writeInside } from './write-inside.ts';

export interface FixFlags {
  readonly fix?: boolean;
  readonly unsafeFixes?: boolean;
  readonly diff?: boolean;
}

export interface FixRun {
  readonly unsafe: boolean;
  readonly context: LintContext;
  readonly conclusion: ConcludeOptions;
  readonly load: LoadOptions;
  /** Findings that the configuration switches off are not fixed. */
  readonly wanted: (findings: readonly Finding[]) => readonly Finding[];
}

/** Applies fixes in memory. Each text is judged once, however many passes it takes to fix the others. */
export function fixRules(files: readonly RuleFile[], run: FixRun): FixResult {
  const verdicts = new Map<RuleFile, Verdict>();
  const verdictOf = (file: RuleFile): Verdict => {
    let verdict = verdicts.get(file);
    if (verdict === undefined) verdicts.set(file, (verdict = judge(file, run.context)));
    return verdict;
  };
  return fixFiles(files, {
    unsafe: run.unsafe,
    lint: (current) =>
      run.wanted(
        conclude(
          current.map((file) => ({ path: file.path, verdict: verdictOf(file) })),
          run.conclusion,
        ),
      ),
    load: (path, text) => loadRuleFile(path, text, run.load),
  });
}

/** The files that fixing has changed, as pairs of before and after. */
export const changedFiles = (
  before: readonly RuleFile[],
  after: readonly RuleFile[],
): readonly (readonly [before: RuleFile, after: RuleFile])[] =>
  before.flatMap((file, at) => {
    const now = after[at];
    return now === undefined || now === file || now.source.text === file.source.text ? [] : [[file, now] as const];
  });

/** A unified diff of the changes, for a person and for `git apply`. */
export async function diffOf(changes: ReturnType<typeof changedFiles>): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return changes
    .map(([before, after]) =>
      createTwoFilesPatch(`a/${before.path}`, `b/${after.path}`, before.source.text, after.source.text, '', '', {
        context: 3,
      }).replace(/^=+\n/, ''),
    )
    .join('');
}

const BOM = '\ufeff';

/**
 * Writes a changed file in one step: all of it or nothing, with the rights that it had. Throws a KnownError if somebody
 * else has changed the file since it was read.
 */
export function writeFixed(host: Host, before: RuleFile, after: RuleFile): void {
  const path = realpathSync(resolve(host.cwd, before.path));
  const mark = readWhole(path, before.path).startsWith(BOM) ? BOM : '';
  writeInside(dirname(path), {
    path,
    shown: before.path,
    before: mark + before.source.text,
    text: mark + after.source.text,
  });
}
