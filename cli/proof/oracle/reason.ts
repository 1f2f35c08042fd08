import { elements, isJsonObject, own, type Json } from '../../text/json.ts';

/** Reasons that say nothing of the input: the one above them does. */
const EMPTY = /^(?:Failed to parse with all enclosed parsers|all shards failed)$/;

/** The reason of an error body that says most: the innermost one that speaks of the input. */
export function reasonOf(body: Json): string {
  let found: string | undefined;
  let at: Json | undefined = body;
  for (let depth = 0; depth < 20 && isJsonObject(at); depth++) {
    const reason: Json | undefined = own(at, 'reason');
    if (typeof reason === 'string' && !EMPTY.test(reason)) found = reason;
    const [failure] = elements(own(at, 'failures') ?? own(at, 'failed_shards'));
    at = own(at, 'error') ?? own(at, 'caused_by') ?? failure ?? reason;
    if (typeof at === 'string' && found === undefined) found = at;
  }
  return (found ?? JSON.stringify(body)).slice(0, 1000);
}
