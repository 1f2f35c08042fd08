import type { RuleBody } from '../../rule/rule.ts';
import { isJsonObject, own } from '../../text/json.ts';

/** `alert_suppression` of a rule. A licence that has it (Platinum) is taken for granted. */
export interface Suppression {
  readonly groupBy: readonly string[];
  /** What becomes of events that lack a field: grouped under null, or alerted one by one. */
  readonly missing: 'suppress' | 'doNotSuppress';
}

/**
 * The suppression that groups the alerts of one run; undefined: none. `duration` only decides across runs, and fixtures
 * are one run: its alerts are the same with and without it.
 */
export function suppressionOf(body: RuleBody): Suppression | undefined {
  const written = body['alert_suppression'];
  if (!isJsonObject(written)) return undefined;
  const fields = own(written, 'group_by');
  const groupBy = Array.isArray(fields) ? fields.filter((one): one is string => typeof one === 'string') : [];
  if (groupBy.length === 0) return undefined;
  return {
    groupBy,
    missing: own(written, 'missing_fields_strategy') === 'doNotSuppress' ? 'doNotSuppress' : 'suppress',
  };
}
