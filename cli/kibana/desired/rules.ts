import { toApi } from '../../rule/api.ts';
import type { RuleFile } from '../../rule/rule.ts';
import type { Finding } from '../../text/diagnostic.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import type { DesiredRule } from './desired.ts';
import { ruleIdFault } from './ids.ts';
import { withOverrides, type RuleOverride } from './overrides.ts';

export interface RulesWanted {
  readonly rules: readonly DesiredRule[];
  readonly findings: readonly Finding[];
}

/** What the files of rules say, with the values of the environment. A file that is no rule, or a rule twice, is a finding. */
export function wantedRules(
  files: readonly RuleFile[],
  options: { readonly overrides: readonly RuleOverride[]; readonly marker: string },
): RulesWanted {
  const findings: Finding[] = [];
  const rules: DesiredRule[] = [];
  const byId = new Map<string, RuleFile>();
  for (const file of files) {
    findings.push(
      ...file.problems.filter((one) => one.severity === 'error').map((one) => ({ ...one, path: file.path })),
    );
    const { rule } = file;
    if (rule === undefined) continue;
    const ruleId = rule.body.rule_id;
    const idFault = ruleIdFault(ruleId);
    if (idFault !== undefined) {
      findings.push({
        id: 'publish/rule-id',
        severity: 'error',
        message: `this rule_id ${idFault}`,
        span: file.valueSpan(['rule', 'rule_id']),
        path: file.path,
        why: 'Kibana looks for a rule by a KQL filter with the rule_id in it as it is: neither it nor any other rule of the same export could be read',
        help: 'give the rule a UUID',
      });
      continue;
    }
    const other = byId.get(ruleId);
    if (other !== undefined) {
      findings.push({
        id: 'publish/same-id',
        severity: 'error',
        message: `${other.path} has the same rule_id`,
        span: file.valueSpan(['rule', 'rule_id']),
        path: file.path,
        why: 'Kibana knows a rule by its rule_id: one of the two would overwrite the other',
        help: 'give one of them a new UUID',
      });
      continue;
    }
    byId.set(ruleId, file);
    const document = withOverrides({ path: file.path, document: unmarked(toApi(rule), options.marker) }, options.overrides); // prettier-ignore
    findings.push(...actionFaults(file, document));
    rules.push({ ruleId, name: rule.body.name, path: file.path, document });
  }
  return { rules, findings };
}

/** Our mark is put on when publishing; in a file it says nothing. */
const unmarked = (api: JsonObject, marker: string): JsonObject =>
  Object.hasOwn(api, 'tags') ? { ...api, tags: elements(own(api, 'tags')).filter((tag) => tag !== marker) } : api;

/** An action names its connector by `id` with `action_type_id`, or by `connector`, its name in the space. */
function actionFaults(file: RuleFile, document: JsonObject): readonly Finding[] {
  const actions = own(document, 'actions');
  if (!Array.isArray(actions)) return [];
  return (actions as readonly Json[]).flatMap((action, at): Finding[] => {
    const one = isJsonObject(action) ? action : {};
    const [byName, byId] = [Object.hasOwn(one, 'connector'), Object.hasOwn(one, 'id')];
    if (byName !== byId && (!byName || typeof own(one, 'connector') === 'string')) return [];
    return [
      {
        id: 'publish/connector',
        severity: 'error',
        message: `this action names ${byName && byId ? 'its connector twice' : 'no connector'}`,
        span: file.valueSpan(['rule', 'actions', at]),
        path: file.path,
        why: 'Kibana refuses a rule whose action has no connector',
        help: 'write connector = "its name in Kibana", or id and action_type_id',
      },
    ];
  });
}
