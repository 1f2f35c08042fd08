import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';
import { duplicate as duplicateList } from '../exceptions/documents.ts';
import { changed, created } from '../rules/document.ts';
import { frameworkFault } from '../rules/framework.ts';
import { isCustomisable, sourced } from '../rules/prebuilt.ts';
import { machineLearningRefusal } from '../rules/validate.ts';
import { objects, textOf, without } from '../values.ts';
import { spaceOf, type World } from '../world.ts';
import { edited, EditError } from './edits.ts';
import { failed, type Failure, type Outcome } from './outcome.ts';

/** What an action on one rule needs to know. */
export interface Doing {
  readonly body: JsonObject;
  readonly space: string;
  readonly user: string;
  readonly dryRun: boolean;
  readonly world: World;
}

export type Action = (rule: JsonObject, doing: Doing) => Outcome;

const save = (rule: JsonObject, { space, world }: Doing): JsonObject => {
  spaceOf(world, space).rules.set(textOf(rule, 'id'), rule);
  return rule;
};

const machineLearning = (rule: JsonObject, world: World): Failure | undefined => {
  const refusal = machineLearningRefusal(world);
  return own(rule, 'type') === 'machine_learning' && refusal !== undefined
    ? failed(rule, refusal, 'MACHINE_LEARNING_AUTH', 403)
    : undefined;
};

const lacks = (rule: JsonObject, doing: Doing, what: string): Failure | undefined =>
  doing.world.circumstances.missing.has('rules-enable')
    ? failed(rule, `User does not have permission to ${what} rules`, 'USER_INSUFFICIENT_RULE_PRIVILEGES')
    : undefined;

const toggle =
  (enabled: boolean): Action =>
  (rule, doing) => {
    const refused = machineLearning(rule, doing.world) ?? lacks(rule, doing, enabled ? 'enable' : 'disable');
    if (refused !== undefined) return refused;
    if (doing.dryRun) return { kind: 'updated', rule };
    return { kind: 'updated', rule: save(changed(rule, { enabled }, doing.user, doing.world), doing) };
  };

const remove: Action = (rule, doing) => {
  if (!doing.dryRun) spaceOf(doing.world, doing.space).rules.delete(textOf(rule, 'id'));
  return { kind: 'deleted', rule };
};

/** A disabled copy: shared exception lists stay, the rule's own list is copied (kibana: duplicate_rule.ts). */
const duplicate: Action = (rule, doing) => {
  const { world, space, user } = doing;
  const refused = machineLearning(rule, world);
  if (refused !== undefined) return refused;
  if (doing.dryRun) return { kind: 'created', rule };
  const asked = own(doing.body, 'duplicate');
  const wants = (key: string): boolean => !isJsonObject(asked) || own(asked, key) !== false;
  const lists = objects(wants('include_exceptions') ? own(rule, 'exceptions_list') : undefined).flatMap((reference) => {
    if (own(reference, 'type') !== 'rule_default') return [reference];
    const store = spaceOf(world, space);
    const list = store.lists.get(textOf(reference, 'id'));
    if (list === undefined) return [];
    const copy = duplicateList(list, store, { world, user }, wants('include_expired_exceptions'));
    return [{ ...reference, id: textOf(copy, 'id'), list_id: textOf(copy, 'list_id') }];
  });
  const body = {
    ...without(rule, 'rule_id', 'execution_summary'),
    name: `${textOf(rule, 'name')} [Duplicate]`,
    enabled: false,
    exceptions_list: lists,
  };
  return { kind: 'created', rule: save(created(body, user, world), doing) };
};

const edit: Action = (rule, doing) => {
  const { world, space, user } = doing;
  const refused = machineLearning(rule, world);
  if (refused !== undefined) return refused;
  const edits = objects(own(doing.body, 'edit'));
  if (!isCustomisable(rule, world) && edits.some((one) => !textOf(one, 'type').endsWith('_rule_actions')))
    return failed(rule, "Elastic rule can't be edited", 'PREBUILT_CUSTOMIZATION_LICENSE');
  let after = rule;
  let modified = false;
  try {
    for (const one of edits) {
      const change = edited(after, one, space, world);
      if (change === undefined) continue;
      modified = true;
      after = { ...after, ...change };
    }
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    return doing.dryRun && error.dry !== undefined
      ? failed(rule, error.dry.message, error.dry.code)
      : failed(rule, error.message);
  }
  if (!modified) return { kind: 'skipped', rule, reason: 'RULE_NOT_MODIFIED' };
  if (doing.dryRun) return { kind: 'updated', rule };
  const result = sourced(changed(rule, after, user, world), world);
  const fault = frameworkFault(result, space, world);
  return fault === undefined ? { kind: 'updated', rule: save(result, doing) } : failed(rule, fault);
};

const run: Action = (rule, { world }) =>
  machineLearning(rule, world) ??
  (own(rule, 'enabled') === true
    ? { kind: 'updated', rule }
    : failed(rule, 'Cannot schedule manual rule run for a disabled rule', 'MANUAL_RULE_RUN_DISABLED_RULE'));

/** The stand-in runs no rules, so that there is never a gap to fill. */
const fillGaps: Action = (rule, { world, dryRun }) => {
  const refused = machineLearning(rule, world);
  if (refused !== undefined) return refused;
  if (own(rule, 'enabled') !== true)
    return failed(rule, 'Cannot bulk fill gaps for a disabled rule', 'RULE_FILL_GAPS_DISABLED_RULE');
  return dryRun ? { kind: 'updated', rule } : { kind: 'skipped', rule, reason: 'NO_GAPS_TO_FILL' };
};

/** All actions but `export`. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  enable: toggle(true),
  disable: toggle(false),
  delete: remove,
  duplicate,
  edit,
  run,
  fill_gaps: fillGaps,
};
