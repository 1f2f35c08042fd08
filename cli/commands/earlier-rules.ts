import { resolve } from 'node:path';
import type { Environment } from '../kibana/client/settings.ts';
import { withConnectors } from '../kibana/desired/connectors.ts';
import type { Desired } from '../kibana/desired/desired.ts';
import { wantedRules } from '../kibana/desired/rules.ts';
import { appliedIn, type Rules } from '../kibana/plan/plan-rules.ts';
import type { Plan } from '../kibana/plan/plan.ts';
import type { Space } from '../kibana/space/space.ts';
import { plural } from '../report/words.ts';
import { loadRuleFile } from '../rule/load.ts';
import type { JsonObject } from '../text/json.ts';
import type { Config } from './configuration.ts';
import { commitsOf, isShallow, textAt } from './git.ts';
import type { Host } from './host.ts';
import { overridesOf } from './wanted-state.ts';

/** Commits of a file that are looked at. The last apply is seldom more than a few behind. */
const COMMITS = 50;
/** Rules whose history is looked at; a plan with more conflicts is read for something else than their third side. */
const RULES = 25;

export interface Earlier {
  /** rule_id → what the repository wanted at earlier times, newest first, as far back as it takes. */
  readonly documents: ReadonlyMap<string, readonly JsonObject[]>;
  /** What to say aloud: the history ends before the last apply. */
  readonly warning?: string;
}

/**
 * What was applied last to members that both sides have changed. The space has only digests of it; the text is in the history of
 * the rule's file, and is found by its digest, with the values that the environment sets today.
 */
export function earlierRules(
  host: Host,
  config: Config,
  environment: Environment,
  { plan, desired, space }: { readonly plan: Plan; readonly desired: Desired; readonly space: Space },
  rules: Rules,
): Earlier {
  const overrides = overridesOf(environment, host, config);
  const connectors = { there: space.connectors, wanted: desired.connectors ?? [] };
  const documents = new Map<string, readonly JsonObject[]>();
  let missing = 0;
  let shallow = false;
  const changedByBoth = plan.entries.filter(({ kind, fields }) => kind === 'rule' && fields.some(isOpen));
  for (const { id, path, fields } of changedByBoth.slice(0, RULES)) {
    if (path === undefined) continue;
    const full = resolve(host.cwd, path);
    const open = new Set(fields.filter(isOpen).map((one) => one.field));
    const found: JsonObject[] = [];
    for (const commit of commitsOf(host, full, COMMITS)) {
      const text = textAt(host, full, commit);
      if (text === undefined) continue;
      const [rule] = wantedRules([loadRuleFile(path, text)], { overrides, marker: config.marker }).rules;
      if (rule?.ruleId !== id) continue;
      const document = withConnectors(rule.document, connectors).document;
      const fits = appliedIn(document, id, space, rules).filter((field) => open.has(field));
      if (fits.length === 0) continue;
      found.push(document);
      for (const field of fits) open.delete(field);
      if (open.size === 0) break;
    }
    if (found.length > 0) documents.set(id, found);
    if (open.size > 0) {
      missing++;
      shallow ||= isShallow(host, full);
    }
  }
  return {
    documents,
    ...(missing > 0 && shallow
      ? { warning: `this clone has no history, so that what was applied last to ${plural(missing, 'rule')} cannot be shown: git fetch --unshallow, or fetch-depth: 0 for actions/checkout` }
      : {}),
  };
} // prettier-ignore

const isOpen = (change: Plan['entries'][number]['fields'][number]): boolean =>
  change.changedIn === 'both' && change.last === undefined;
