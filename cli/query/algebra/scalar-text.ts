import { doubleText } from '../../fields/java-numbers/double-text.ts';
import { NumberToken } from '../../text/json.ts';
import type { Scalar } from './query.ts';

/** A constant as it is written: `1.50`, `1e2` (elasticsearch:libs/x-content/.../XContentParser.java text). */
export const writtenText = (value: Scalar): string => (value instanceof NumberToken ? value.token : String(value));

/**
 * A constant of a query as the text that terms are compared with. Whole numbers stand by their digits, all others are Java
 * doubles: `1.50` is "1.5", `1e2` is "100.0" (elasticsearch:libs/x-content/.../XContentParser.java objectText, then toString).
 */
export function scalarText(value: Scalar): string {
  if (value instanceof NumberToken) return doubleText(value.value);
  return typeof value === 'number' && !Number.isInteger(value) ? doubleText(value) : String(value);
}
