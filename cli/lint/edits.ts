import type { Pointer, RuleFile } from '../rule/rule.ts';
import type { TextEdit } from '../text/diagnostic.ts';
import { span } from '../text/span.ts';

/** A TOML basic string. JSON's escapes are all TOML's, too. */
export const tomlString = (value: string): string => JSON.stringify(value);

/**
 * Adds a string to the end of a list that is in the file, in the style that the list has: on the same line, or on a line
 * of its own. Undefined when there is no list at that place.
 */
export function appendToList(file: RuleFile, pointer: Pointer, length: number, value: string): TextEdit | undefined {
  const { text } = file.source;
  const list = file.valueSpan(pointer);
  if (text[list.start] !== '[' || text[list.end - 1] !== ']') return undefined;
  if (length === 0) return { span: span(list.start, list.end), text: `[${tomlString(value)}]` };
  const last = file.valueSpan([...pointer, length - 1]);
  const line = text.lastIndexOf('\n', last.start) + 1;
  const indent = text.slice(line, last.start);
  if (line <= list.start || indent.trim() !== '')
    return { span: span(last.end, last.end), text: `, ${tomlString(value)}` };
  const lineEnd = text[line - 2] === '\r' ? '\r\n' : '\n';
  return { span: span(last.end, last.end), text: `,${lineEnd}${indent}${tomlString(value)}` };
}

/** Takes an element that is not the first out of a list. Undefined when a comment stands between it and its neighbour. */
export function removeFromList(file: RuleFile, pointer: Pointer, index: number): TextEdit | undefined {
  if (index === 0) return undefined;
  const gap = span(file.valueSpan([...pointer, index - 1]).end, file.valueSpan([...pointer, index]).end);
  const between = file.source.text.slice(gap.start, file.valueSpan([...pointer, index]).start);
  return between.includes('#') ? undefined : { span: gap, text: '' };
}
