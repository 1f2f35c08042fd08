import type { Field, Mapping } from '../mapping.ts';
import { isList } from '../values/collect.ts';
import { isJsonObject, type Json } from '../../text/json.ts';
import { readGeoPoint } from '../values/types/geo-point.ts';
import { ConstantPlace } from './constant-place.ts';
import type { Place } from './place.ts';
import type { Refusal } from './refusal.ts';
import type { Run } from './run.ts';
import { fatalCheck, ignoresMalformed, valueCheck, type ValueCheck } from './value-check.ts';

/** What looks at the values written to a field: the field itself, and those that read the same values. */
interface Reader {
  readonly field: Field;
  readonly check: ValueCheck;
  readonly ignores: boolean;
}

/** Looks no closer than whether a document is refused as a whole: what is left out is not told. */
export type Closeness = 'refusals' | 'all';

const readersOf = (fields: readonly Field[], mapping: Mapping, closeness: Closeness): readonly Reader[] =>
  fields.flatMap((field) => {
    const ignores = ignoresMalformed(field);
    const check = closeness === 'refusals' && ignores ? fatalCheck(field) : valueCheck(field, mapping);
    return check === undefined ? [] : [{ field, check, ignores }];
  });

/** The multi-fields of the tables are texts and keywords, which take whatever their field takes. */
const multiFieldsOf = ({ name, origin }: Field, mapping: Mapping): readonly Field[] =>
  origin === undefined || origin.source === 'suite' ? mapping.multiFields(name) : [];

/** The place of a field that holds values; `targets` take a copy of each. */
export function fieldPlace(field: Field, mapping: Mapping, targets: readonly Place[], closeness: Closeness): Place {
  if (field.type === 'geo_point') return new GeoPlace(field, targets);
  if (field.typeName === 'constant_keyword') return new ConstantPlace(field);
  return new ValuePlace(field, readersOf([field, ...multiFieldsOf(field, mapping)], mapping, closeness), targets);
}

/** What becomes of a document with a value that nothing ignores. */
const refused = ({ open }: Field): Refusal['effect'] => (open === true ? 'depends' : 'rejected');

/** Copies a value to the fields of `copy_to`, which take single values only. Nulls are copied, for their `null_value`. */
function copy(field: Field, targets: readonly Place[], value: Json, run: Run): void {
  if (targets.length === 0) return;
  if (isList(value) || isJsonObject(value))
    run.refuse({
      path: field.name,
      value,
      typeName: field.typeName,
      effect: 'rejected',
      why: `a value of several parts, which cannot be copied to ${field.copyTo?.join(', ') ?? ''}`,
    });
  else for (const target of targets) target.take(value, run);
}

class ValuePlace implements Place {
  readonly takesOrdinary: boolean;
  readonly #field: Field;
  readonly #readers: readonly Reader[];
  readonly #targets: readonly Place[];

  constructor(field: Field, readers: readonly Reader[], targets: readonly Place[]) {
    this.#field = field;
    this.#readers = readers;
    this.#targets = targets;
    this.takesOrdinary = targets.length === 0 && readers.every(({ check }) => check.takesOrdinary === true);
  }

  take(value: Json, run: Run, inList = false): void {
    if (isList(value)) {
      run.each(value, this.#field.name, this);
      return;
    }
    if (value !== null)
      for (const reader of this.#readers) {
        const fault = reader.check(value, inList);
        if (fault === undefined) continue;
        const { field, ignores } = reader;
        const effect = ignores && !fault.fatal ? 'ignored' : refused(field);
        run.refuse({ path: field.name, value, typeName: field.typeName, effect, why: fault.why });
        if (effect !== 'ignored') return;
      }
    copy(this.#field, this.#targets, value, run);
  }
}

/** A list of two numbers is one place, so that a list is looked at as a whole. */
class GeoPlace implements Place {
  readonly #field: Field;
  readonly #ignores: boolean;
  readonly #targets: readonly Place[];

  constructor(field: Field, targets: readonly Place[]) {
    this.#field = field;
    this.#ignores = ignoresMalformed(field);
    this.#targets = targets;
  }

  take(value: Json, run: Run): void {
    const { name: path, typeName } = this.#field;
    for (const { value: point, why, fatal } of readGeoPoint(value, this.#ignores).faults)
      run.refuse({
        path,
        value: point,
        typeName,
        effect: this.#ignores && !fatal ? 'ignored' : refused(this.#field),
        why,
      });
    copy(this.#field, this.#targets, value, run);
  }
}
