import { isJsonObject, own, type Json } from './json.ts';

/** Whether two values are the same, whatever the order of their keys. Both come from parsers, which bound their depth. */
export function sameJson(a: Json, b: Json): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return (a as readonly Json[]).every((one, index) => sameJson(one, (b as readonly Json[])[index] ?? null));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(own(a, key) ?? null, own(b, key) ?? null))
  );
}
