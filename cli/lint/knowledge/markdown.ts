import type { Span } from '../../text/span.ts';

export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  readonly title: string;
  /** Place of the whole heading in the Markdown text. */
  readonly span: Span;
}

/** A line that may be a heading, or the fence of a block of code. */
const CANDIDATE = /^ {0,3}(?:(`{3,}|~{3,})|(#{1,6})(?=[ \t\r\n]|$)[ \t]*([^\r\n]*)).*$/gm;

/** ATX headings of a Markdown text, those in fenced code left out. */
export function headings(markdown: string): readonly Heading[] {
  const found: Heading[] = [];
  let fence: string | undefined;
  for (const { 0: line, 1: mark, 2: level = '', 3: title = '', index } of markdown.matchAll(CANDIDATE)) {
    if (mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence)) fence = undefined;
    } else if (fence === undefined)
      found.push({
        level: level.length,
        title: unclosed(title.trim()),
        span: { start: index, end: index + line.trimEnd().length },
      });
  }
  return found;
}

/** A title without the hashes that may close a heading, too. */
function unclosed(title: string): string {
  let end = title.length;
  while (title[end - 1] === '#') end--;
  return end === 0 || /[ \t]/.test(title[end - 1] ?? '') ? title.slice(0, end).trimEnd() : title;
}
