import type { Span } from '../text/span.ts';
import { KnownError } from '../text/known-error.ts';

interface FailureDetails {
  readonly span?: Span | undefined;
  readonly why?: string;
  readonly help?: string;
}

/**
 * The search would fail: a value that the field's type cannot parse, an unmapped nested path, a number that overflows.
 * A failure is never "no match". `span` is in the query text.
 */
export class QueryFailure extends KnownError {
  override readonly name = 'QueryFailure';
  readonly span: Span | undefined;

  constructor(what: string, more: FailureDetails = {}) {
    super(what, {
      ...(more.why === undefined ? {} : { why: more.why }),
      ...(more.help === undefined ? {} : { help: more.help }),
      ...(more.span === undefined ? {} : { place: { span: more.span } }),
    });
    this.span = more.span;
  }

  /** The same failure at a place, unless it has one already. */
  at(span: Span): QueryFailure {
    if (this.span !== undefined) return this;
    const { why, help } = this;
    return this.again({
      span,
      ...(why === undefined ? {} : { why }),
      ...(help === undefined ? {} : { help }),
    });
  }

  /** Another failure of the same kind that says the same. */
  protected again(more: FailureDetails): QueryFailure {
    return new QueryFailure(this.message, more);
  }
}

/**
 * A fault of the clause itself and not of a value: its analyzer, its minimum_should_match. Elasticsearch excuses with `lenient` only
 * what a field's type throws for a value (elasticsearch: server/.../index/search/MatchQueryParser.java newTermQuery).
 */
export class ClauseFailure extends QueryFailure {
  protected override again(more: FailureDetails): ClauseFailure {
    return new ClauseFailure(this.message, more);
  }
}

/** A construct that this version does not run. It fails the rule by name and place; it is never skipped. */
export class Unsupported extends QueryFailure {
  readonly construct: string;

  constructor(construct: string, more: FailureDetails = {}) {
    super(`${construct} cannot be run offline yet`, more);
    this.construct = construct;
  }

  protected override again(more: FailureDetails): Unsupported {
    return new Unsupported(this.construct, more);
  }
}
