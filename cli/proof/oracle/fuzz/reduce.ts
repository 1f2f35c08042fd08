import { isJsonObject, NumberToken, type Json } from '../../../text/json.ts';

/** Smaller forms of a text: halves, then without one character. */
function smallerTexts(text: string): string[] {
  if (text.length < 2) return [];
  const half = Math.floor(text.length / 2);
  const shorter = text.length <= 12 ? Array.from(text, (_, at) => text.slice(0, at) + text.slice(at + 1)) : [];
  return [text.slice(0, half), text.slice(half), ...shorter];
}

/**
 * Every JSON value that is one step smaller: a member or element left out, an inner value in place of what holds it, a text
 * cut. The largest steps come first. Whether a step makes sense is for who asks to find out.
 */
export function reductions(value: Json, texts = true): Json[] {
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    return [
      ...list,
      ...list.map((_, at) => list.filter((__, other) => other !== at)),
      ...list.flatMap((item, at) => reductions(item, texts).map((less) => list.map((one, other) => (other === at ? less : one)))),
    ]; // prettier-ignore
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return [
      ...entries.map(([, inner]) => inner).filter((inner) => isJsonObject(inner) || Array.isArray(inner)),
      ...entries.map(([key]) => Object.fromEntries(entries.filter(([other]) => other !== key))),
      ...entries.flatMap(([key, inner]) =>
        reductions(inner, texts).map((less) => Object.fromEntries(entries.map((entry) => (entry[0] === key ? [key, less] : entry)))),
      ),
    ]; // prettier-ignore
  }
  return texts && typeof value === 'string' ? smallerTexts(value) : [];
}

/** How large a value is: what shrinking makes smaller. */
export function sizeOf(value: Json): number {
  if (Array.isArray(value)) return (value as readonly Json[]).reduce<number>((sum, item) => sum + 1 + sizeOf(item), 1);
  if (isJsonObject(value))
    return Object.entries(value).reduce((sum, [key, inner]) => sum + 1 + key.length / 100 + sizeOf(inner), 1);
  if (typeof value === 'string') return 1 + value.length / 100;
  return value instanceof NumberToken ? 1 + value.token.length / 100 : 1;
}
