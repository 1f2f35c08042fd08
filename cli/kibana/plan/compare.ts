import { own, type Json, type JsonObject } from '../../text/json.ts';
import { UNSURE, type ApplyRecord } from '../state/record.ts';
import { digest, same } from './digest.ts';
import type { ChangedIn, FieldChange } from './plan.ts';

export interface Sides {
  /** What the repository wants, normalised, without the members that belong to the space. */
  readonly desired: JsonObject;
  /** What the space has, in the same form. */
  readonly space: JsonObject;
  /** What the last apply left, as far as the space remembers it. */
  readonly record: ApplyRecord | undefined;
  /** What the repository wanted at earlier times, in the same form, newest first: only ever texts to show. */
  readonly earlier?: readonly JsonObject[];
  /** Members that normalising always fills in: if the record lacks one, it was not ours then. */
  readonly always: ReadonlySet<string>;
}

/**
 * Each member that differs, and who changed it. The record holds digests: what equals one of the two sides is known in full
 * from that side. Where both have changed the same member, the third side is the newest of the earlier values that the record
 * agrees with.
 */
export function compare(sides: Sides): readonly FieldChange[] {
  const { desired, space } = sides;
  const fields = [...new Set([...Object.keys(desired), ...Object.keys(space)])].sort();
  return fields.flatMap((field) => {
    const wanted = own(desired, field) ?? null;
    const there = own(space, field) ?? null;
    return same(wanted, there) ? [] : [change(field, wanted, there, sides)];
  });
}

function change(field: string, desired: Json, space: Json, { record, earlier = [], always }: Sides): FieldChange {
  const found = (changedIn: ChangedIn, value?: Json): FieldChange => ({
    field,
    desired,
    space,
    ...(value === undefined ? {} : { last: value }),
    changedIn,
  });
  if (record === undefined) return found('unknown');
  const applied = record.fields.get(field);
  if (applied === UNSURE) return found('unknown');
  // A member that the repository begins to care for: nobody's work of ours is in it, and the plan shows what is lost.
  if (applied === undefined && always.has(field)) return found('repository');
  const is = (value: Json): boolean =>
    applied === undefined ? value === null : value !== null && digest(value) === applied;
  if (is(space)) return found('repository', space);
  if (is(desired)) return found('space', desired);
  return found('both', earlier.map((one) => own(one, field) ?? null).find(is));
}

/** True: somebody's work in Kibana would be lost. */
export const isConflict = (fields: readonly FieldChange[]): boolean =>
  fields.some((one) => one.changedIn !== 'repository');
