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

/** Reads back what was written: an answer that says "stored" is not believed. Outcomes that do not hold are changed. */
export async function verify(transport: Transport, outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
  const there = await rulesById(
    transport,
    outcomes.filter(wasWritten).map(({ entry }) => entry.id),
  );
  return outcomes.map((outcome) => {
    if (!wasWritten(outcome)) return outcome;
    const { entry } = outcome;
    const rule = there.get(entry.id);
    const message = faultOf(entry.action === 'delete' ? undefined : entry.document, rule);
    return message === undefined
      ? outcome
      : {
          entry,
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
