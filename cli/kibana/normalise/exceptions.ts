import { own, type Json, type JsonObject } from '../../text/json.ts';

const sortedTexts = (value: Json | undefined): Json =>
  Array.isArray(value) ? [...(value as readonly Json[])].sort() : [];

/** The instant in one spelling; what is none stays as it is. */
function instant(value: Json | undefined): Json {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

/** An exception list in the form in which the sent and the read one are equal. */
export const normaliseList = (list: JsonObject): JsonObject => ({
  description: own(list, 'description') ?? '',
  name: own(list, 'name') ?? '',
  tags: sortedTexts(own(list, 'tags')),
  type: own(list, 'type') ?? 'detection',
});

/**
 * An item in the form in which the sent and the read one are equal. Comments do not count: Kibana only ever adds to them, with
 * author and time of its own.
 */
export function normaliseItem(item: JsonObject): JsonObject {
  return {
    description: own(item, 'description') ?? '',
    entries: own(item, 'entries') ?? [],
    expire_time: instant(own(item, 'expire_time')),
    name: own(item, 'name') ?? '',
    os_types: sortedTexts(own(item, 'os_types')),
    tags: sortedTexts(own(item, 'tags')),
  };
}
