import type { Mapping } from '../../../fields/mapping.ts';
import { span, type Span } from '../../../text/span.ts';
import type { Sequence } from '../ast.ts';
import type { EqlDiagnostic } from '../diagnostic.ts';
import { exactField, resolveField } from '../fields.ts';

/** Checks the fields that put the events of a sequence in order: a time, and what decides between equal times. */
export function checkOrder(
  sequence: Sequence,
  mapping: Mapping,
  fields: { readonly timestamp: string; readonly tiebreaker?: string },
): readonly EqlDiagnostic[] {
  const at = span(sequence.span.start, sequence.span.start + sequence.kind.length);
  const found: EqlDiagnostic[] = [];
  const time = resolveField(mapping, fields.timestamp);
  if (time.kind === 'unmapped') found.push(unmapped(fields.timestamp, 'the time', 'timestamp_field', at));
  else if (time.field.type !== 'date' && time.field.type !== 'date_nanos')
    found.push({
      id: 'query/type-mismatch',
      errorType: 'verification_exception',
      severity: 'error',
      span: at,
      message: `${fields.timestamp}, the time of a sequence, is of type ${time.field.typeName}, not a date`,
      why: 'Elasticsearch orders the events of a sequence by it, and fails',
      help: 'name a date field in timestamp_field',
    });
  if (fields.tiebreaker === undefined) return found;
  const tie = resolveField(mapping, fields.tiebreaker);
  if (tie.kind === 'unmapped') found.push(unmapped(fields.tiebreaker, 'the tiebreaker', 'tiebreaker_field', at));
  else {
    const exact = tie.kind === 'field' ? exactField(mapping, tie.field) : tie;
    if (exact.kind === 'unusable')
      found.push({
        id: 'query/field-not-usable',
        errorType: 'verification_exception',
        severity: 'error',
        span: at,
        message: exact.message,
        why: 'Elasticsearch sorts events of the same time by tiebreaker_field, and refuses this one',
        ...(exact.help === undefined ? {} : { help: exact.help }),
      });
  }
  return found;
}

const unmapped = (name: string, what: string, setting: string, where: Span): EqlDiagnostic => ({
  id: 'query/unknown-field',
  errorType: 'verification_exception',
  severity: 'error',
  span: where,
  message: `${name}, ${what} of the sequence, is in none of the rule's indices`,
  why: 'Elasticsearch refuses the whole query with "Unknown column", and the rule never runs',
  help: `name another field in ${setting}`,
});
