import { createHash } from 'node:crypto';
import { parseJson } from '../../text/parse-json.ts';
import { elements, isJsonObject, own, type JsonObject } from '../../text/json.ts';
import { createExceptionItem, deleteExceptionItem, replaceExceptionItem } from '../client/exception-api.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from '../client/transport.ts';
import { ensureStateList, STATE_LIST } from './list.ts';

/**
 * A rule whose type changes is deleted and made again. What belongs to the space in it (whether it is on, its exceptions, its
 * actions) is in no file, so the rule as it was is kept in an item of the list `dac-state` until the new one is there: a run that
 * is killed in between loses nothing, and the next one finishes it.
 */
const TAG = 'dac-halfway:';

/** Characters of a tag: below the 32,766 bytes that Elasticsearch takes of a keyword, whatever they are. */
const PIECE = 8000;

const itemId = (ruleId: string): string =>
  `${STATE_LIST}-halfway-${createHash('sha256').update(ruleId).digest('hex').slice(0, 32)}`;

/** Keeps a rule that is about to be deleted. Throws a RemoteError; a key that may not write lists keeps nothing. */
export async function keepHalfway(transport: Transport, rule: JsonObject): Promise<void> {
  const ruleId = own(rule, 'rule_id');
  if (typeof ruleId !== 'string') return;
  const text = JSON.stringify(rule);
  const pieces = Array.from({ length: Math.ceil(text.length / PIECE) }, (_, at) =>
    text.slice(at * PIECE, (at + 1) * PIECE),
  );
  const item: JsonObject = {
    item_id: itemId(ruleId),
    namespace_type: 'single',
    type: 'simple',
    name: 'dac: a rule that is being made again',
    description: 'The rule as it was, until its successor is there. It excepts nothing; do not edit it.',
    entries: [{ field: 'dac.state', type: 'match', operator: 'included', value: 'none' }],
    tags: pieces.map((piece, at) => `${TAG} ${at} ${piece}`),
  };
  try {
    await ensureStateList(transport);
    await createExceptionItem(transport, { ...item, list_id: STATE_LIST });
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    // A run that was killed has left one.
    if (error.status === 409) await replaceExceptionItem(transport, item);
    else if (error.status !== 403) throw error;
  }
}

/** Forgets a rule whose successor is there. */
export async function dropHalfway(transport: Transport, ruleId: string): Promise<void> {
  try {
    await deleteExceptionItem(transport, { item_id: itemId(ruleId), namespace_type: 'single' });
  } catch (error) {
    if (!(error instanceof RemoteError) || error.status !== 403) throw error;
  }
}

/** Rules that a run has left deleted, by rule_id, out of the items of the list. */
export function readHalfway(items: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(
    items.flatMap((item): [string, JsonObject][] => {
      const pieces = elements(own(item, 'tags')).flatMap((tag) => {
        const found = typeof tag === 'string' ? /^dac-halfway: (\d{1,4}) ([^]*)$/.exec(tag) : null;
        return found === null ? [] : [{ at: Number(found[1]), text: found[2] ?? '' }];
      });
      if (pieces.length === 0) return [];
      let rule: unknown;
      try {
        rule = parseJson(pieces.sort((a, b) => a.at - b.at).map(({ text }) => text).join(''));
      } catch {
        return [];
      }
      const ruleId = isJsonObject(rule) ? own(rule, 'rule_id') : undefined;
      return isJsonObject(rule) && typeof ruleId === 'string' && own(item, 'item_id') === itemId(ruleId) ? [[ruleId, rule]] : [];
    }),
  );
} // prettier-ignore
