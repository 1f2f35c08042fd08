import type { JsonObject } from '../../text/json.ts';
import type { Field } from '../mapping.ts';
import { isList } from './collect.ts';
import { readerOf } from './path-reader.ts';
import { sourcePath, textOf, type Place } from './value.ts';

/**
 * Reads the value of a constant_keyword for a document: that of its index, whether or not the document has it. Where nothing is
 * known of the index, a document that has a value is taken to have the right one.
 */
export function compileConstant(field: Field, prefix = ''): (source: JsonObject, place?: Place) => string | undefined {
  const { constant, constants } = field;
  if (constants === undefined) return () => constant;
  const read = readerOf(sourcePath(field).slice(prefix.length));
  return (source, place) => {
    const known = place === undefined ? undefined : constants(place.index);
    if (known !== undefined) return known;
    const found = read(source);
    if (found === undefined || typeof found === 'string') return found;
    const own = isList(found) ? found[0] : found;
    return own === undefined ? undefined : textOf(own);
  };
}
