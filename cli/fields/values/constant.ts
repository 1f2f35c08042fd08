import type { JsonObject } from '../../text/json.ts';
import type { Field } from '../mapping.ts';
import { compileGetter } from './getter.ts';
import { sourcePath, textOf, type Place } from './value.ts';

/**
 * Reads the value of a constant_keyword for a document: that of its index, whether or not the document has it. Where nothing is
 * known of the index, a document that has a value is taken to have the right one.
 */
export function compileConstant(field: Field, prefix = ''): (source: JsonObject, place?: Place) => string | undefined {
  const { constant, constants } = field;
  if (constants === undefined) return () => constant;
  const get = compileGetter(sourcePath(field).slice(prefix.length));
  return (source, place) => {
    const known = place === undefined ? undefined : constants(place.index);
    if (known !== undefined) return known;
    const own = get(source)[0];
    return own === undefined ? undefined : textOf(own);
  };
}
