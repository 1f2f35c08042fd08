import { characterWidth, displayWidth, visible, visibleLine, wrap } from './display.ts';
import type { SourceFile } from './source-file.ts';
import type { Span } from './span.ts';

/** A place to mark in a frame. Primary places get `^`, the others `-`. */
export interface FrameLabel {
  readonly span: Span;
  readonly message?: string;
  readonly primary: boolean;
}

/** How a frame is drawn. The painters wrap a piece of text in colour, or return it as it is. */
export interface FrameStyle {
  /** Columns that a row may take. */
  readonly width: number;
  readonly ascii: boolean;
  readonly gutter: (text: string) => string;
  readonly primary: (text: string) => string;
  readonly secondary: (text: string) => string;
}

const same = (text: string): string => text;
export const PLAIN_FRAME: FrameStyle = { width: 100, ascii: false, gutter: same, primary: same, secondary: same };

const TAB = 4;
const MINIMUM = 32;

/** One character as it is drawn, and where it stands. */
interface Cell {
  readonly text: string;
  readonly width: number;
  /** Column of its left edge. */
  readonly column: number;
}

/** A source line laid out in columns: tabs widened, hidden characters written out. */
interface Layout {
  readonly cells: readonly Cell[];
  /** Column of each UTF-16 offset in the line, the end included. */
  readonly columns: readonly number[];
  readonly width: number;
}

function layOut(line: string): Layout {
  const cells: Cell[] = [];
  const columns: number[] = [];
  let column = 0;
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit++) columns.push(column);
    const text = character === '\t' ? ' '.repeat(TAB - (column % TAB)) : visible(character);
    const width = text === character ? characterWidth(character) : text.length;
    cells.push({ text, width, column });
    column += width;
  }
  columns.push(column);
  return { cells, columns, width: column };
}

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly label: FrameLabel;
}

interface Row {
  readonly number: number;
  readonly layout: Layout;
  readonly marks: readonly Mark[];
}

/** The line on which a span is marked: the first that has something of the span to show. */
function markedLine(source: SourceFile, span: Span): number {
  const first = source.position(span.start).line;
  const last = source.position(Math.max(span.start, span.end - 1)).line;
  for (let number = first; number <= last; number++) {
    const line = source.lineSpan(number);
    const from = Math.max(span.start, line.start);
    if (source.text.slice(from, Math.min(span.end, line.end)).trim() !== '') return number;
    if (number - first > 20) break;
  }
  return first;
}

function markOf(source: SourceFile, number: number, layout: Layout, label: FrameLabel): Mark {
  const line = source.lineSpan(number);
  let start = Math.max(label.span.start, line.start);
  const end = Math.min(Math.max(label.span.end, start), line.end);
  if (label.span.start < line.start) while (start < end && /\s/.test(source.text[start] ?? '')) start++;
  const length = layout.columns.length - 1;
  const from = layout.columns[Math.min(start - line.start, length)] ?? layout.width;
  const to = layout.columns[Math.min(end - line.start, length)] ?? layout.width;
  return { from, to: Math.max(to, from + 1), label };
}

/** The columns of a line that are shown. A long line is cut around its first mark, at white space where there is some. */
function window(row: Row, room: number): { from: number; to: number } {
  const { layout, marks } = row;
  if (layout.width <= room) return { from: 0, to: layout.width };
  const main = marks.find((mark) => mark.label.primary) ?? marks[0];
  if (main === undefined) return { from: 0, to: breakBefore(layout, room - 2, Math.floor(room / 2)) };
  const inner = room - 4;
  const span = Math.min(main.to - main.from, inner);
  let from = Math.max(0, main.from - Math.floor((inner - span) / 2));
  if (main.to <= room - 2) from = 0;
  if (from > 0) from = breakAfter(layout, from, main.from);
  const limit = from + inner;
  const to = limit >= layout.width ? layout.width : breakBefore(layout, limit, Math.min(main.from + span, limit));
  return { from, to };
}

const isBreak = (cell: Cell): boolean => cell.text.trim() === '';

/** First column after white space in `from..most`, else `from`. */
function breakAfter(layout: Layout, from: number, most: number): number {
  let edge: number | undefined;
  for (const cell of layout.cells) {
    if (cell.column >= most) break;
    if (cell.column >= from) {
      edge ??= cell.column;
      if (isBreak(cell)) return cell.column + cell.width;
    }
  }
  return edge ?? most;
}

/** Last column before white space in `least..to`, else the last whole character before `to`. */
function breakBefore(layout: Layout, to: number, least: number): number {
  let edge = least;
  let blank: number | undefined;
  for (const cell of layout.cells) {
    if (cell.column > to) break;
    if (cell.column >= least) {
      edge = cell.column;
      if (isBreak(cell)) blank = cell.column;
    }
  }
  return blank ?? edge;
}

function drawLine(row: Row, room: number, ellipsis: string): { text: string; shift: (column: number) => number } {
  const { from, to } = window(row, room);
  const head = from > 0 ? `${ellipsis} ` : '';
  const body = row.layout.cells.filter((cell) => cell.column >= from && cell.column < to).map((cell) => cell.text);
  const tail = to < row.layout.width ? ` ${ellipsis}` : '';
  const lead = displayWidth(head);
  const shift = (column: number): number => lead + Math.max(0, Math.min(column, to) - from);
  return { text: (head + body.join('') + tail).trimEnd(), shift };
}

/** Carets under the marked characters, the message beside them, or below where there is no room beside. */
function drawMark(mark: Mark, shift: (column: number) => number, room: number, style: FrameStyle): string[] {
  const from = shift(mark.from);
  const length = Math.max(1, shift(mark.to) - from);
  const paint = mark.label.primary ? style.primary : style.secondary;
  const carets = ' '.repeat(from) + paint((mark.label.primary ? '^' : '-').repeat(length));
  if (mark.label.message === undefined || mark.label.message === '') return [carets];
  const beside = room - from - length - 1;
  const message = visibleLine(mark.label.message);
  if (displayWidth(message) <= beside) return [`${carets} ${paint(message)}`];
  const indent = Math.min(from, Math.max(0, room - 60));
  const lines = wrap(message, Math.max(MINIMUM, room - indent));
  return [carets, ...lines.map((line) => ' '.repeat(indent) + paint(line))];
}

/**
 * The marked lines of a file with carets under the exact characters, one context line before the first one, at most three
 * lines for one label. Rows come without line ends. Columns hold with tabs and wide characters; text that would act on
 * the terminal is written out.
 */
export function frame(source: SourceFile, labels: readonly FrameLabel[], style: FrameStyle = PLAIN_FRAME): string[] {
  const byLine = new Map<number, FrameLabel[]>();
  for (const label of labels) {
    const number = markedLine(source, label.span);
    const there = byLine.get(number);
    if (there === undefined) byLine.set(number, [label]);
    else there.push(label);
  }
  const first = Math.min(...byLine.keys());
  if (!Number.isFinite(first)) return [];
  if (first > 1 && source.line(first - 1).trim() !== '') byLine.set(first - 1, []);
  const numbers = [...byLine.keys()].sort((a, b) => a - b);
  const digits = String(numbers.at(-1)).length;
  const room = Math.max(MINIMUM, style.width - digits - 3);
  const ellipsis = style.ascii ? '...' : '…';
  const blank = style.gutter(`${' '.repeat(digits)} |`);
  const rows: string[] = [];
  let previous: number | undefined;
  for (const number of numbers) {
    if (previous !== undefined && number > previous + 1) rows.push(style.gutter(`${' '.repeat(digits)} ${ellipsis}`));
    previous = number;
    const layout = layOut(source.line(number));
    const marks = (byLine.get(number) ?? [])
      .map((label) => markOf(source, number, layout, label))
      .sort((a, b) => Number(b.label.primary) - Number(a.label.primary) || b.from - a.from);
    const drawn = drawLine({ number, layout, marks }, room, ellipsis);
    rows.push(`${style.gutter(`${String(number).padStart(digits)} |`)} ${drawn.text}`.trimEnd());
    for (const mark of marks)
      for (const line of drawMark(mark, drawn.shift, room, style)) rows.push(`${blank} ${line}`);
  }
  return rows;
}
