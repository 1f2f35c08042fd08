import type { Field } from '../mapping.ts';
import { isList } from '../values/collect.ts';
import { textOf } from '../values/value.ts';
import type { Json } from '../../text/json.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';

/** A constant_keyword: each document that has a value there has this one. */
export class ConstantPlace implements Place {
  readonly #field: Field;

  constructor(field: Field) {
    this.#field = field;
  }

  take(value: Json, run: Run): void {
    const { name: path, typeName, constant: given, open } = this.#field;
    if (isList(value)) {
      run.each(value, path, this);
      return;
    }
    const text = textOf(value);
    const constant = given ?? run.constants.of(path);
    if (text !== undefined && constant === undefined) run.constants.propose(path, text);
    else if (text === undefined || text !== constant)
      run.refuse({
        path,
        value,
        typeName,
        effect: open === true ? 'depends' : 'rejected',
        why:
          value === null
            ? 'which a constant cannot be'
            : text === undefined
              ? 'no text'
              : `not ${JSON.stringify(constant ?? '').slice(0, 60)}, which is the constant of the index`,
      });
  }
}
