import { own, type JsonObject } from '../../text/json.ts';
import { exportRules, getRule } from '../client/api.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from '../client/transport.ts';
import { differences } from './documents.ts';
import type { Outcome } from './outcome.ts';

/** Rules of the space by rule_id: those of the ids that are there. One request, unless the space is too large for an export. */
export async function rulesById(
  transport: Transport,
  ids: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> {
  if (ids.length === 0) return new Map();
  const rules = await readRules(transport, ids);
  return new Map(
    rules.flatMap((rule) => {
      const id = own(rule, 'rule_id');
      return typeof id === 'string' ? [[id, rule] as const] : [];
    }),
  );
}

async function readRules(transport: Transport, ids: readonly string[]): Promise<readonly JsonObject[]> {
  try {
    return (await exportRules(transport, ids)).rules;
  } catch (error) {
    // With more than 10,000 rules in the space Kibana exports none, however few are asked for.
    if (!(error instanceof RemoteError) || error.status !== 400) throw error;
    const found = await Promise.all(ids.map((rule_id) => getRule(transport, { rule_id })));
    return found.filter((rule) => rule !== undefined);
  }
}

const wasWritten = ({ entry, result }: Outcome): boolean => entry.kind === 'rule' && result === 'done';

/** Rules that are read back at once: an export of a whole space beside the plan would be the most that a run ever holds. */
const AT_ONCE = 200;

/** Reads back what was written: an answer that says "stored" is not believed. Outcomes that do not hold are changed. */
export async function verify(transport: Transport, outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
  const written = outcomes.filter(wasWritten);
  const faults = new Map<Outcome, string>();
  for (let at = 0; at < written.length; at += AT_ONCE) {
    const part = written.slice(at, at + AT_ONCE);
    const there = await rulesById(
      transport,
      part.map(({ entry }) => entry.id),
    );
    for (const outcome of part) {
      const { action, id, document } = outcome.entry;
      const fault = faultOf(action === 'delete' ? undefined : document, there.get(id));
      if (fault !== undefined) faults.set(outcome, fault);
    }
  }
  return outcomes.map((outcome) => {
    const message = faults.get(outcome);
    return message === undefined
      ? outcome
      : {
          entry: outcome.entry,
          result: 'differs',
          message,
          help: 'does another client change this space? Run the same command again',
        };
  });
}

function faultOf(wanted: JsonObject | undefined, there: JsonObject | undefined): string | undefined {
  if (wanted === undefined) return there === undefined ? undefined : 'Kibana said that it is deleted, and still has it';
  if (there === undefined) return 'Kibana said that it is stored, and does not have it';
  const fields = differences(wanted, there);
  return fields.length === 0 ? undefined : `read back, it has another value of ${fields.join(', ')}`;
}
