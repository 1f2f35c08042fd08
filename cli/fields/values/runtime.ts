import { NumberToken, type Json } from '../../text/json.ts';
import { indexDate } from '../dates/index.ts';
import { indexNumber } from '../index-number.ts';
import { parseIp } from '../ip.ts';
import { doubleText } from '../java-numbers/double-text.ts';
import { parseDouble } from '../java-numbers/parse-double.ts';
import type { Field } from '../mapping.ts';
import type { IndexedValue } from './value.ts';

/** A scalar as Java prints it: whole numbers by their digits, all others as a double. */
function printed(raw: Json): string | undefined {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'boolean') return String(raw);
  if (typeof raw === 'number') return Number.isInteger(raw) ? String(BigInt(raw)) : doubleText(raw);
  if (!(raw instanceof NumberToken)) return undefined;
  return raw.whole ? String(BigInt(raw.token)) : doubleText(raw.value);
}

/**
 * What a runtime field without a script reads of a value of the source. It is parsed first and then printed, so that a keyword
 * has `1.5` of 1.50 and `100.0` of 1e2. Undefined: nothing; a runtime field refuses no document
 * (elasticsearch:server/src/main/java/org/elasticsearch/script/AbstractFieldScript.java emitFromSource, and emitFromObject of
 * the script of each type).
 */
export function runtimeValue({ type, format }: Field, raw: Json): IndexedValue | undefined {
  if (type === 'boolean')
    return raw === true || raw === 'true' ? true : raw === false || raw === 'false' ? false : undefined;
  const text = printed(raw);
  if (text === undefined) return undefined;
  switch (type) {
    case 'keyword':
      return text;
    case 'long':
      // It has to be a double for Java first, which knows ASCII digits alone
      return parseDouble(text) === undefined ? undefined : indexNumber('long', text);
    case 'double':
      return typeof raw === 'boolean' ? undefined : parseDouble(text);
    case 'ip':
      return parseIp(text);
    case 'date':
      return indexDate(text, format);
    default:
      return undefined;
  }
}
