import { elements, own, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { described } from '../client/connection.ts';
import {
  createExceptionItem,
  findExceptionItems,
  getExceptionItem,
  replaceExceptionItem,
} from '../client/exception-api.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from '../client/transport.ts';
import { BUCKETS, bucketOf, ledgerTags, readBucket } from './ledger.ts';
import { readHalfway } from './halfway.ts';
import { ADDRESS, ensureStateList, STATE_LIST } from './list.ts';
import type { ApplyRecord } from './record.ts';

/** The ledger as it was read. */
export interface Ledger {
  /** By `keyOf`. */
  readonly records: ReadonlyMap<string, ApplyRecord>;
  /** The items that hold it, by bucket. */
  readonly items: ReadonlyMap<number, JsonObject>;
  /** Rules that were deleted to be made again, and are not there yet, by rule_id. */
  readonly halfway: ReadonlyMap<string, JsonObject>;
}

export const NO_LEDGER: Ledger = { records: new Map(), items: new Map(), halfway: new Map() };

const itemId = (bucket: number): string => `${STATE_LIST}-${bucket}`;

const BUCKET_NUMBERS = Array.from({ length: BUCKETS }, (_, bucket) => bucket);

/** Reads the ledger in one request. Without the list, nothing is known. Throws a RemoteError. */
export async function readLedger(transport: Transport): Promise<Ledger> {
  let found: readonly JsonObject[];
  try {
    found = await findExceptionItems(transport, ADDRESS);
  } catch (error) {
    if (error instanceof RemoteError && error.status === 404) return NO_LEDGER;
    throw error;
  }
  return readLedgerItems(found);
}

/** The ledger in the items of its list. */
export function readLedgerItems(found: readonly JsonObject[]): Ledger {
  const byId = new Map(found.map((item) => [own(item, 'item_id'), item] as const));
  const items = new Map(
    BUCKET_NUMBERS.flatMap((bucket) => {
      const item = byId.get(itemId(bucket));
      return item === undefined ? [] : [[bucket, item] as const];
    }),
  );
  return {
    records: new Map([...items].flatMap(([bucket, item]) => [...readBucket(item, bucket)])),
    items,
    halfway: readHalfway(found),
  };
}

/** The item of a bucket as it is written. Its condition is one that no event meets, since Kibana wants one. */
const itemOf = (bucket: number, tags: readonly string[]): JsonObject => ({
  item_id: itemId(bucket),
  namespace_type: 'single',
  type: 'simple',
  name: `dac: what was applied last, part ${bucket + 1} of ${BUCKETS}`,
  description: 'Digests by which dac tells who has changed a rule. It excepts nothing; do not edit it.',
  entries: [{ field: 'dac.state', type: 'match', operator: 'included', value: 'none' }],
  tags,
});

/** Records to be set; undefined: the key goes. */
export type Edits = ReadonlyMap<string, ApplyRecord | undefined>;

/** How often a part that others write at the same moment is tried. */
const TRIES = 5;

/**
 * Sets records in the parts that they belong into; a part that stays the same is not written. What others have written into a
 * part meanwhile stays. Throws a KnownError; then some parts may be written.
 */
export async function writeLedger(transport: Transport, ledger: Ledger, edits: Edits): Promise<void> {
  const buckets = BUCKET_NUMBERS.filter((bucket) => [...edits.keys()].some((key) => bucketOf(key) === bucket));
  const changed = buckets.filter((bucket) => edited(ledger.items.get(bucket), bucket, edits) !== undefined);
  if (changed.length === 0) return;
  if (changed.some((bucket) => !ledger.items.has(bucket))) await ensureStateList(transport);
  const next = [...changed];
  const worker = async (): Promise<void> => {
    for (let bucket = next.shift(); bucket !== undefined; bucket = next.shift())
      await writeBucket(transport, bucket, ledger.items.get(bucket), edits);
  };
  await Promise.all(Array.from({ length: Math.min(transport.connection.concurrency, changed.length) }, worker));
}

/** The tags of a part with the edits in it; undefined: they are what is there. */
function edited(item: JsonObject | undefined, bucket: number, edits: Edits): readonly string[] | undefined {
  const records = new Map(item === undefined ? [] : readBucket(item, bucket));
  for (const [key, record] of edits) {
    if (bucketOf(key) !== bucket) continue;
    if (record === undefined) records.delete(key);
    else records.set(key, record);
  }
  const tags = ledgerTags(records);
  const before = item === undefined ? [] : elements(own(item, 'tags'));
  return tags.length === before.length && tags.every((tag, at) => tag === before[at]) ? undefined : tags;
}

async function writeBucket(
  transport: Transport,
  bucket: number,
  first: JsonObject | undefined,
  edits: Edits,
): Promise<void> {
  let there = first;
  for (let round = 0; ; round++) {
    const tags = edited(there, bucket, edits);
    if (tags === undefined) return;
    const body = itemOf(bucket, tags);
    try {
      if (there === undefined) await createExceptionItem(transport, { ...body, list_id: STATE_LIST });
      else await replaceExceptionItem(transport, { ...body, _version: own(there, '_version') ?? '' });
      return;
    } catch (error) {
      // Written by another run; or by this request, whose answer was lost: then there is nothing left to do.
      const again = error instanceof RemoteError && (error.status === 409 || error.status === undefined);
      if (!again || round === TRIES) throw error;
    }
    there = await getExceptionItem(transport, { item_id: itemId(bucket), namespace_type: 'single' });
    if (there !== undefined && own(there, 'list_id') !== STATE_LIST)
      throw new KnownError(`${described(transport.connection)} has an exception item ${itemId(bucket)} in another list`, {
        kind: 'remote',
        why: `what was applied last is kept in items of this name in the list ${STATE_LIST}`,
        help: 'give that item another item_id',
      }); // prettier-ignore
  }
}
