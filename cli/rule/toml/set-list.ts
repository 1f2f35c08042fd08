import type { TextEdit } from '../../text/diagnostic.ts';
import type { Json } from '../../text/json.ts';
import { span } from '../../text/span.ts';
import { splice } from '../../text/splice.ts';
import { sameJson } from '../../text/same-json.ts';
import { statementEnd } from './comments.ts';
import type { Place } from './scan.ts';
import { inlineText, listText } from './write.ts';
import { styleAt } from './write-string.ts';

/** Lengths of what two lists have in common at their beginnings and, behind that, at their ends. */
export function commonEnds(
  a: readonly Json[],
  b: readonly Json[],
): { readonly before: number; readonly after: number } {
  const limit = Math.min(a.length, b.length);
  let before = 0;
  while (before < limit && sameJson(a[before] ?? null, b[before] ?? null)) before++;
  let after = 0;
  while (after < limit - before && sameJson(a[a.length - 1 - after] ?? null, b[b.length - 1 - after] ?? null)) after++;
  return { before, after };
}

/**
 * Changes a list that stands behind `key =`: entries that stay keep their own text and comments, a list with one entry a
 * line keeps that layout. `itemPlaces` are the places of the old entries, `list` that of the whole.
 */
export function setList(
  text: string,
  list: Place,
  itemPlaces: readonly Place[],
  old: readonly Json[],
  next: readonly Json[],
  indent: string,
): string {
  const { start, end } = list.value;
  const first = itemPlaces[0];
  const written = (index: number): string => {
    const place = itemPlaces[index]?.value ?? span(0, 0);
    return text.slice(place.start, place.end);
  };
  const { before, after } = commonEnds(old, next);
  const style = first === undefined ? undefined : styleAt(text, first.value.start);
  const added = (one: Json): string =>
    inlineText(one, style === undefined || style.quote.length > 1 ? undefined : style);
  const onLines = first !== undefined && text.slice(start, first.value.start).includes('\n');
  if (!onLines || next.length === 0) {
    const items = next.map((one, index) =>
      index < before ? written(index) : index >= next.length - after ? written(index - next.length + old.length) : added(one),
    ); // prettier-ignore
    const column = start - (text.lastIndexOf('\n', start - 1) + 1);
    return splice(text, [{ span: span(start, end), text: listText(items, column, indent) }]);
  }
  return splice(text, lineEdits(text, itemPlaces, before, old.length - after, next.slice(before, next.length - after).map(added), start)); // prettier-ignore
}

/** Replaces the entries `from` to `to` of a list with one entry a line. */
function lineEdits(
  text: string,
  places: readonly Place[],
  from: number,
  to: number,
  items: readonly string[],
  listStart: number,
): TextEdit[] {
  const edits: TextEdit[] = [];
  const shared = Math.min(to - from, items.length);
  const at = (index: number) => places[index]?.value ?? span(0, 0);
  const lineStart = (offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
  for (let index = 0; index < shared; index++) edits.push({ span: at(from + index), text: items[index] ?? '' });
  for (let index = from + shared; index < to; index++) {
    const start = Math.max(lineStart(at(index).start), listStart);
    edits.push({ span: span(start, Math.min(text.length, statementEnd(text, start) + 1)), text: '' });
  }
  const extra = items.slice(shared);
  if (extra.length === 0) return edits;
  const indent = text.slice(lineStart(at(0).start), at(0).start);
  const lines = extra.map((item) => `${indent}${item},\n`).join('');
  const previous = from + shared - 1;
  if (previous < 0) return [...edits, { span: span(lineStart(at(0).start), lineStart(at(0).start)), text: lines }];
  const last = at(previous);
  const following = text.slice(last.end, text.indexOf('\n', last.end) + 1);
  const lineEnd = last.end + following.length;
  const comma = /^\s*,/.test(following) ? [] : [{ span: span(last.end, last.end), text: ',' }];
  const overlapping = edits.find((edit) => edit.span.end === last.end);
  if (comma.length > 0 && overlapping !== undefined) {
    edits.splice(edits.indexOf(overlapping), 1, { span: overlapping.span, text: `${overlapping.text},` });
    comma.pop();
  }
  return [...edits, ...comma, { span: span(lineEnd, lineEnd), text: lines }];
}
