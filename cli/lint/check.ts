import type { Mapping } from '../fields/mapping.ts';
import type { Rule, RuleBody, RuleFile, RuleMetadata } from '../rule/rule.ts';
import type { Diagnostic, Severity } from '../text/diagnostic.ts';
import type { Span } from '../text/span.ts';

/** Values of `[lint]` in dac.toml that checks ask for. */
export interface LintSettings {
  /** Beginnings, such as `Domain:`, of which each rule needs a tag. */
  readonly requiredTags: readonly string[];
  /** Headings that an investigation guide needs. */
  readonly guideSections: readonly string[];
  /** Stack that the rules are for, such as `9.4`. */
  readonly stack: string;
}

/** What a check may see beside the one rule. */
export interface LintContext {
  readonly settings: LintSettings;
  /** The mapping of a rule's indices, with what the suite of the file at `path` declares; made when asked for. */
  readonly mapping: (rule: Rule, path: string) => Mapping;
}

/** The one rule a check looks at, taken apart for convenience: `body` and `metadata` are parts of `rule`. */
export interface Subject {
  readonly file: RuleFile;
  readonly rule: Rule;
  readonly body: RuleBody;
  readonly metadata: RuleMetadata;
}

/** A diagnostic without what the check's own entry says already. Spans are offsets in the rule's file. */
export type Problem = Omit<Diagnostic, 'id' | 'severity'>;

/** What is known of an id before anything is found: for lists, SARIF and `dac explain`. */
export interface IdEntry {
  /** `category/name`; also the place of its page, `docs/checks/<category>/<name>.md`. */
  readonly id: string;
  /** By consequence: error, the rule cannot do what its author meant; warning, it may not; info, it could read better. */
  readonly severity: Severity;
  /** One sentence, true of a rule that has nothing to report. */
  readonly summary: string;
}

interface AnyCheck extends IdEntry {
  /** Deprecated rules are kept for the record, so most checks leave them alone. */
  readonly deprecated?: 'too';
}

/** Looks at one rule at a time. Never throws for what a file holds. The result may depend on nothing else: it is cached. */
export interface RuleCheck extends AnyCheck {
  readonly run: (subject: Subject, context: LintContext) => readonly Problem[];
}

/** A value of one rule that a check over the collection compares, and where it stands. */
export interface Fact {
  readonly value: string;
  readonly span: Span;
}

export interface PlacedFact extends Fact {
  readonly path: string;
}

/**
 * Looks at the whole collection, or at what changes from day to day. It sees only the facts that it has taken from each
 * rule, because the rules themselves may have come from the cache.
 */
export interface CollectionCheck extends AnyCheck {
  readonly collect: (subject: Subject) => readonly Fact[];
  /** `facts` are in the order of the paths. */
  readonly conclude: (facts: readonly PlacedFact[], run: { readonly today: string }) => readonly PlacedProblem[];
}

export interface PlacedProblem extends Problem {
  readonly path: string;
}

/** One thing that can be wrong, in the file `checks/<category>/<name>.ts` after its id. */
export type Check = RuleCheck | CollectionCheck;
