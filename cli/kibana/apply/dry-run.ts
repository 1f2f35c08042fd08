import { elements, isJsonObject, jsonText, own, type Json } from '../../text/json.ts';
import { bulkAction } from '../client/api.ts';
import type { Transport } from '../client/transport.ts';
import type { Entry, Plan } from '../plan/plan.ts';
import { checkSpace, checkTarget } from './apply.ts';
import type { Outcome, Tried } from './outcome.ts';
import { select, type Selection } from './select.ts';
import { isWrittenTwice } from './steps.ts';
import { rulesById } from './verify.ts';

/** Ids that Kibana takes in one bulk action. */
const MOST = 100;

/**
 * Everything that an apply does before it writes: the target, the limit of deletions, whether the space is as planned; and
 * Kibana's own dry run where it has one: for deleting rules that are there and for switching them on and off. Writing has none.
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
  const refused = new Map<string, string>();
  for (const action of ['delete', 'enable', 'disable'] as const)
    for (const [id, message] of await refusals(
      transport,
      action,
      entries.filter((one) => triedBy(one) === action),
    ))
      refused.set(id, message);
  const tried = entries.map((entry): Outcome => {
    const [message, by] = [refused.get(entry.remoteId ?? ''), triedBy(entry)];
    return {
      entry,
      ...(message === undefined ? { result: 'notDone' } : { result: 'failed', message }),
      ...(by === undefined ? {} : { tried: by }),
    };
  });
  const byEntry = new Map([...tried, ...left].map((outcome) => [outcome.entry, outcome]));
  return plan.entries.flatMap((entry) => byEntry.get(entry) ?? []);
}

/** The action of a rule that is there which Kibana can be asked about; undefined: none. */
function triedBy(entry: Entry): Tried | undefined {
  const { kind, action, remoteId, recreate, fields, document = {} } = entry;
  if (kind !== 'rule' || remoteId === undefined) return undefined;
  if (action === 'delete' || recreate === true) return 'delete';
  if (isWrittenTwice(entry)) return 'enable';
  return own(document, 'enabled') === false && fields.some(({ field }) => field === 'enabled') ? 'disable' : undefined;
}

/** What Kibana says against an action, by id of the rule. */
async function refusals(
  transport: Transport,
  action: Tried,
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
