import type { Field, Mapping } from '../../../fields/mapping.ts';
import type { Query } from '../../algebra/query.ts';
import { QueryFailure } from '../../failure.ts';
import type { JoinKey, SamplePlan, SequencePlan, Term } from '../../run/sequence/plan.ts';
import type { Duration, EventFilter, FieldRef, Sample, Sequence, SequenceTerm } from '../ast.ts';
import { exactField, resolveField } from '../fields.ts';
import { lowerEventFilter, type EqlLowerOptions } from '../lower.ts';
import { EVENT_CATEGORY, withKeyConditions } from './key-conditions.ts';

export interface PlanOptions extends EqlLowerOptions {
  /** Adds the filters of the rule to a term; they hold for every term, also for missing ones and `until`. */
  restrict(query: Query): Query;
}

const MILLISECONDS: Readonly<Record<Duration['unit'], number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A sequence as what has to be searched, and in which order. Throws a QueryFailure for what cannot be planned. */
export function planSequence(
  sequence: Sequence,
  mapping: Mapping,
  options: PlanOptions & { readonly timestampField: string; readonly tiebreakerField?: string },
): SequencePlan {
  const terms = planTerms(sequence, mapping, options);
  const { until, maxspan } = sequence;
  const ending = until === undefined ? undefined : planTerm(until, until.filter, sequence.by, mapping, options);
  const { timestampField, tiebreakerField } = options;
  return {
    kind: 'sequence',
    terms,
    stages: sequence.terms.flatMap((term, at) => new Array<number>(term.runs).fill(at)),
    ...(ending === undefined || ending.query.kind === 'match_none' ? {} : { until: ending }),
    ...(maxspan === undefined ? {} : { maxspan: maxspan.amount * MILLISECONDS[maxspan.unit] }),
    timestamp: usable(mapping, timestampField),
    ...(tiebreakerField === undefined ? {} : { tiebreaker: exact(mapping, usable(mapping, tiebreakerField)) }),
  };
}

/** A sample as what has to be searched. Throws a QueryFailure for what cannot be planned. */
export function planSample(
  sample: Sample,
  mapping: Mapping,
  options: PlanOptions & { readonly maxSamplesPerKey?: number },
): SamplePlan {
  return { kind: 'sample', terms: planTerms(sample, mapping, options), maxPerKey: options.maxSamplesPerKey ?? 1 };
}

function planTerms({ by, terms }: Sequence | Sample, mapping: Mapping, options: PlanOptions): readonly Term[] {
  const filters = withKeyConditions(terms, mapping, {
    by,
    categoryField: options.eventCategoryField ?? EVENT_CATEGORY,
    stack: options.stack,
  });
  return terms.map((term, at) => {
    const planned = planTerm(term, filters[at] ?? term.filter, by, mapping, options);
    if (term.missing && planned.query.kind === 'match_none')
      throw new QueryFailure('the condition of this missing event is never true', {
        span: term.filter.condition.span,
        why: 'some versions of Elasticsearch then find no sequence at all, others ignore the term',
        help: 'take the term out, or mend its condition',
      });
    return planned;
  });
}

function planTerm(
  term: SequenceTerm,
  filter: EventFilter,
  by: readonly FieldRef[],
  mapping: Mapping,
  options: PlanOptions,
): Term {
  const { query } = lowerEventFilter(filter, mapping, options);
  return {
    query: query.kind === 'match_none' ? query : options.restrict(query),
    keys: [...by, ...term.by].map((key) => joinKey(key, mapping)),
    missing: term.missing,
    span: term.span,
    filterSpan: term.filter.span,
  };
}

function joinKey({ name, optional, span }: FieldRef, mapping: Mapping): JoinKey {
  const resolved = resolveField(mapping, name);
  if (resolved.kind === 'unmapped' && optional) return { name, optional, span };
  const exact = resolved.kind === 'field' ? exactField(mapping, resolved.field) : resolved;
  if (exact.kind === 'field') return { name, optional, span, field: exact.field };
  throw new QueryFailure(exact.kind === 'unusable' ? exact.message : `${name} is in none of the rule's indices`, {
    span,
  });
}

/** The field that orders events: checked before, so that a failure here is one of the caller. */
function usable(mapping: Mapping, name: string): Field {
  const resolved = resolveField(mapping, name);
  if (resolved.kind === 'field') return resolved.field;
  throw new QueryFailure(resolved.kind === 'unusable' ? resolved.message : `${name} is in none of the rule's indices`, {
    why: 'Elasticsearch orders the events of a sequence by it',
  });
}

/** The field whose doc values sort: of text its keyword sub-field. */
function exact(mapping: Mapping, field: Field): Field {
  const found = exactField(mapping, field);
  if (found.kind === 'field') return found.field;
  throw new QueryFailure(found.kind === 'unusable' ? found.message : `${field.name} is not mapped`);
}
