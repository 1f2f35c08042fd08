import type { JsonObject } from '../../text/json.ts';
import { connectorRecord } from '../plan/compare-connectors.ts';
import { keyOf } from '../plan/references.ts';
import type { Entry } from '../plan/plan.ts';
import type { Intent, LedgerKeeper } from '../state/keep-ledger.ts';
import { EXISTS, readRuleRecord, type ApplyRecord } from '../state/record.ts';
import { disabled } from './documents.ts';
import type { Outcome } from './outcome.ts';

/** Rules of the space by rule_id, as they were when the lock was taken. */
type There = ReadonlyMap<string, JsonObject>;

/**
 * The record that a document leaves. Lists and items keep their own, so that the ledger says no more than that they are there; a
 * connector keeps none, so that the ledger has the only one.
 */
function recordIn({ kind }: Entry, document: JsonObject): ApplyRecord | undefined {
  if (kind === 'rule') return readRuleRecord(document);
  return kind === 'connector' ? connectorRecord(document) : EXISTS;
}

/** What the thing itself says was applied last. */
function beforeOf({ kind, id }: Entry, there: There): ApplyRecord | undefined {
  if (kind === 'rule') return readRuleRecord(there.get(id) ?? {});
  return kind === 'connector' ? undefined : EXISTS;
}

/** What these entries are going to write. */
export const intentsOf = (entries: readonly Entry[], there: There): readonly Intent[] =>
  entries.map((entry) => {
    const goes = entry.action === 'delete' || entry.recreate === true || entry.document === undefined;
    const after = goes ? undefined : recordIn(entry, entry.document);
    return { key: keyOf(entry), before: beforeOf(entry, there), after };
  });

/**
 * What the ledger is to say after a run: of what was done, what was applied; of what was not begun, what was applied before. Of
 * what failed on the way it is not known what Kibana has, so that the ledger goes on saying that it is not sure.
 */
export function settled(
  outcomes: readonly Outcome[],
  there: There,
  keeper: LedgerKeeper,
): Map<string, ApplyRecord | undefined> {
  const edits = new Map<string, ApplyRecord | undefined>();
  for (const { entry, result, waitsForEnabling } of outcomes) {
    const { action, document = {} } = entry;
    const key = keyOf(entry);
    if (result === 'done' || result === 'already')
      edits.set(key, action === 'delete' ? undefined : recordIn(entry, document));
    else if (waitsForEnabling === true) edits.set(key, recordIn(entry, disabled(document)));
    else if (result === 'blocked' || result === 'notDone') {
      const known = keeper.before(key);
      if (known !== undefined) edits.set(key, beforeOf(entry, there) ?? known);
    }
  }
  return edits;
}
