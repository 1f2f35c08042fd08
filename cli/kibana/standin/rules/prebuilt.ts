import { own, type JsonObject } from '../../../text/json.ts';
import { normalise } from '../../normalise/normalise.ts';
import { textOf } from '../values.ts';
import { spaceOf, type World } from '../world.ts';
import { created } from './document.ts';

/** Members that may differ from Elastic's rule without it counting as customised. */
const FREE = new Set(['enabled', 'exceptions_list', 'actions', 'rule_id', 'version', 'type', 'author', 'license']);

/** Where a rule with this content comes from: from Elastic's package, as it is or customised, or from a person. */
export function ruleSource(rule: JsonObject, world: World): JsonObject {
  const base = world.prebuilt.get(textOf(rule, 'rule_id'));
  if (base === undefined) return { type: 'internal' };
  const hasBase = own(base, 'version') === own(rule, 'version');
  const [ours, theirs] = [normalise(rule), normalise(base)];
  const fields = hasBase
    ? [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
        .filter((key) => !FREE.has(key) && JSON.stringify(own(ours, key)) !== JSON.stringify(own(theirs, key)))
        .sort()
    : [];
  return {
    type: 'external',
    is_customized: fields.length > 0,
    customized_fields: fields.map((name) => ({ field_name: name })),
    has_base_version: hasBase,
  };
}

/** Members by which an imported rule belongs to Elastic's package; a text if it cannot be imported, and why. */
export function fromPackage(line: JsonObject, world: World): JsonObject | string {
  const ruleId = textOf(line, 'rule_id');
  if (!world.prebuilt.has(ruleId)) return {};
  if (own(line, 'version') === undefined)
    return `Prebuilt rules must specify a "version" to be imported. [rule_id: ${ruleId}]`;
  return { immutable: true, rule_source: ruleSource(line, world) };
}

/** Puts a rule into a space as if its body had been sent. */
export function installRule(body: JsonObject, space: string, world: World): JsonObject {
  const rule = created(body, 'elastic', world);
  spaceOf(world, space).rules.set(textOf(rule, 'id'), rule);
  return rule;
}

/** Puts a rule into Elastic's package, and installs it in a space; gives the rule as it is there. */
export function installPrebuilt(asset: JsonObject, space: string, world: World): JsonObject {
  world.prebuilt.set(textOf(asset, 'rule_id'), asset);
  const rule = {
    ...created({ enabled: false, ...asset }, 'elastic', world),
    immutable: true,
    rule_source: ruleSource(asset, world),
  };
  spaceOf(world, space).rules.set(textOf(rule, 'id'), rule);
  return rule;
}

/** The rule with its source counted anew: a change of one of Elastic's rules makes it a customised one. */
export const sourced = (rule: JsonObject, world: World): JsonObject =>
  own(rule, 'immutable') === true ? { ...rule, rule_source: ruleSource(rule, world) } : rule;

/** Elastic's rules can be changed only under the right licence. */
export const isCustomisable = (rule: JsonObject, world: World): boolean =>
  own(rule, 'immutable') !== true || world.circumstances.enterprise;
