import { statementEnd, tomlComments, type TomlComment } from '../rule/toml/comments.ts';
import type { Diagnostic, TextEdit } from '../text/diagnostic.ts';
import type { SourceFile } from '../text/source-file.ts';
import { span, type Span } from '../text/span.ts';
import { suggest } from '../text/suggest.ts';

/** A comment that keeps findings from being reported: `# dac: ignore <id>[, <id>] -- reason`. */
export interface Suppression {
  readonly ids: readonly string[];
  /** Where findings have to begin to be kept back; absent: anywhere in the file. */
  readonly covers?: Span;
  /** Place of the comment. */
  readonly span: Span;
  /** Last day on which it holds, `YYYY/MM/DD`. */
  readonly until?: string;
  /** Takes the comment out. */
  readonly removal: TextEdit;
}

export interface ReadSuppressions {
  readonly suppressions: readonly Suppression[];
  /** Comments that look like one but say too little, or too much. */
  readonly problems: readonly Diagnostic[];
}

const FORM = '# dac: ignore category/name -- reason';
/** While a file has one of these it is no rule, and nothing else in it was checked: that cannot be agreed to. */
const FATAL = new Set(['file', 'toml', 'schema', 'suppression']);

/** Reads the suppressions of a file. `known` are all ids that there are. */
export function readSuppressions(source: SourceFile, known: ReadonlySet<string>): ReadSuppressions {
  const { text } = source;
  if (!text.includes('dac:')) return { suppressions: [], problems: [] };
  const suppressions: Suppression[] = [];
  const problems: Diagnostic[] = [];
  const comments = tomlComments(text);
  const top = topEnd(text, comments);
  const covers = coveredBy(text, comments);
  for (const [at, comment] of comments.entries()) {
    const written = text.slice(comment.span.start, comment.span.end);
    const found = /^#\s*dac:\s*(\S*)\s*(.*)$/.exec(written);
    if (found === null) continue;
    const [, verb = '', rest = ''] = found;
    const fault = (message: string, help: string, part?: string): void => {
      const inside = part === undefined || part === '' ? -1 : written.indexOf(part);
      const start = comment.span.start + Math.max(0, inside);
      problems.push({
        id: 'suppression/invalid',
        severity: 'error',
        message,
        span: inside < 0 ? comment.span : span(start, start + (part ?? '').length),
        why: 'the comment holds back nothing',
        help,
      });
    };
    const read = readOne(verb, rest, known, fault);
    if (read === undefined) continue;
    const file = verb === 'ignore-file';
    if (file && comment.span.start >= top) {
      fault('ignore-file holds for a whole file, so it stands above the first table', 'move it to the top of the file');
      continue;
    }
    suppressions.push({
      ...read,
      ...(file ? {} : { covers: covers[at] ?? comment.span }),
      span: comment.span,
      removal: removal(text, comment),
    });
  }
  return { suppressions, problems };
}

function readOne(
  verb: string,
  rest: string,
  known: ReadonlySet<string>,
  fault: (message: string, help: string, part?: string) => void,
): { readonly ids: readonly string[]; readonly until?: string } | undefined {
  if (verb !== 'ignore' && verb !== 'ignore-file') {
    fault(`there is no "dac: ${verb}"`, `write ${FORM}, or ignore-file at the top of the file`, verb);
    return undefined;
  }
  const until = /\buntil=(\S*)/.exec(rest);
  const [list = '', ...reason] = rest.replace(/\buntil=\S*/, '').split(/(?:^|\s)--(?=\s|$)/);
  const ids = list.split(/[\s,]+/).filter((id) => id !== '');
  if (ids.length === 0) {
    fault('the comment names no id', `write ${FORM}`);
    return undefined;
  }
  for (const id of ids) {
    if (FATAL.has(id.split('/')[0] ?? '')) {
      fault(`${id} cannot be ignored`, 'put the fault right: until then the file is no rule', id);
      return undefined;
    }
    if (!known.has(id)) {
      const meant = suggest(id, known);
      fault(`there is no id ${id}`, meant === undefined ? `write ${FORM}` : `did you mean ${meant}?`, id);
      return undefined;
    }
  }
  if (reason.join(' ').trim() === '') {
    fault('the comment gives no reason', `say why behind two dashes: ${FORM}`);
    return undefined;
  }
  if (until === null) return { ids };
  const [written, day = ''] = until;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    fault(`${day === '' ? 'the date' : day} is not a day`, 'write until=YYYY-MM-DD', written);
    return undefined;
  }
  return { ids, until: day.replaceAll('-', '/') };
}

const isAlone = (text: string, comment: TomlComment): boolean =>
  text.slice(text.lastIndexOf('\n', comment.span.start - 1) + 1, comment.span.start).trim() === '';

/** Where the first thing begins that is neither a comment nor blank. */
function topEnd(text: string, comments: readonly TomlComment[]): number {
  let at = 0;
  for (const { span: place } of comments) {
    if (text.slice(at, place.start).trim() !== '') break;
    at = place.end;
  }
  const rest = text.slice(at);
  return at + rest.length - rest.trimStart().length;
}

/**
 * What each comment speaks of: what it ends, or, on a line of its own, what begins on the next line that is no comment.
 * From the last to the first, because comments that stand above one another speak of the same.
 */
function coveredBy(text: string, comments: readonly TomlComment[]): readonly Span[] {
  const covers: Span[] = [];
  let below: { readonly line: number; readonly covers: Span } | undefined;
  for (let at = comments.length - 1; at >= 0; at--) {
    const comment = comments[at];
    if (comment === undefined) continue;
    if (!isAlone(text, comment)) {
      covers[at] = span(comment.lineStart, comment.span.start);
      continue;
    }
    let start = nextLine(text, comment.span.end);
    while (start < text.length && start !== below?.line && text.slice(start, nextLine(text, start)).trim() === '')
      start = nextLine(text, start);
    const found = start === below?.line ? below.covers : span(start, statementEnd(text, start));
    covers[at] = found;
    below = { line: text.lastIndexOf('\n', comment.span.start - 1) + 1, covers: found };
  }
  return covers;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function removal(text: string, comment: TomlComment): TextEdit {
  const { start, end } = comment.span;
  if (isAlone(text, comment)) {
    const next = text.indexOf('\n', end);
    return { span: span(text.lastIndexOf('\n', start - 1) + 1, next < 0 ? text.length : next + 1), text: '' };
  }
  let from = start;
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from--;
  return { span: span(from, end), text: '' };
}
