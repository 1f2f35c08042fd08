import type { Mapping } from '../fields/mapping.ts';
import type { Diagnostic, Severity } from '../text/diagnostic.ts';
import type { RuleFile } from '../rule/rule.ts';

/** What a check may see beside the one file: made lazily, shared by all checks of a run. */
export interface LintContext {
  /** Every file of the run, in path order; for checks over the whole collection. */
  readonly files: readonly RuleFile[];
  readonly mapping: (file: RuleFile) => Mapping;
  /** Values of `[lint]` in dac.toml that checks ask for (required tags, guide sections, …). */
  readonly settings: LintSettings;
  /** The day of the run, `YYYY/MM/DD`; for checks on dates. */
  readonly today: string;
}

export interface LintSettings {
  readonly requiredTags: readonly string[];
  readonly guideSections: readonly string[];
  readonly stack: string;
}

/**
 * One thing that can be wrong with a rule. `id` is `category/name` and equals the file's place (`checks/<category>/<name>.ts`),
 * the page (`docs/checks/<category>/<name>.md`) and the test (`checks/<category>/<name>.test.ts`).
 */
export interface Check {
  readonly id: string;
  readonly severity: Severity;
  /** One line for lists and SARIF. */
  readonly summary: string;
  /** Looks at one file. Returns diagnostics whose spans are offsets in that file. Never throws for bad input. */
  run?(file: RuleFile, context: LintContext): readonly Diagnostic[];
  /** Looks at the collection once, after the files: uniqueness, duplicates. */
  finish?(context: LintContext): readonly (Diagnostic & { readonly path: string })[];
}
