import type { Field } from '../../../fields/mapping.ts';
import type { FieldNumber } from '../../../fields/numbers.ts';
import type { IndexedValue } from '../../../fields/values/indexed.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { QueryFailure } from '../../failure.ts';

/** The part of a clause that errors need. */
export interface Placed {
  readonly span?: { readonly start: number; readonly end: number };
}

export type ValueTest = (value: IndexedValue) => boolean;

/** The ends of a range that a type reads; `null` and absent ones are open. */
export type Ends = Pick<Range, 'gt' | 'gte' | 'lt' | 'lte'>;

export const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

/** A value that the field's type cannot read: the search fails on every shard that has the field. */
export function unreadable(value: Scalar, field: Field, clause: Placed, help?: string): QueryFailure {
  return new QueryFailure(
    `${JSON.stringify(value === null ? null : String(value))} is not ${article(field.typeName)}`,
    {
      span: clause.span,
      why: `${field.name} is of type ${field.typeName}; Elasticsearch refuses the search`,
      ...(help === undefined ? {} : { help }),
    },
  );
}

/** Types on which patterns make no sense. */
export const noPattern = (what: string, field: Field, clause: Placed): QueryFailure =>
  new QueryFailure(`${what} cannot be used on ${field.name}, which is ${article(field.typeName)}`, {
    span: clause.span,
    why: 'patterns work on keyword, text and wildcard fields; Elasticsearch refuses the search',
    help: field.type === 'ip' ? 'use a block such as 10.0.0.0/8' : 'use a comparison or a range',
  });

export const between =
  (low: FieldNumber, high: FieldNumber): ValueTest =>
  (actual) =>
    (typeof actual === 'number' || typeof actual === 'bigint') && actual >= low && actual <= high;

/** A range of numbers, instants or addresses. `read` gives one end; `roundUp` is what Elasticsearch does to coarse dates. */
export function rangeOf(ends: Ends, read: (value: Exclude<Scalar, null>, roundUp: boolean) => FieldNumber): ValueTest {
  const end = (value: Scalar | undefined, roundUp: boolean): FieldNumber | undefined =>
    value === undefined || value === null ? undefined : read(value, roundUp);
  const [gt, gte, lt, lte] = [end(ends.gt, true), end(ends.gte, false), end(ends.lt, false), end(ends.lte, true)];
  return (actual) =>
    (typeof actual === 'number' || typeof actual === 'bigint') &&
    (gt === undefined || actual > gt) &&
    (gte === undefined || actual >= gte) &&
    (lt === undefined || actual < lt) &&
    (lte === undefined || actual <= lte);
}
