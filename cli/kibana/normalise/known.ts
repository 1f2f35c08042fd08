import { COMMON } from '../../rule/schema/common.ts';
import { TYPES } from '../../rule/schema/types.ts';
import type { JsonObject } from '../../text/json.ts';

/** Members that the server computes, or that have no effect: they never count as a difference. */
export const COMPUTED: ReadonlySet<string> = new Set([
  'id', 'revision', 'created_at', 'created_by', 'updated_at', 'updated_by', 'execution_summary', 'rule_source', 'immutable',
  'output_index', 'throttle', 'outcome', 'alias_target_id', 'alias_purpose',
]); // prettier-ignore

/** Members of a rule of Kibana that files can say something of, and those that stand for them there. */
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(COMMON),
  ...Object.values(TYPES).flatMap(({ properties }) => Object.keys(properties)),
  'new_terms_fields',
  'history_window_start',
  'meta',
]);

/** True: rule files can hold rules of this type. */
export const isKnownType = (type: string): boolean => Object.hasOwn(TYPES, type);

/**
 * Members that no version of a rule file has. A newer Kibana gives every rule such ones: they belong to the space, or each of its
 * rules would be a conflict that nobody can solve, and a replaced rule would lose them.
 */
export const unknownMembers = (rule: JsonObject): readonly string[] =>
  Object.keys(rule).filter((key) => !KNOWN.has(key) && !COMPUTED.has(key));
