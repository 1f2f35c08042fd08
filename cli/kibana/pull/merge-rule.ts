import { fileValue } from '../../rule/file-form.ts';
import { setValue, valueAt } from '../../rule/toml/set.ts';
import { layoutOf } from '../../rule/toml/statements.ts';
import { parseToml } from '../../rule/toml/document.ts';
import { oneLine } from '../../rule/api.ts';
import { visibleLine } from '../../text/display.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { sameJson } from '../../text/same-json.ts';
import { SourceFile } from '../../text/source-file.ts';
import { SETS } from '../normalise/normalise.ts';
import type { FieldChange } from '../plan/plan.ts';

/** What a merge did with a file. */
export interface Merged {
  readonly text: string;
  /** Members that got the value of the space. */
  readonly taken: readonly string[];
  /** Members that keep the value of the file: only the repository has changed them. */
  readonly kept: readonly string[];
  /** Members that both have changed; they stand between conflict markers. */
  readonly conflicts: readonly string[];
}

export interface MergeInput {
  readonly text: string;
  /** What differs, by member (`compare.ts` or a plan). */
  readonly changes: readonly FieldChange[];
  /** The rule as the space has it. */
  readonly remote: JsonObject;
  /** How the space is called in markers, such as `space "soc"`. */
  readonly space: string;
  /** Who changed the rule there last, and when. */
  readonly changed?: { readonly by: string; readonly at: string };
}

interface Hunk {
  readonly fields: readonly string[];
  /** Lines of the text that are replaced: first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly theirs: readonly string[];
  readonly last?: readonly string[];
}

const documentOf = (text: string): JsonObject => parseToml(new SourceFile('', text.replace(/^\ufeff/, ''))).data ?? {};

/**
 * Who has changed what, where the space does not know what was applied last: Kibana's rule editor drops that. A member that the
 * last commit has as the file has it gets the space's value, since the repository's is in git. What was edited since, or is in no
 * commit, nobody else has: it stays if the space still has the committed value, and otherwise both have changed it.
 */
export function againstCommit(
  text: string,
  committed: string | undefined,
  changes: readonly FieldChange[],
  remote: JsonObject,
): readonly FieldChange[] {
  const now = documentOf(text);
  const then = committed === undefined ? undefined : documentOf(committed);
  return changes.map((change): FieldChange => {
    if (change.changedIn !== 'unknown') return change;
    if (then === undefined) return { ...change, changedIn: 'both' };
    const { pointer, value } = fileValue(change.field, remote, then);
    const is = (one: Json | undefined): boolean => sameJson(valueAt(then, pointer) ?? null, one ?? null);
    if (is(valueAt(now, pointer))) return change;
    return { ...change, changedIn: is(value) ? 'repository' : 'both' };
  });
}

/**
 * Brings the changes of a space into a rule file, member by member: what only the space has changed is set, what only the
 * repository has changed stays, what both have changed stands between conflict markers that name the member. A file with
 * markers is not TOML, so that it can be neither tested nor published before somebody has decided. Where the last apply is not
 * known, the space's value is taken: the repository's is in its history.
 */
export function mergeRule(input: MergeInput): Merged {
  const kept = input.changes.filter((one) => one.changedIn === 'repository').map((one) => one.field);
  const take = input.changes.filter((one) => one.changedIn === 'space' || one.changedIn === 'unknown');
  const both = input.changes.filter((one) => one.changedIn === 'both');
  const mark = input.text.startsWith('\ufeff') ? '\ufeff' : '';
  const text = take.reduce((before, { field }) => setField(before, field, input.remote), input.text.slice(mark.length));
  const merged = { taken: take.map((one) => one.field), kept, conflicts: both.map((one) => one.field) };
  return { ...merged, text: mark + (both.length === 0 ? text : withMarkers(text, both, input)) };
}

/** A set of the space in the order of the file: what the file has first, then what is new. */
const inFileOrder = (file: readonly Json[], space: readonly Json[]): Json => [
  ...file.filter((one) => space.includes(one)),
  ...space.filter((one) => !file.includes(one)),
];

/** The file with one member of the rule as the space has it, in the form that the file has. */
function setField(text: string, field: string, remote: JsonObject): string {
  const document = documentOf(text);
  const { pointer, value: given } = fileValue(field, remote, document);
  const old = valueAt(document, pointer);
  const value = SETS.has(field) && Array.isArray(old) && Array.isArray(given) ? inFileOrder(old, given) : given;
  // Prose that says the same in other line breaks is no change.
  if (typeof old === 'string' && typeof value === 'string' && field === 'description' && oneLine(old) === oneLine(value)) return text; // prettier-ignore
  return setValue(text, pointer, value);
}

const linesOf = (text: string): string[] => text.split('\n');

/** Lines by which two texts differ, widened to whole statements of the first: markers never stand inside of a string. */
function difference(before: string, after: string): { from: number; to: number; lines: readonly string[] } {
  const [a, b] = [linesOf(before), linesOf(after)];
  const limit = Math.min(a.length, b.length);
  let head = 0;
  while (head < limit && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < limit - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  let [from, to] = [head, a.length - tail];
  const source = new SourceFile('', before);
  for (const { span } of layoutOf(before).statements) {
    const first = source.position(span.start).line - 1;
    const behind = source.position(Math.max(span.start, span.end - 1)).line;
    // An empty range between two statements touches neither.
    if (first < Math.max(to, from) && behind > from) {
      from = Math.min(from, first);
      to = Math.max(to, behind);
    }
  }
  return { from, to, lines: b.slice(from, b.length - (a.length - to)) };
}

function hunkFor(text: string, changes: readonly FieldChange[], remote: JsonObject): Hunk {
  const theirs = difference(
    text,
    changes.reduce((before, { field }) => setField(before, field, remote), text),
  );
  const known = changes.every((one) => one.last !== undefined);
  const last = known ? changes.reduce((before, { field, last: value }) => setField(before, field, { ...remote, [field]: value ?? null }), text) : undefined; // prettier-ignore
  const base = last === undefined ? undefined : difference(text, last);
  const sameLines = base !== undefined && base.from === theirs.from && base.to === theirs.to;
  return {
    fields: changes.map((one) => one.field),
    from: theirs.from,
    to: theirs.to,
    theirs: theirs.lines,
    ...(sameLines ? { last: base.lines } : {}),
  };
}

function withMarkers(text: string, changes: readonly FieldChange[], input: MergeInput): string {
  const crlf = text.includes('\r\n');
  const plain = crlf ? text.replaceAll('\r\n', '\n') : text;
  let hunks = changes.map((one) => hunkFor(plain, [one], input.remote)).sort((a, b) => a.from - b.from || a.to - b.to);
  if (hunks.some((one, index) => one.from < (hunks[index - 1]?.to ?? 0)))
    hunks = [hunkFor(plain, changes, input.remote)];
  const lines = linesOf(plain);
  const who = input.changed === undefined ? '' : `, changed by ${visibleLine(input.changed.by)} at ${visibleLine(input.changed.at)}`; // prettier-ignore
  for (const { fields, from, to, theirs, last } of hunks.toReversed()) {
    const name = fields.map((field) => `rule.${field}`).join(', ');
    lines.splice(
      from,
      to - from,
      `<<<<<<< ${name} in the repository`,
      ...lines.slice(from, to),
      ...(last === undefined ? [] : [`||||||| ${name} at the last apply`, ...last]),
      '=======',
      ...theirs,
      `>>>>>>> ${name} in ${visibleLine(input.space)}${who}`,
    );
  }
  const marked = lines.join('\n');
  return crlf ? marked.replaceAll('\n', '\r\n') : marked;
}
