import { own, type JsonObject } from '../../../text/json.ts';
import { ok, type Reply } from '../route.ts';
import { textOf } from '../values.ts';

/** What became of one rule. */
export type Outcome =
  | { readonly kind: 'updated' | 'created' | 'deleted'; readonly rule: JsonObject }
  | { readonly kind: 'skipped'; readonly rule: JsonObject; readonly reason: string }
  | Failure;

export interface Failure {
  readonly kind: 'failed';
  readonly message: string;
  readonly status: number;
  readonly code?: string;
  /** A rule that does not exist has only an id. */
  readonly rule: JsonObject;
}

export const failed = (rule: JsonObject, message: string, code?: string, status = 500): Failure => ({
  kind: 'failed',
  message,
  status,
  rule,
  ...(code === undefined ? {} : { code }),
});

const LONGEST = 1000;

/** Errors grouped by what they say. */
function errors(failures: readonly Failure[]): readonly JsonObject[] {
  const groups = new Map<string, Failure[]>();
  for (const one of failures) {
    const key = JSON.stringify([one.message, one.status, one.code]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [one] = group;
    if (one === undefined) return [];
    return [
      {
        message: one.message.slice(0, LONGEST),
        status_code: one.status,
        ...(one.code === undefined ? {} : { err_code: one.code }),
        rules: group.map(({ rule }) => {
          const name = own(rule, 'name');
          return { id: textOf(rule, 'id'), ...(name === undefined ? {} : { name }) };
        }),
      },
    ];
  });
}

/** The answer: 500 as soon as one rule failed, with the results of those that did not (kibana: bulk_actions_response.ts). */
export function bulkReply(outcomes: readonly Outcome[], dryRun: boolean): Reply {
  const failures = outcomes.filter((one) => one.kind === 'failed');
  const rules = (kind: Outcome['kind']): readonly JsonObject[] =>
    dryRun ? [] : outcomes.filter((one) => one.kind === kind).map((one) => one.rule);
  const skipped = outcomes.filter((one) => one.kind === 'skipped');
  const summary = {
    failed: failures.length,
    skipped: skipped.length,
    succeeded: outcomes.length - failures.length - skipped.length,
    total: outcomes.length,
  };
  const results = {
    updated: rules('updated'),
    created: rules('created'),
    deleted: rules('deleted'),
    skipped: dryRun
      ? []
      : skipped.map(({ rule, reason }) => ({
          id: textOf(rule, 'id'),
          name: textOf(rule, 'name'),
          skip_reason: reason,
        })),
  };
  if (failures.length === 0) return ok({ success: true, rules_count: summary.total, attributes: { results, summary } });
  return {
    status: 500,
    body: {
      message: summary.succeeded > 0 ? 'Bulk edit partially failed' : 'Bulk edit failed',
      status_code: 500,
      attributes: { errors: errors(failures), results, summary },
    },
  };
}
