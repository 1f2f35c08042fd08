import { isJsonObject, own, type JsonObject } from '../../text/json.ts';
import check, { type SchemaFault } from '../generated/rule.js';
import { TYPES } from '../schema/types.ts';
import { segments, type DocumentKind } from '../validate.ts';

const TYPED_KEYS: ReadonlySet<string> = new Set(Object.values(TYPES).flatMap((one) => Object.keys(one.properties)));

/**
 * The type of a rule decides which of the forms is checked. Where it is missing or unknown none of them is, so what all
 * types have in common is checked here: one fault must not hide the others.
 */
function faultsWhateverType(data: JsonObject): readonly SchemaFault[] {
  const body = own(data, 'rule');
  if (!isJsonObject(body)) return [];
  const type = own(body, 'type');
  if (typeof type === 'string' && Object.hasOwn(TYPES, type)) return [];
  check({ ...data, rule: { ...body, type: 'query' } });
  return (check.errors ?? []).filter((fault) => {
    const [top, key] = segments(fault.instancePath);
    if (top !== 'rule' || fault.keyword === 'anyOf' || fault.keyword === 'dependentRequired') return false;
    const named = key ?? fault.params[fault.keyword === 'required' ? 'missingProperty' : 'additionalProperty'];
    return !TYPED_KEYS.has(String(named));
  });
}

export const RULE: DocumentKind = {
  check,
  why: 'a file of another form is no rule: its query was not checked and its tests cannot run',
  beyond: faultsWhateverType,
};
