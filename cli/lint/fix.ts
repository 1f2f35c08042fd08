import type { RuleFile } from '../rule/rule.ts';
import type { Finding, Fix, TextEdit } from '../text/diagnostic.ts';
import { splice } from '../text/splice.ts';

/** A fix can bring up a finding with a fix of its own; more rounds than this mean that two fixes undo each other. */
const MAX_PASSES = 10;

export interface FixOptions {
  /** Also apply fixes that may change what a rule means. */
  readonly unsafe: boolean;
  readonly lint: (files: readonly RuleFile[]) => readonly Finding[];
  /** Reads a changed text as the file of that path. */
  readonly load: (path: string, text: string) => RuleFile;
}

export interface FixResult {
  /** The files as they are after all fixes; a file that was not changed is the same object as before. */
  readonly files: readonly RuleFile[];
  readonly applied: number;
  /** What is left. */
  readonly findings: readonly Finding[];
}

/** Insertions at the same place count as overlapping: which of the two comes first would be chance. */
const overlap = (a: TextEdit, b: TextEdit): boolean =>
  a.span.start === b.span.start || (a.span.start < b.span.end && b.span.start < a.span.end);

/** Fixes of one file that can be made together; each is taken whole or left for the next pass. */
function compatible(fixes: readonly Fix[]): readonly Fix[] {
  const taken: Fix[] = [];
  const edits: TextEdit[] = [];
  for (const fix of fixes) {
    if (fix.edits.some((edit) => edits.some((other) => overlap(edit, other)))) continue;
    taken.push(fix);
    edits.push(...fix.edits);
  }
  return taken;
}

/** The file with the fixes made, leaving out those after which it could not be read any more. */
function apply(file: RuleFile, fixes: readonly Fix[], options: FixOptions): { file: RuleFile; applied: number } {
  const attempt = (chosen: readonly Fix[]): RuleFile | undefined => {
    const text = splice(
      file.source.text,
      chosen.flatMap((fix) => fix.edits),
    );
    if (text === file.source.text) return undefined;
    const made = options.load(file.path, text);
    const readable =
      file.rule === undefined ? made.document !== undefined || file.document === undefined : made.rule !== undefined;
    return readable ? made : undefined;
  };
  const together = attempt(fixes);
  if (together !== undefined) return { file: together, applied: fixes.length };
  const good = fixes.filter((fix) => attempt([fix]) !== undefined);
  const made = good.length === 0 || good.length === fixes.length ? undefined : attempt(good);
  return made === undefined ? { file, applied: 0 } : { file: made, applied: good.length };
}

/** Applies fixes as edits of the source text, again and again until there is nothing more to fix. */
export function fixFiles(files: readonly RuleFile[], options: FixOptions): FixResult {
  let current = files;
  let applied = 0;
  let findings = options.lint(current);
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const fixes = new Map<string, Fix[]>();
    for (const { path, fix } of findings)
      if (fix !== undefined && fix.edits.length > 0 && (fix.safe || options.unsafe))
        fixes.set(path, [...(fixes.get(path) ?? []), fix]);
    let changed = 0;
    const next = current.map((file) => {
      const own = fixes.get(file.path);
      if (own === undefined) return file;
      const made = apply(file, compatible(own), options);
      changed += made.applied;
      return made.file;
    });
    if (changed === 0) break;
    applied += changed;
    current = next;
    findings = options.lint(current);
  }
  return { files: current, applied, findings };
}
