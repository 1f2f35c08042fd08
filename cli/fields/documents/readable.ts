import { isList } from '../values/collect.ts';
import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';

/**
 * A document as it goes into an index: keys lose the dots at their end
 * (elasticsearch:libs/x-content/src/main/java/org/elasticsearch/xcontent/DotExpandingXContentParser.java).
 */
export function readable(document: JsonObject): JsonObject {
  const members = new Map<string, Json>();
  for (const [key, value] of Object.entries(document)) {
    const name = withoutDots(key);
    const [before, now] = [members.get(name), readableValue(value)];
    members.set(name, before === undefined ? now : [before, now]);
  }
  return Object.fromEntries(members);
}

function readableValue(value: Json): Json {
  if (isList(value)) return value.map(readableValue);
  return isJsonObject(value) ? readable(value) : value;
}

/** Dots alone are no name, and stay. */
function withoutDots(key: string): string {
  let end = key.length;
  while (key[end - 1] === '.') end--;
  return end === 0 || end === key.length ? key : key.slice(0, end);
}
