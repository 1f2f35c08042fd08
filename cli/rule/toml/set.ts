import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { sameJson } from '../../text/same-json.ts';
import { SourceFile } from '../../text/source-file.ts';
import { span, type Span } from '../../text/span.ts';
import { splice } from '../../text/splice.ts';
import type { Pointer } from '../rule.ts';
import { parseToml } from './document.ts';
import { listSteps } from './list-steps.ts';
import { placeKey, type Place } from './scan.ts';
import { commonEnds, setList } from './set-list.ts';
import { isBelow, layoutOf, type Layout } from './statements.ts';
import { blockText, comesBefore, elementText, inlineText, isBlock, isTables, keyText, listText, pairText, writeToml } from './write.ts'; // prettier-ignore
import { styleAt } from './write-string.ts';

/** The value at a path of a document; undefined if there is none. */
export function valueAt(document: Json, pointer: Pointer): Json | undefined {
  let value: Json | undefined = document;
  for (const part of pointer) {
    if (Array.isArray(value)) value = typeof part === 'number' ? (value as readonly Json[])[part] : undefined;
    else if (isJsonObject(value)) value = own(value, String(part));
    else return undefined;
  }
  return value;
}

/** A document with another value at a path; undefined takes it out. Tables on the way that are missing are made. */
export function withValue(document: Json, pointer: Pointer, value: Json | undefined): Json {
  const [part, ...rest] = pointer;
  if (part === undefined) return value ?? null;
  if (Array.isArray(document)) {
    const list = [...(document as readonly Json[])];
    const index = Number(part);
    if (rest.length > 0) list[index] = withValue(list[index] ?? {}, rest, value);
    else if (value === undefined) list.splice(index, 1);
    else list[index] = value;
    return list;
  }
  const table: Record<string, Json> = Object.assign(Object.create(null) as Record<string, Json>, isJsonObject(document) ? document : {}); // prettier-ignore
  const key = String(part);
  if (rest.length > 0) table[key] = withValue(table[key] ?? {}, rest, value);
  else if (value === undefined) delete table[key];
  else table[key] = value;
  return table;
}

/** A value without members that are null, as a TOML file holds it. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const table: Record<string, Json> = Object.create(null) as Record<string, Json>;
  for (const key of Object.keys(value)) {
    const inner = own(value, key);
    if (inner !== null && inner !== undefined) table[key] = withoutNulls(inner);
  }
  return table;
}

const read = (text: string): JsonObject | undefined => parseToml(new SourceFile('', text)).data;

/**
 * A TOML text with one value set, added or (undefined) taken out, and every other byte as it was: comments, order, layout.
 * Strings keep their quotes where those can hold the new text, lists keep one entry a line, tables are changed member by
 * member. The result is read back: when no small edit gives the document that is wanted (dotted keys, tables in pieces), the
 * table around the value is written anew, in the last resort the file.
 *
 * `text` is TOML with line feeds or CRLF. Throws a KnownError for what TOML cannot hold.
 */
export function setValue(text: string, pointer: Pointer, value: Json | undefined): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const plain = text.slice(mark.length);
  const put = value === undefined ? undefined : withoutNulls(value);
  if (!plain.includes('\r\n')) return mark + setIn(plain, pointer, put);
  const before = plain.replaceAll('\r\n', '\n');
  return mark + withLineEnds(plain, before, setIn(before, pointer, put));
}

/** Puts a change that was made on a text with line feeds into the same text with CRLF. */
function withLineEnds(crlf: string, before: string, after: string): string {
  const limit = Math.min(before.length, after.length);
  let head = 0;
  while (head < limit && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < limit - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const first = offsetIn(crlf, head);
  const last = offsetIn(crlf, before.length - tail);
  return crlf.slice(0, first) + after.slice(head, after.length - tail).replaceAll('\n', '\r\n') + crlf.slice(last);
}

/** The offset in a text with CRLF of an offset in the same text with line feeds. */
function offsetIn(crlf: string, wanted: number): number {
  let at = 0;
  for (let count = 0; count < wanted; count++) at += crlf.startsWith('\r\n', at) ? 2 : 1;
  return at;
}

function setIn(text: string, pointer: Pointer, value: Json | undefined): string {
  const document = read(text) ?? {};
  const wanted = withValue(document, pointer, value);
  if (sameJson(document, wanted)) return text;
  const gives = (edited: string | undefined): edited is string => {
    const result = edited === undefined ? undefined : read(edited);
    return result !== undefined && sameJson(result, wanted);
  };
  const small = change(text, document, pointer, valueAt(wanted, pointer));
  if (gives(small)) return small;
  for (let length = pointer.length; length > 0; length--) {
    const place = pointer.slice(0, length);
    const whole = replace(text, layoutOf(text), place, valueAt(wanted, place));
    if (gives(whole)) return whole;
  }
  return writeToml(isJsonObject(wanted) ? wanted : {});
}

/** The smallest edit for one value. Undefined: there is none of the kinds known here. */
function change(text: string, document: JsonObject, pointer: Pointer, value: Json | undefined): string | undefined {
  const old = valueAt(document, pointer);
  const layout = layoutOf(text);
  if (value === undefined || old === undefined) return undefined;
  if (isJsonObject(old) && isJsonObject(value)) return setMembers(text, pointer, old, value);
  const place = inlinePlace(layout, placeKey(pointer));
  if (place === undefined) return isTables(old) && isTables(value) ? setElements(text, layout, pointer, old, value) : undefined; // prettier-ignore
  if (Array.isArray(old) && Array.isArray(value)) {
    const steps = listSteps(old, value);
    if (steps.length > 1) return steps.reduce((before, step) => setIn(before, pointer, [...step]), text);
    const items = (old as readonly Json[]).map((_, index) => layout.places.get(placeKey([...pointer, index])));
    const known = items.filter((one) => one !== undefined);
    return known.length === items.length ? setList(text, place, known, old, value, indentOf(text)) : undefined;
  }
  const style = typeof old === 'string' && typeof value === 'string' ? styleAt(text, place.value.start) : undefined;
  return splice(text, [{ span: place.value, text: inlineText(value, style) }]);
}

/** The place of a value that stands behind `key =` or in a list, not under headers. */
function inlinePlace(layout: Layout, path: string): Place | undefined {
  const place = layout.places.get(path);
  if (place === undefined || place.value.start < place.key.start) return undefined;
  // The first parts of a dotted key stand where the key stands.
  return place.key === place.value || place.value.start > place.key.start ? place : undefined;
}

/** Sets, adds or takes out a value as a whole. */
function replace(text: string, layout: Layout, pointer: Pointer, value: Json | undefined): string | undefined {
  const path = placeKey(pointer);
  const place = inlinePlace(layout, path);
  if (place !== undefined && value !== undefined) {
    const column = place.value.start - (text.lastIndexOf('\n', place.value.start - 1) + 1);
    const put = Array.isArray(value)
      ? listText((value as readonly Json[]).map((one) => inlineText(one)), column, indentOf(text))
      : inlineText(value); // prettier-ignore
    return splice(text, [{ span: place.value, text: put }]);
  }
  const without = layout.places.has(path) ? remove(text, layout, path) : text;
  return without === undefined || value === undefined ? without : insert(without, layoutOf(without), pointer, value);
}

/** Changes a table member by member, so that what stays keeps its comments. */
function setMembers(text: string, pointer: Pointer, old: JsonObject, value: JsonObject): string {
  let edited = text;
  for (const key of Object.keys(old))
    if (!Object.hasOwn(value, key)) edited = setIn(edited, [...pointer, key], undefined);
  for (const key of Object.keys(value)) edited = setIn(edited, [...pointer, key], own(value, key));
  return edited;
}

/** Changes a list of `[[tables]]`: elements in between that differ are changed, the rest is appended or taken out. */
function setElements(
  text: string,
  layout: Layout,
  pointer: Pointer,
  old: readonly JsonObject[],
  value: readonly JsonObject[],
): string | undefined {
  const { before, after } = commonEnds(old, value);
  const common = Math.min(old.length, value.length) - before - after;
  if (old.length > value.length) {
    let edited: string | undefined = text;
    for (let index = old.length - after - 1; index >= before + common && edited !== undefined; index--)
      edited = remove(edited, layoutOf(edited), placeKey([...pointer, index]));
    return edited === undefined ? undefined : changeElements(edited, pointer, value, before, common);
  }
  const extra = value.slice(before + common, value.length - after);
  if (extra.length === 0) return changeElements(text, pointer, value, before, common);
  const index = before + common;
  const block = extra.map((one) => elementText(pointer, one)).join('\n');
  const first = extent(layout, placeKey([...pointer, Math.max(0, index - 1)]));
  if (first === undefined) return undefined;
  const edited = index === 0 ? splice(text, [{ span: span(first.start, first.start), text: `${block}\n` }]) : insertBlock(text, first.end, block); // prettier-ignore
  return changeElements(edited, pointer, value, before, common);
}

function changeElements(
  text: string,
  pointer: Pointer,
  value: readonly JsonObject[],
  from: number,
  count: number,
): string {
  // prettier-ignore
  let edited = text;
  for (let index = from; index < from + count; index++) edited = setIn(edited, [...pointer, index], value[index]);
  return edited;
}

/** From the first to the last statement of a path; undefined when statements of others stand between. */
function extent({ statements }: Layout, path: string): Span | undefined {
  const first = statements.findIndex((one) => isBelow(one.path, path));
  const last = statements.findLastIndex((one) => isBelow(one.path, path));
  const [start, end] = [statements[first], statements[last]];
  if (start === undefined || end === undefined) return undefined;
  if (!statements.slice(first, last + 1).every((one) => isBelow(one.path, path))) return undefined;
  return span(start.span.start, end.span.end);
}

/** Takes out the statements of a path, and a blank line where there would be two. */
function remove(text: string, layout: Layout, path: string): string | undefined {
  const whole = extent(layout, path);
  if (whole === undefined) return undefined;
  const blankBefore = whole.start === 0 || /\n[ \t]*\n$/.test(text.slice(0, whole.start));
  const blanks = /^(?:[ \t]*\n)+/.exec(text.slice(whole.end))?.[0].length ?? 0;
  const rest = text.slice(whole.end + (blankBefore ? blanks : 0));
  const head = text.slice(0, whole.start);
  return rest === '' ? head.replace(/\n(?:[ \t]*\n)+$/, '\n') : head + rest;
}

/** Puts a block behind the line that ends at an offset, with a blank line before and behind it. */
function insertBlock(text: string, at: number, block: string): string {
  const head = text.slice(0, at);
  const tail = text.slice(at);
  const broken = head === '' || head.endsWith('\n') ? head : `${head}\n`;
  const gap = broken === '' ? '' : '\n';
  return `${broken}${gap}${block}${tail === '' || /^[ \t]*\n/.test(tail) ? '' : '\n'}${tail}`;
}

function insert(text: string, layout: Layout, pointer: Pointer, value: Json): string | undefined {
  const key = pointer.at(-1);
  const above = pointer.slice(0, -1);
  const table = placeKey(above);
  if (typeof key !== 'string') return undefined;
  const place = layout.places.get(table);
  const { statements } = layout;
  if (place !== undefined && text[place.value.start] === '{') return insertInline(text, place.value, key, value);
  if (isBlock(value)) {
    const siblings = statements.filter((one) => one.header && isBelow(one.path, table) && one.path !== table);
    const depth = above.length;
    const nameOf = (path: string): string => path.split('\0')[depth] ?? '';
    const previous = siblings.findLast((one) => nameOf(one.path) < key);
    const whole = extent(layout, table);
    const end = previous === undefined ? endOfPairs(layout, table) : extent(layout, placeKey([...above, nameOf(previous.path)]))?.end; // prettier-ignore
    const at = above.length === 0 ? text.length : (end ?? whole?.end ?? text.length);
    return insertBlock(text, at, blockText(pointer, value));
  }
  const line = `${pairText(key, value, indentOf(text))}\n`;
  const pairs = statements.filter((one) => !one.header && isBelow(one.path, table) && !one.path.slice(table.length + (table === '' ? 0 : 1)).includes('\0')); // prettier-ignore
  const nameOf = (path: string): string => path.split('\0').at(-1) ?? '';
  const previous = pairs.findLast((one) => comesBefore(nameOf(one.path), key));
  const header = statements.find((one) => one.header && one.path === table);
  const at = previous?.span.end ?? pairs[0]?.span.start ?? (table === '' ? 0 : header?.span.end);
  if (at === undefined) return insertBlock(text, text.length, blockText(above, { [key]: value }));
  const head = text.slice(0, at);
  return `${head}${head === '' || head.endsWith('\n') ? '' : '\n'}${line}${text.slice(at)}`;
}

/** End of the header and the plain keys of a table. */
function endOfPairs({ statements }: Layout, table: string): number | undefined {
  const header = statements.findIndex((one) => one.header && one.path === table);
  if (header < 0) return undefined;
  const next = statements.findIndex((one, index) => index > header && one.header);
  return statements[next < 0 ? statements.length - 1 : next - 1]?.span.end;
}

function insertInline(text: string, table: Span, key: string, value: Json): string {
  const inner = text.slice(table.start + 1, table.end - 1);
  const pair = `${keyText(key)} = ${inlineText(value)}`;
  if (inner.trim() === '') return splice(text, [{ span: table, text: `{ ${pair} }` }]);
  const at = table.start + 1 + inner.trimEnd().length;
  return splice(text, [{ span: span(at, at), text: `, ${pair}` }]);
}

/** What lists of this file are indented by. */
const indentOf = (text: string): string => /= \[\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
