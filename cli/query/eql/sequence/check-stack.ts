import type { Mapping } from '../../../fields/mapping.ts';
import type { Sequence } from '../ast.ts';
import type { EqlDiagnostic } from '../diagnostic.ts';
import { copiedFromMissing, type KeyConditionOptions } from './key-conditions.ts';

/** Warns of what an older stack makes of a sequence that a newer one does not. */
export function checkStack(
  sequence: Sequence,
  mapping: Mapping,
  options: Omit<KeyConditionOptions, 'by'>,
): readonly EqlDiagnostic[] {
  return copiedFromMissing(sequence.terms, mapping, { ...options, by: sequence.by }).map((condition) => ({
    id: 'query/missing-key-condition',
    errorType: 'verification_exception',
    severity: 'warning',
    span: condition.span,
    message: `stack ${options.stack ?? ''} applies this condition to the events around the missing one as well`,
    why: 'before 9.4 Elasticsearch copies conditions on a join key out of "![ ]", so that only sequences of this key are found',
    help: 'compare another field than the join key, or raise min_stack_version to 9.4',
  }));
}
