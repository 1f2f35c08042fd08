import type { Mapping } from '../mapping.ts';
import type { JsonObject } from '../../text/json.ts';
import { Places } from './places.ts';
import type { Refusal } from './refusal.ts';
import { Run } from './run.ts';

export { rejects, type Refusal } from './refusal.ts';

const places = new WeakMap<Mapping, Places>();

/**
 * What a document has that the index does not take as its author wrote it: a date that is none, text in a number, an object
 * where a value belongs, a name that is none. Queries do not find such values here either. Fields that the mapping only
 * assumes, and unmapped ones, take anything. Values above `ignore_above` are not listed: they are kept on purpose.
 */
export function refusals(source: JsonObject, mapping: Mapping): readonly Refusal[] {
  let known = places.get(mapping);
  if (known === undefined) places.set(mapping, (known = new Places(mapping)));
  const run = new Run();
  known.root.take(source, run);
  return run.refusals;
}
