import { diffWordsWithSpace } from 'diff';
import { visibleLine } from '../text/display.ts';
import type { Json } from '../text/json.ts';

const LONGEST = 160;
/** Words of context on either side of a difference. */
const CONTEXT = 24;

const clip = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;

/** A value on one line: texts in quotes, `null` as nothing. */
export const valueLine = (value: Json | undefined): string =>
  value === null || value === undefined ? '(none)' : clip(visibleLine(JSON.stringify(value)));

const edge = (text: string, end: 'head' | 'tail'): string => {
  const line = visibleLine(text.replace(/\s+/g, ' '));
  if (line.length <= CONTEXT * 2) return line;
  return end === 'head'
    ? `${line.slice(0, CONTEXT).replace(/\s\S*$/, '')} …`
    : `… ${line.slice(-CONTEXT).replace(/^\S*\s/, '')}`;
};

/**
 * How one text became another, on one line: `{-taken out-}` and `{+put in+}` between a few words of what stayed. Texts that have
 * little in common, and values of other kinds, are shown one after the other.
 */
export function changeLine(before: Json, after: Json): string {
  if (typeof before !== 'string' || typeof after !== 'string' || before.length + after.length < 60)
    return `${valueLine(before)} -> ${valueLine(after)}`;
  if (before.length + after.length > 40_000) return `${valueLine(before)} -> ${valueLine(after)}`;
  const parts = diffWordsWithSpace(before, after);
  const changed = parts.filter((part) => part.added || part.removed);
  if (changed.length > 12) return `${valueLine(before)} -> ${valueLine(after)}`;
  return parts
    .map((part, index) => {
      const text = visibleLine(part.value.replace(/\s+/g, ' '));
      if (part.added) return `{+${clip(text)}+}`;
      if (part.removed) return `{-${clip(text)}-}`;
      if (index === 0) return edge(part.value, 'tail');
      if (index === parts.length - 1) return edge(part.value, 'head');
      return text.length <= CONTEXT * 2 ? text : `${edge(part.value, 'head')} ${edge(part.value, 'tail')}`;
    })
    .join('')
    .trim();
}
