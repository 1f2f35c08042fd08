import type { Diagnostic } from '../text/diagnostic.ts';
import type { Query } from './algebra/query.ts';
import type { Compiled, GroupQuery, QueryContext } from './compile.ts';
import type { Sample, Sequence, Statement } from './eql/ast.ts';
import { checkEql } from './eql/check.ts';
import { limitOf, limitSequences, type Limit } from './eql/limit.ts';
import { lowerEventFilter } from './eql/lower.ts';
import { parseEql } from './eql/parse.ts';
import { checkOrder } from './eql/sequence/check-order.ts';
import { checkStack } from './eql/sequence/check-stack.ts';
import { EVENT_CATEGORY } from './eql/sequence/key-conditions.ts';
import { planSample, planSequence } from './eql/sequence/plan.ts';
import { eventQuery, failed, runContext, withFilters } from './event-query.ts';
import { QueryFailure } from './failure.ts';
import { refusedValues } from './refused-values.ts';
import { compileSamples } from './run/sample/sample.ts';
import { explain } from './run/explain.ts';
import { leadingValues } from './run/leading-values.ts';
import { compilePredicate } from './run/predicate.ts';
import { explainSample } from './run/sample/explain.ts';
import { explainSequence } from './run/sequence/explain.ts';
import { keyJsonOf } from './run/sequence/join-keys.ts';
import { compileSequence, isEmpty } from './run/sequence/run.ts';

const TIMESTAMP = '@timestamp';

interface Checked {
  /** Absent when the diagnostics hold an error. */
  readonly statement?: Statement;
  readonly diagnostics: readonly Diagnostic[];
}

function check(text: string, context: QueryContext): Checked {
  const { statement, diagnostics } = parseEql(text);
  if (statement === undefined || failed(diagnostics)) return { diagnostics };
  const found: Diagnostic[] = [...diagnostics, ...checkEql(statement, context.mapping, options(context))];
  const { body } = statement;
  const order = {
    timestamp: context.timestampField ?? TIMESTAMP,
    ...(context.tiebreakerField === undefined ? {} : { tiebreaker: context.tiebreakerField }),
  };
  if (body.kind === 'sequence') {
    const { eventCategoryField: categoryField = EVENT_CATEGORY, stack } = context;
    found.push(...checkOrder(body, context.mapping, order));
    found.push(...checkStack(body, context.mapping, { categoryField, stack }));
  }
  return failed(found) ? { diagnostics: found } : { statement, diagnostics: found };
}

const options = ({ eventCategoryField, stack }: QueryContext): { eventCategoryField?: string; stack?: string } => ({
  ...(eventCategoryField === undefined ? {} : { eventCategoryField }),
  ...(stack === undefined ? {} : { stack }),
});

/** Parses and checks an EQL query against a mapping, the values of its comparisons included. */
export function checkEqlText(text: string, context: QueryContext): readonly Diagnostic[] {
  const { statement, diagnostics } = check(text, context);
  const refused = statement === undefined ? [] : refusedValues(statement, context);
  // What always or never holds is left out of the search, and what it compares is never read.
  return refused.length > 0 && fails(text, context) ? [...diagnostics, ...refused] : diagnostics;
}

function fails(text: string, context: QueryContext): boolean {
  try {
    compileEql(text, context);
    return false;
  } catch (error) {
    if (error instanceof QueryFailure) return true;
    throw error;
  }
}

/** Makes an EQL query runnable. Throws a QueryFailure for what can be checked but not planned. */
export function compileEql(text: string, context: QueryContext): Compiled {
  const { statement, diagnostics } = check(text, context);
  if (statement === undefined) return { diagnostics };
  const { body, pipes } = statement;
  const limit = (size: number): Limit => limitOf(pipes, size, context.resultPosition);
  switch (body.kind) {
    case 'event': {
      const lowered = lowerEventFilter(body, context.mapping, { ...options(context), now: context.now, text });
      const all = [...diagnostics, ...lowered.diagnostics];
      if (failed(all)) return { diagnostics: all };
      return { runnable: { ...eventQuery(withFilters(lowered.query, context), context), limit }, diagnostics: all };
    }
    case 'sequence':
      return { runnable: sequenceQuery(body, text, context, limit), diagnostics };
    case 'sample':
      return { runnable: sampleQuery(body, text, context), diagnostics };
    case 'join':
      return { diagnostics };
  }
}

const planOptions = (text: string, context: QueryContext) => ({
  ...options(context),
  now: context.now,
  text,
  restrict: (query: Query): Query => withFilters(query, context),
});

function sequenceQuery(
  sequence: Sequence,
  text: string,
  context: QueryContext,
  limit: (size: number) => Limit,
): GroupQuery {
  const run = runContext(context);
  const plan = planSequence(sequence, context.mapping, {
    ...planOptions(text, context),
    timestampField: context.timestampField ?? TIMESTAMP,
    ...(context.tiebreakerField === undefined ? {} : { tiebreakerField: context.tiebreakerField }),
  });
  const find = compileSequence(plan, run);
  const keys = plan.terms[0]?.keys ?? [];
  const all = plan.until === undefined ? plan.terms : [...plan.terms, plan.until];
  return {
    kind: 'sequence',
    terms: all.map(({ query }) => query),
    run: (events, size) =>
      limitSequences(find(events), limit(size)).map(({ key, hits }) => ({
        key: keyJsonOf(key, keys),
        events: hits.map((hit) => hit?.event),
      })),
    explain: (events) => explainSequence(plan, run, events),
    concerns: isEmpty(plan) ? () => false : compilePredicate(anyTerm(all), run),
    leading: (index) => leadingValues(anyTerm(all), run, index),
    explainEvent: (event) => explain(anyTerm(plan.terms), run, event),
  };
}

function sampleQuery(sample: Sample, text: string, context: QueryContext): GroupQuery {
  const run = runContext(context);
  const { maxSamplesPerKey } = context;
  const plan = planSample(sample, context.mapping, {
    ...planOptions(text, context),
    ...(maxSamplesPerKey === undefined ? {} : { maxSamplesPerKey }),
  });
  const find = compileSamples(plan, run);
  const keys = plan.terms[0]?.keys ?? [];
  return {
    kind: 'sample',
    terms: plan.terms.map(({ query }) => query),
    run: (events, size) =>
      find(events)
        .slice(0, size)
        .map(({ key, events: chosen }) => ({ key: keyJsonOf(key, keys, 'sample'), events: chosen })),
    explain: (events) => explainSample(plan, run, events),
    concerns: compilePredicate(anyTerm(plan.terms), run),
    leading: (index) => leadingValues(anyTerm(plan.terms), run, index),
    explainEvent: (event) => explain(anyTerm(plan.terms), run, event),
  };
}

const anyTerm = (terms: readonly { readonly query: Query }[]): Query => ({
  kind: 'bool',
  should: terms.map((term) => term.query),
  minimumShouldMatch: 1,
});
