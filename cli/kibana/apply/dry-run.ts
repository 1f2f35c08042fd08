import { elements, isJsonObject, jsonText, own, type Json } from '../../text/json.ts';
import { bulkAction } from '../client/api.ts';
import type { Transport } from '../client/transport.ts';
import type { Entry, Plan } from '../plan/plan.ts';
import { checkSpace, checkTarget } from './apply.ts';
import type { Outcome } from './outcome.ts';
import { select, type Selection } from './select.ts';
import { isWrittenTwice } from './steps.ts';
import { rulesById } from './verify.ts';

/** Ids that Kibana takes in one bulk action. */
const MOST = 100;

/**
 * Everything that an apply does before it writes: the target, the limit of deletions, whether the space is as planned; and
 * Kibana's own dry run where it has one, for deleting and enabling rules that are there. Writing a rule has none.
 */
export async function dryRun(
  plan: Plan,
  options: { readonly transport: Transport; readonly selection: Selection },
): Promise<readonly Outcome[]> {
  const { transport, selection } = options;
  checkTarget(plan, transport);
  const { entries, left } = select(plan, selection);
  const ids = entries.filter(({ kind }) => kind === 'rule').map(({ id }) => id);
  checkSpace(entries, await rulesById(transport, ids), transport);
  const there = entries.filter(({ kind, remoteId }) => kind === 'rule' && remoteId !== undefined);
  const refused = new Map([
    ...(await refusals(transport, 'delete', there.filter(({ action }) => action === 'delete'))),
    ...(await refusals(transport, 'enable', there.filter((one) => isWrittenTwice(one) && one.recreate !== true))),
  ]); // prettier-ignore
  const tried = entries.map((entry): Outcome => {
    const message = refused.get(entry.remoteId ?? '');
    return message === undefined ? { entry, result: 'notDone' } : { entry, result: 'failed', message };
  });
  const byEntry = new Map([...tried, ...left].map((outcome) => [outcome.entry, outcome]));
  return plan.entries.flatMap((entry) => byEntry.get(entry) ?? []);
}

/** What Kibana says against an action, by id of the rule. */
async function refusals(
  transport: Transport,
  action: 'delete' | 'enable',
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < entries.length; at += MOST) {
    const ids = entries.slice(at, at + MOST).flatMap(({ remoteId }) => remoteId ?? []);
    const { success, body } = await bulkAction(transport, { action, ids }, { dryRun: true });
    if (success) continue;
    const attributes = own(body, 'attributes');
    const errors = isJsonObject(attributes) ? own(attributes, 'errors') : undefined;
    for (const error of elements(errors)) {
      if (!isJsonObject(error)) continue;
      const message = own(error, 'message');
      for (const id of idsOf(own(error, 'rules')))
        found.set(id, `Kibana would refuse to ${action} it: ${jsonText(message)}`);
    }
  }
  return found;
}

const idsOf = (rules: Json | undefined): readonly string[] =>
  elements(rules).flatMap((one) => {
    const id = isJsonObject(one) ? own(one, 'id') : undefined;
    return typeof id === 'string' ? [id] : [];
  });
