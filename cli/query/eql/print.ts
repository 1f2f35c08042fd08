import type { Comment, EventFilter, Expression, SequenceTerm, Statement } from './ast.ts';
import {
  bindingOf, BINDING, categoryText, durationText, flat, flatEvent, keysText, leftDeep, literalText, predicateHead, termTail,
} from './print-flat.ts'; // prettier-ignore

export interface PrintOptions {
  /** Longest line that is aimed at. */
  readonly width?: number;
  /** Comments of the query, as the parser gives them; they are put back at the nearest line. */
  readonly comments?: readonly Comment[];
  /** The query; with it a comment behind something on a line stays there. */
  readonly text?: string;
}

const WIDTH = 100;
const STEP = '  ';

/**
 * Prints a statement so that it parses to the same tree. What fits stands on one line; where not, each operand of a chain of
 * `and` or `or` has a line of its own, with the operator behind it. Every comment is kept.
 */
export function printEql(statement: Statement, options: PrintOptions = {}): string {
  const printer = new Printer(options.width ?? WIDTH, options.comments ?? [], options.text ?? '');
  return printer.statement(statement).join('\n');
}

class Printer {
  readonly #width: number;
  readonly #comments: readonly Comment[];
  readonly #text: string;
  #next = 0;
  /** Whether the line printed last ends in a comment, so that nothing can be put behind it. */
  #closed = false;

  constructor(width: number, comments: readonly Comment[], text: string) {
    this.#width = width;
    this.#comments = comments;
    this.#text = text;
  }

  statement({ body, pipes }: Statement): string[] {
    const lines = this.#before(body.span.start, '');
    if (body.kind === 'event') {
      lines.push(...this.#event(body, body.span.end, '', '', ''));
      append(lines, this.#beside(body.span.end));
    } else {
      const span = 'maxspan' in body && body.maxspan !== undefined ? ` with maxspan=${durationText(body.maxspan)}` : '';
      lines.push(`${body.kind}${keysText(body.by)}${span}`);
      for (const term of body.terms) lines.push(...this.#term(term, STEP));
      if ('until' in body && body.until !== undefined) lines.push(...this.#term(body.until, '', 'until '));
    }
    for (const pipe of pipes) {
      lines.push(...this.#before(pipe.span.start, ''));
      lines.push(`| ${[pipe.name.text, pipe.args.map((arg) => flat(arg)).join(', ')].join(' ').trim()}`);
      append(lines, this.#beside(pipe.span.end));
    }
    lines.push(...this.#before(Infinity, ''));
    return lines;
  }

  #term(term: SequenceTerm, indent: string, word = ''): string[] {
    const lines = this.#before(term.span.start, indent);
    const open = `${word}${term.missing ? '![' : '['}`;
    lines.push(...this.#event(term.filter, term.span.end, indent, open, `]${termTail(term)}`));
    append(lines, this.#beside(term.span.end));
    return lines;
  }

  /** An event filter between brackets, if any. `end`: where the brackets end in the source. */
  #event(filter: EventFilter, end: number, indent: string, open: string, close: string): string[] {
    const { category, condition } = filter;
    const line = `${indent}${open}${flatEvent(filter)}${close}`;
    if (line.length <= this.#width && !this.#inside(end)) return [line];
    const lines = this.#block(condition, indent + STEP, BINDING.or);
    if (!this.#closed) append(lines, this.#beside(condition.span.end));
    if (this.#closed && close !== '') lines.push(indent + close);
    else append(lines, close);
    this.#closed = false;
    return [`${indent}${open}${categoryText(category)} where`, ...lines];
  }

  /** Comments that begin before a place in the source, as lines of their own. */
  #before(place: number, indent: string): string[] {
    const lines: string[] = [];
    for (let comment = this.#comments[this.#next]; comment !== undefined && comment.span.start < place;) {
      lines.push(`${indent}${comment.text}`);
      comment = this.#comments[++this.#next];
    }
    return lines;
  }

  /**
   * Comments behind a place on the same line of the source, to be put behind what was printed for it. Without `until`, only
   * those with nothing but blanks before them.
   */
  #beside(end: number, until?: number): string {
    let found = '';
    for (let from = end; this.#text !== '';) {
      const comment = this.#comments[this.#next];
      if (comment === undefined || comment.span.start < from || comment.text.includes('\n')) break;
      const between = this.#text.slice(from, comment.span.start);
      if (between.includes('\n') || (until === undefined ? between.trim() !== '' : comment.span.start >= until)) break;
      found += ` ${comment.text}`;
      this.#next++;
      if (!comment.block) break;
      from = comment.span.end;
    }
    this.#closed = found !== '';
    return found;
  }

  /** Whether a comment stands before a place in the source that has not been printed. */
  #inside(place: number): boolean {
    const comment = this.#comments[this.#next];
    return comment !== undefined && comment.span.start < place;
  }

  /** An expression as lines with an indent. `least`: how tightly its place binds. */
  #block(node: Expression, indent: string, least: number): string[] {
    const leading = this.#before(node.span.start, indent);
    this.#closed = false;
    if (bindingOf(node) < least) {
      const line = `${indent}${flat(node, least)}`;
      if (line.length <= this.#width && !this.#inside(node.span.end)) return [...leading, line];
      return [...leading, ...this.#enclosed(`${indent}(`, this.#block(node, indent + STEP, BINDING.or), indent)];
    }
    const line = `${indent}${flat(node)}`;
    if (line.length <= this.#width && !this.#inside(node.span.end)) return [...leading, line];
    return [...leading, ...this.#broken(node, indent)];
  }

  #enclosed(head: string, lines: readonly string[], indent: string): string[] {
    this.#closed = false;
    return [head, ...lines, `${indent})`];
  }

  #broken(node: Expression, indent: string): string[] {
    switch (node.kind) {
      case 'and':
      case 'or':
        return this.#chain(leftDeep(node), ` ${node.kind}`, indent, BINDING.not, node.span.end);
      case 'not': {
        const lines = this.#block(node.operand, indent, BINDING.not);
        const first = lines.findIndex((line) => !/^\s*(?:\/\/|\/\*)/.test(line));
        lines[first] = `${indent}not ${(lines[first] ?? '').trimStart()}`;
        return lines;
      }
      case 'call': {
        const head = `${indent}${node.name.text}${node.caseInsensitive ? '~' : ''}(`;
        return this.#enclosed(head, this.#chain(node.args, ',', indent + STEP, BINDING.or, node.span.end), indent);
      }
      case 'in':
        return this.#enclosed(
          `${indent}${predicateHead(node)}(`,
          this.#list(node.items, (item) => flat(item), indent + STEP, node.span.end),
          indent,
        );
      case 'pattern':
        if (node.patterns.length > 1)
          return this.#enclosed(
            `${indent}${predicateHead(node)}(`,
            this.#list(node.patterns, literalText, indent + STEP, node.span.end),
            indent,
          );
        break;
      default:
        break;
    }
    return [...this.#before(node.span.end, indent), `${indent}${flat(node)}`];
  }

  /** Operands one below the other, with what joins them at the end of the line. `end`: where the chain ends. */
  #chain(parts: readonly Expression[], joint: string, indent: string, least: number, end: number): string[] {
    const lines: string[] = [];
    parts.forEach((part, at) => {
      const next = parts[at + 1];
      const own = this.#block(part, indent, least);
      if (next !== undefined) append(own, joint + this.#beside(part.span.end, next.span.start));
      else if (!this.#closed) append(own, this.#beside(part.span.end, end));
      lines.push(...own);
    });
    return lines;
  }

  /** Values of a list: as many on a line as fit; comments begin and end lines. */
  #list<T extends Expression>(items: readonly T[], print: (item: T) => string, indent: string, end: number): string[] {
    const lines: string[] = [];
    let line = '';
    const flush = (): void => {
      if (line !== '') lines.push(indent + line);
      line = '';
    };
    items.forEach((item, at) => {
      const next = items[at + 1];
      const text = `${print(item)}${next === undefined ? '' : ','}`;
      const comments = this.#before(item.span.start, indent);
      if (comments.length > 0 || indent.length + line.length + 1 + text.length > this.#width) flush();
      lines.push(...comments);
      line = line === '' ? text : `${line} ${text}`;
      const beside = this.#beside(item.span.end, next?.span.start ?? end);
      if (beside === '') return;
      line += beside;
      flush();
    });
    flush();
    return lines;
  }
}

/** Puts a text behind the last line. */
function append(lines: string[], text: string): void {
  const last = lines.length - 1;
  lines[last] = `${lines[last] ?? ''}${text}`;
}
