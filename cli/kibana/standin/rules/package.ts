import { own, type JsonObject } from '../../../text/json.ts';
import { ok, type Handler, type Route } from '../route.ts';
import { textOf } from '../values.ts';
import { spaceOf, type World } from '../world.ts';
import { installPrebuilt, ruleSource } from './prebuilt.ts';
import { replaced } from './document.ts';

interface Due {
  readonly missing: readonly JsonObject[];
  readonly outdated: readonly { readonly rule: JsonObject; readonly asset: JsonObject }[];
}

/** Rules of Elastic's package that the space does not have, or has in an older version. */
function due(space: string, world: World): Due {
  const installed = new Map([...spaceOf(world, space).rules.values()].map((rule) => [textOf(rule, 'rule_id'), rule]));
  const missing: JsonObject[] = [];
  const outdated: { rule: JsonObject; asset: JsonObject }[] = [];
  for (const [id, asset] of world.prebuilt) {
    const rule = installed.get(id);
    if (rule === undefined) missing.push(asset);
    else if (Number(own(rule, 'version')) < Number(own(asset, 'version'))) outdated.push({ rule, asset });
  }
  return { missing, outdated };
}

const install: Handler = (call, world) => {
  const { missing, outdated } = due(call.space, world);
  for (const asset of missing) installPrebuilt(asset, call.space, world);
  for (const { rule, asset } of outdated)
    spaceOf(world, call.space).rules.set(textOf(rule, 'id'), {
      ...replaced(rule, asset, call.user, world),
      rule_source: ruleSource(asset, world),
    });
  return ok({
    rules_installed: missing.length,
    rules_updated: outdated.length,
    timelines_installed: 0,
    timelines_updated: 0,
  });
};

const status: Handler = (call, world) => {
  const rules = [...spaceOf(world, call.space).rules.values()];
  const { missing, outdated } = due(call.space, world);
  const prebuilt = rules.filter((rule) => own(rule, 'immutable') === true).length;
  return ok({
    rules_custom_installed: rules.length - prebuilt,
    rules_installed: prebuilt,
    rules_not_installed: missing.length,
    rules_not_updated: outdated.length,
    timelines_installed: 0,
    timelines_not_installed: 0,
    timelines_not_updated: 0,
  });
};

const PATH = '/api/detection_engine/rules/prepackaged';

/** Elastic's own rules, as `world.prebuilt` has them. */
export const packageRoutes: readonly Route[] = [
  { method: 'PUT', path: PATH, needs: 'rules-all', handle: install },
  { method: 'GET', path: `${PATH}/_status`, needs: 'rules-read', handle: status },
];
