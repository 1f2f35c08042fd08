import type { Span } from '../../text/span.ts';

export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  readonly title: string;
  /** Place of the whole heading in the Markdown text. */
  readonly span: Span;
}

/** ATX headings of a Markdown text, those in fenced code left out. */
export function headings(markdown: string): readonly Heading[] {
  const found: Heading[] = [];
  let fence: string | undefined;
  for (const line of markdown.matchAll(/^[^\r\n]*/gm)) {
    const [text] = line;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true) fence = undefined;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??[ \t]*(?:[ \t]#+[ \t]*)?$/.exec(text);
    if (heading?.[1] === undefined) continue;
    const end = line.index + text.trimEnd().length;
    found.push({ level: heading[1].length, title: (heading[2] ?? '').trim(), span: { start: line.index, end } });
  }
  return found;
}
