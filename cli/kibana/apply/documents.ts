import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { normalise } from '../normalise/normalise.ts';
import { digest, same } from '../plan/digest.ts';

const dacOf = (rule: JsonObject): Json => {
  const meta = own(rule, 'meta');
  return (isJsonObject(meta) ? own(meta, 'dac') : undefined) ?? null;
};

/** The members in which a rule of the space is not as it was sent; `meta.dac`, our record, is one of them. */
export function differences(sent: JsonObject, there: JsonObject): readonly string[] {
  const [a, b] = [normalise(sent), normalise(there)];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  const fields = keys.filter((key) => !same(own(a, key) ?? null, own(b, key) ?? null));
  return same(dacOf(sent), dacOf(there)) ? fields : [...fields, 'meta.dac'];
}

/** A rule as it is first written when it is to go on later: the record says so, too, so that a run that ends here is no edit. */
export function disabled(rule: JsonObject): JsonObject {
  const off: JsonObject = { ...rule, enabled: false };
  const dac = dacOf(rule);
  const applied = isJsonObject(dac) ? own(dac, 'applied') : undefined;
  if (!isJsonObject(dac) || !isJsonObject(applied) || own(applied, 'enabled') === undefined) return off;
  const meta = own(rule, 'meta');
  return {
    ...off,
    meta: { ...(isJsonObject(meta) ? meta : {}), dac: { ...dac, applied: { ...applied, enabled: digest(false) } } },
  };
}

const withoutIds = (value: Json): Json =>
  Array.isArray(value)
    ? (value as readonly Json[]).map((one) => (isJsonObject(one) ? { comment: own(one, 'comment') ?? null } : one))
    : value;

/** Members of an exception list, item or value list that are not as they were sent. What was not sent does not count. */
export const uncovered = (sent: JsonObject, there: JsonObject): readonly string[] =>
  Object.keys(sent).filter((key) => {
    if (key === '_version' || key === 'id') return false;
    const [a, b] = [own(sent, key) ?? null, own(there, key) ?? null];
    return key === 'comments' ? !same(withoutIds(a), withoutIds(b)) : !same(a, b);
  });
