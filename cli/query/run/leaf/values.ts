import type { Field } from '../../../fields/mapping.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { QueryFailure, Unsupported } from '../../failure.ts';
import type { RunContext } from '../context.ts';
import { addressEquality, addressRange } from './addresses.ts';
import { booleanEquality, booleanRange } from './booleans.ts';
import { dateEquality, dateRange } from './dates.ts';
import { isNumericField, numberEquality, numberRange } from './numbers.ts';
import { runtimeEquality, runtimeRange, type EqualityClause } from './runtime.ts';
import { article, type Placed, type ValueTest } from './value-test.ts';
import { versionEquality, versionRange } from './versions.ts';

/** One value of `term`, `terms`, `match` and `match_phrase` on a type that is not text. */
export function equalityTest(
  field: Field,
  value: Scalar,
  clause: EqualityClause,
  context: RunContext,
  timeZone?: string,
): ValueTest {
  if (value === null)
    throw new QueryFailure('a term cannot be null', { span: clause.span, why: 'Elasticsearch refuses a null value' });
  const runtime = field.runtime === true ? runtimeEquality(field, value, clause, context) : undefined;
  if (runtime !== undefined) return runtime;
  if (isNumericField(field)) return numberEquality(field, value, clause, clause.kind === 'terms' ? 'terms' : 'term');
  switch (field.type) {
    case 'boolean':
      return booleanEquality(field, value, clause);
    case 'ip':
      return addressEquality(field, value, clause);
    case 'date':
    case 'date_nanos':
      return dateEquality(field, value, clause, context, timeZone);
    case 'version':
      return versionEquality(value);
    default:
      return noValues(field, clause);
  }
}

/** A range on a type that is not text. */
export function rangeTest(field: Field, clause: Range, context: RunContext): ValueTest {
  const runtime = field.runtime === true ? runtimeRange(field, clause, context) : undefined;
  if (runtime !== undefined) return runtime;
  if (isNumericField(field)) return numberRange(field, clause);
  switch (field.type) {
    case 'boolean':
      return booleanRange(field, clause);
    case 'ip':
      return addressRange(field, clause);
    case 'date':
    case 'date_nanos':
      return dateRange(field, clause, context);
    case 'version':
      return versionRange(clause);
    default:
      return noValues(field, clause);
  }
}

/** Types that hold no single values: shapes are refused as Elasticsearch does, types that are not run by name. */
function noValues(field: Field, clause: Placed): never {
  if (field.type === 'unsupported')
    throw new Unsupported(`a comparison with ${field.name}, which is ${article(field.typeName)},`, {
      span: clause.span,
      ...(field.refusal === undefined ? {} : { why: field.refusal }),
    });
  throw new QueryFailure(`${field.name} is ${article(field.typeName)}, which is compared with no value`, {
    span: clause.span,
    why: 'Elasticsearch refuses the search',
  });
}
