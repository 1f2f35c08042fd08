import { randomBytes } from 'node:crypto';
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { conclude, type ConcludeOptions } from '../lint/conclude.ts';
import type { LintContext } from '../lint/check.ts';
import { fixFiles, type FixResult } from '../lint/fix.ts';
import { judge, type Verdict } from '../lint/verdict.ts';
import { loadRuleFile, type LoadOptions } from '../rule/load.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import { KnownError } from '../text/known-error.ts';
import type { Host } from './host.ts';
import { isReadFault, readRegular } from './read-file.ts';

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

const MAX_BYTES = 64 * 1024 * 1024;
const BOM = '\ufeff';

/**
 * Writes a changed file in one step: all of it or nothing, with the rights that it had. Throws a KnownError if somebody
 * else has changed the file since it was read.
 */
export function writeFixed(host: Host, before: RuleFile, after: RuleFile): void {
  const path = realpathSync(resolve(host.cwd, before.path));
  const bytes = readRegular(path, MAX_BYTES);
  const now = isReadFault(bytes) ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const mark = now?.startsWith(BOM) === true ? BOM : '';
  if (now !== mark + before.source.text)
    throw new KnownError(`${before.path} was changed while it was being fixed`, { help: 'run it again' });
  const part = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(part, mark + after.source.text, { flag: 'wx' });
    chmodSync(part, statSync(path).mode);
    renameSync(part, path);
  } catch (cause) {
    rmSync(part, { force: true });
    throw new KnownError(`${before.path} cannot be written`, { cause, help: 'give yourself the right to write it' });
  }
}
