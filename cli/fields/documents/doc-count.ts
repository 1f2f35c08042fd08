import { isList } from '../values/collect.ts';
import { NumberToken, type Json } from '../../text/json.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';

const PATH = '_doc_count';
const MAX_INT = 2_147_483_647;

/**
 * The metadata field that documents write: how many documents one stands for, a whole number above zero
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/DocCountFieldMapper.java).
 */
export class DocCountPlace implements Place {
  take(value: Json, run: Run): void {
    const items = isList(value) ? value : [value];
    if (items.length > 1 || !items.every(isCount))
      run.refuse({ path: PATH, value, typeName: PATH, effect: 'rejected', why: 'not one whole number above zero' });
  }
}

function isCount(value: Json): boolean {
  const number = typeof value === 'number' ? value : value instanceof NumberToken ? value.value : 0;
  return Number.isInteger(number) && number > 0 && number <= MAX_INT;
}
