import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import type { DesiredRule } from '../desired/desired.ts';
import { defaultsOf } from '../normalise/defaults.ts';
import { unknownMembers } from '../normalise/known.ts';
import { normalise } from '../normalise/normalise.ts';
import { hasTag, type Space } from '../space/space.ts';
import {
  isApplied,
  readRuleRecord,
  recordMeta,
  recordOf,
  sameRecord,
  UNSURE,
  type ApplyRecord,
} from '../state/record.ts';
import { compare, isConflict } from './compare.ts';
import { digest, same } from './digest.ts';
import { ruleKey } from './references.ts';
import type { Entry, FieldChange } from './plan.ts';
import { changedOf, seenOf, textOf } from './remote.ts';
import { unappliedEntry } from './unapplied.ts';

/** What planning depends on beside the two sides. */
export interface Rules {
  readonly marker: string;
  /** Members that belong to the space once the rule is there. */
  readonly keep: readonly string[];
  /** Version of dac, for the record. */
  readonly version: string;
  /** rule_id → what the repository wanted at earlier times, newest first. */
  readonly earlier?: ReadonlyMap<string, readonly JsonObject[]>;
}

/** Members that belong to the space wherever the repository says nothing of them: nobody wants them reset by silence. */
const LEFT_ALONE = ['actions', 'enabled', 'exceptions_list', 'version'];

const without = (document: JsonObject, keys: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([key]) => !keys.has(key)));

const tagsOf = (document: JsonObject): readonly Json[] => elements(own(document, 'tags'));

/** The members of `meta` that the file has; the others are the editor's. */
function metaOf(document: JsonObject, desired: JsonObject): JsonObject {
  const [meta, wanted] = [own(document, 'meta'), own(desired, 'meta')];
  if (!isJsonObject(wanted) || !isJsonObject(meta)) return {};
  return Object.fromEntries(Object.entries(meta).filter(([key]) => Object.hasOwn(wanted, key)));
}

/** A rule as it is compared: normalised, without our mark, without what belongs to the space. */
function compared(document: JsonObject, desired: JsonObject, marker: string, left: ReadonlySet<string>): JsonObject {
  const { meta: _meta, ...rest } = document;
  const meta = metaOf(document, desired);
  const bare = {
    ...rest,
    tags: tagsOf(document).filter((tag) => tag !== marker),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
  };
  return without(normalise(bare, { meta: true }), left);
}

/** Members that belong to the space: those that the environment keeps, and those that the repository says nothing of. */
const leftTo = (desired: JsonObject, keep: readonly string[]): ReadonlySet<string> =>
  new Set([...LEFT_ALONE.filter((key) => !Object.hasOwn(desired, key)), ...keep]);

/** A rule of the space as it is compared with what the repository wants. */
export const comparedRule = (there: JsonObject, desired: JsonObject, { marker, keep }: Rules): JsonObject =>
  compared(there, desired, marker, leftTo(desired, keep));

const sortedKeys = (document: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The document that the space is to have after apply: desired, with mark and record, and with what is left to the space. */
function toSend(
  desired: JsonObject,
  there: JsonObject | undefined,
  left: ReadonlySet<string>,
  rules: Rules,
): JsonObject {
  const unknown = new Set(there === undefined ? [] : unknownMembers(there));
  const kept = Object.fromEntries(
    Object.entries(there ?? {}).filter(([key, value]) => (left.has(key) || unknown.has(key)) && value !== null),
  );
  const meta = [there === undefined ? undefined : own(there, 'meta'), own(desired, 'meta')].filter(isJsonObject);
  const record = recordOf(compared(desired, desired, rules.marker, left));
  return sortedKeys({
    ...(there === undefined ? desired : without(desired, left)),
    ...kept,
    tags: [...tagsOf(desired).filter((tag) => tag !== rules.marker), rules.marker],
    meta: Object.assign({}, ...meta, { dac: recordMeta(record, rules.version) }) as JsonObject,
  });
}

const numberOf = (document: JsonObject, key: string): number | undefined => {
  const value = own(document, key);
  return typeof value === 'number' ? value : undefined;
};

function versions(there: JsonObject | undefined, desired: JsonObject): Pick<Entry, 'version'> {
  const from = there === undefined ? undefined : numberOf(there, 'version');
  const to = numberOf(desired, 'version');
  if (from === undefined && to === undefined) return {};
  return { version: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } };
}

/**
 * What the repository wants of a rule, and what it leaves to the space. Of one that was made again and is not switched on again
 * yet, because the run was ended, it wants that it is as it was.
 */
function wantedOf(
  { document }: DesiredRule,
  there: JsonObject | undefined,
  was: JsonObject | undefined,
  keep: readonly string[],
): { readonly document: JsonObject; readonly left: ReadonlySet<string> } {
  const left = leftTo(document, keep);
  const unfinished = was !== undefined && there !== undefined && own(there, 'type') !== own(was, 'type');
  if (!unfinished || !left.has('enabled')) return { document, left };
  return {
    document: { ...document, enabled: own(was, 'enabled') === true },
    left: new Set([...left].filter((key) => key !== 'enabled')),
  };
}

/** What is to be done about one rule of the repository; undefined: nothing. */
export function planRule(rule: DesiredRule, space: Space, rules: Rules): Entry | undefined {
  const { ruleId, name, path } = rule;
  const there = space.rules.get(ruleId);
  const was = space.halfway?.get(ruleId);
  const head = { kind: 'rule', id: ruleId, name, path } as const;
  const { document, left } = wantedOf(rule, there, was, rules.keep);
  if (there === undefined) {
    return {
      ...head,
      action: 'create',
      document: toSend(withReferences(document, space), was, left, rules),
      ...(was === undefined ? {} : { halfway: true }),
      fields: [],
      ...versions(undefined, document),
      seen: null,
    };
  }
  const more = { ...remoteOf(there), ...versions(there, document) };
  const prebuilt = own(there, 'immutable') === true;
  const record = lastApply(there, space);
  const wanted = compared(document, document, rules.marker, left);
  const fields = compare({
    desired: wanted,
    space: compared(there, document, rules.marker, left),
    record,
    earlier: (rules.earlier?.get(ruleId) ?? []).map((one) => compared(one, one, rules.marker, leftTo(one, rules.keep))),
    always: new Set(Object.keys(defaultsOf(textOf(document, 'type')))),
  });
  if (!hasTag(there, rules.marker))
    return {
      ...head,
      action: 'foreign',
      fields,
      ...more,
      ...(prebuilt ? { prebuilt } : {}),
      ...(record === undefined ? {} : { released: true }),
    };
  if (fields.length === 0 && record !== undefined && was === undefined) return undefined;
  return {
    ...head,
    action: isConflict(fields) ? 'conflict' : 'change',
    ...(was === undefined ? {} : { halfway: true }),
    document: toSend(withReferences(document, space), there, left, rules),
    fields,
    ...(fields.some((one) => one.field === 'type') ? { recreate: true } : {}),
    ...more,
  };
}

/** What was applied last: the rule says it itself, until Kibana's rule editor has saved it; then the ledger does. */
const lastApply = (there: JsonObject, space: Space): ApplyRecord | undefined =>
  readRuleRecord(there) ?? space.applied.get(ruleKey(textOf(there, 'rule_id')));

/** True: it was applied, or adopted. Our mark alone does not say so: whoever copies a rule in Kibana copies its tags. */
export const wasApplied = (there: JsonObject, space: Space): boolean => lastApply(there, space) !== undefined;

/** Members that an earlier document of the repository has as they were applied last. */
export function appliedIn(document: JsonObject, ruleId: string, space: Space, rules: Rules): readonly string[] {
  const there = space.rules.get(ruleId);
  const record = there === undefined ? undefined : lastApply(there, space);
  if (record === undefined) return [];
  const then = compared(document, document, rules.marker, leftTo(document, rules.keep));
  const isApplied = (field: string): boolean => {
    const [value, applied] = [own(then, field), record.fields.get(field)];
    return applied === undefined ? value === undefined : value !== undefined && digest(value) === applied;
  };
  return [...new Set([...Object.keys(then), ...record.fields.keys()])].filter(isApplied);
}

/**
 * What the ledger should say of a rule of the repository: what the rule says itself; and of one that Kibana's rule editor has
 * saved, as soon as both sides are the same, that, since it is what the next edit is measured against. Undefined: what it says.
 */
export function recordToKeep(
  rule: DesiredRule,
  there: JsonObject,
  applied: Space['applied'],
  rules: Rules,
): ApplyRecord | undefined {
  if (!hasTag(there, rules.marker)) return undefined;
  const [record, known] = [readRuleRecord(there), applied.get(ruleKey(rule.ruleId))];
  if (record !== undefined) return known !== undefined && sameRecord(record, known) ? undefined : record;
  const left = leftTo(rule.document, rules.keep);
  const wanted = compared(rule.document, rule.document, rules.marker, left);
  if (known === undefined || isApplied(known, wanted, left)) return undefined;
  return same(wanted, compared(there, rule.document, rules.marker, left)) ? recordOf(wanted) : undefined;
}

const remoteOf = (there: JsonObject): Pick<Entry, 'remoteId' | 'changed' | 'seen'> => ({
  remoteId: textOf(there, 'id'),
  ...changedOf(there),
  seen: seenOf(there),
});

/**
 * A rule of ours that the repository has no more. `fields`: what was changed in Kibana since the last apply, so that it is seen.
 * One that has our mark and was never applied is somebody's copy: it is not ours to delete.
 */
export function planLeftRule(there: JsonObject, marker: string, space: Space): Entry {
  if (!wasApplied(there, space)) return unappliedEntry('rule', textOf(there, 'rule_id'), there);
  const now = compared(there, {}, marker, new Set());
  const applied = [...(lastApply(there, space)?.fields ?? [])].filter(
    ([field, value]) => field !== 'meta' && value !== UNSURE,
  );
  const fields = applied.flatMap(([field, value]): FieldChange[] => {
    const space = own(now, field) ?? null;
    return space !== null && digest(space) === value ? [] : [{ field, desired: null, space, changedIn: 'space' }];
  });
  return {
    kind: 'rule',
    action: 'delete',
    id: textOf(there, 'rule_id'),
    name: textOf(there, 'name'),
    fields,
    ...remoteOf(there),
    ...versions(there, {}),
  };
}

/** References to exception lists with the ids that the lists have in this space, where they are there already. */
function withReferences(document: JsonObject, space: Space): JsonObject {
  const lists = own(document, 'exceptions_list');
  if (!Array.isArray(lists)) return document;
  return {
    ...document,
    exceptions_list: (lists as readonly Json[]).map((one): Json => {
      if (!isJsonObject(one)) return one;
      const namespace = own(one, 'namespace_type') === 'agnostic' ? 'agnostic' : 'single';
      const found = space.exceptionLists.get(`${namespace} ${textOf(one, 'list_id')}`);
      return found === undefined ? one : { ...one, id: textOf(found, 'id') };
    }),
  };
}
