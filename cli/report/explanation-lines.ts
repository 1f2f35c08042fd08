import type { Query, Scalar } from '../query/algebra/query.ts';
import { toDsl } from '../query/dsl/print.ts';
import { distance } from '../query/run/distance.ts';
import type { Explanation } from '../query/run/explanation.ts';
import type { Span } from '../text/span.ts';
import { displayWidth, visibleLine } from '../text/display.ts';
import type { Style } from './style.ts';

/** Columns of a predicate's text and of a value; what is longer is cut with an ellipsis. */
const TEXT = 68;
const VALUE = 60;

/** Columns up to which values and reasons are set under each other; longer texts push only their own line. */
const ALIGNED = { text: 64, value: 28 };

/** Predicates of one group that do not decide anything, at most; the others are counted. */
const SHOWN = 4;

/** Groups inside each other that are drawn; deeper ones are one line each. */
const DEPTH = 12;

/** Of a predicate that does not stand in the term it belongs to: the number of the stage that it was copied from. */
export type CopiedFrom = (span: Span) => number | undefined;

/** What the rows of one tree are made with. */
interface Reading {
  readonly source: string;
  readonly copiedFrom?: CopiedFrom;
}

interface Row {
  readonly depth: number;
  readonly held?: boolean;
  /** False: what holds here speaks against the match, since it stands under "not". */
  readonly wanted: boolean;
  readonly text: string;
  readonly value?: string;
  readonly reason?: string;
}

/** A predicate that begins with a field of its own: `process.* : x`, `?user.id in (…)`. */
const WITH_FIELD = /^[?\w.*@-]+\s*(?:[:=!<>]|like\b|in\b|regex\b)/;

const cut = (text: string, width: number): string => {
  const line = visibleLine(text.replace(/\s+/g, ' ').trim());
  if (line.length <= width) return line;
  const end = line.charCodeAt(width - 2) >= 0xd800 && line.charCodeAt(width - 2) < 0xdc00 ? width - 2 : width - 1;
  return `${line.slice(0, end)}…`;
};

/** A predicate as the query writes it; as Query DSL where it does not stand in the query, as for a filter of the rule. */
export function predicateText({ query }: Explanation, source: string, copiedFrom?: CopiedFrom): string {
  if (query.kind === 'match_all' && query.span === undefined) return 'every event';
  const written = query.span === undefined ? '' : source.slice(query.span.start, query.span.end);
  if (written === '') return cut(`filter ${filterText(query)}`, TEXT);
  if (query.span !== undefined && 'field' in query && copiedFrom?.(query.span) !== undefined)
    return cut(written.replace(FIRST_NAME, query.field), TEXT);
  // A category of EQL and a value in a list of KQL stand in the query without their field.
  const field = 'field' in query ? query.field : undefined;
  const bare = written.replaceAll('`', '').toLowerCase();
  const named = field === undefined || bare.includes(field.toLowerCase()) || WITH_FIELD.test(bare);
  return cut(named ? written : `${field}: ${written}`, TEXT);
}

/** The field that a predicate of EQL begins with. */
const FIRST_NAME = /^[?\w.@-]+/;

/** A filter as Kibana's filter bar shows it; what has no short form, as Query DSL. */
function filterText(query: Query): string {
  switch (query.kind) {
    case 'match_phrase':
    case 'match':
      return `${query.field}: ${shown(query.query)}`;
    case 'term':
      return `${query.field}: ${shown(query.value)}`;
    case 'exists':
      return `${query.field}: exists`;
    default:
      return JSON.stringify(toDsl(query));
  }
}

const shown = (value: Scalar): string => cut(typeof value === 'bigint' ? String(value) : JSON.stringify(value), VALUE);

function valueText(one: Explanation): string | undefined {
  if (one.actual === undefined || one.actual.length === 0) return undefined;
  return one.actual
    .map(({ field, values }) => {
      const list =
        values.slice(0, 6).map(shown).join(', ') + (values.length > 6 ? `, … ${values.length - 6} more` : '');
      const text = values.length === 0 ? 'absent' : values.length === 1 ? list : `[${list}]`;
      return one.actual?.length === 1 ? text : `${field} = ${text}`;
    })
    .join(', ');
}

/** The widest of those that keep to the limit. */
const widest = (widths: readonly number[], limit: number): number =>
  Math.max(0, ...widths.filter((one) => one <= limit));

/**
 * One line a predicate: whether it held, its text, the event's value and the nearest reason. Parts under "not" and "or"
 * stand below them; those that decide are all shown, the others only as far as they help.
 */
export function explanationLines(
  one: Explanation,
  source: string,
  indent: string,
  style: Style,
  copiedFrom?: CopiedFrom,
): readonly string[] {
  const rows = rowsOf(one, { source, ...(copiedFrom === undefined ? {} : { copiedFrom }) }, 0, true);
  const left = (row: Row): number => row.depth * 4 + displayWidth(row.text);
  const columns = widest(rows.filter((row) => row.value !== undefined).map(left), ALIGNED.text);
  const values = widest(
    rows.filter((row) => row.reason !== undefined).map((row) => displayWidth(row.value ?? '')),
    ALIGNED.value,
  );
  const { colour } = style;
  return rows.map((row) => {
    const mark =
      row.held === undefined ? ' ' : (row.held === row.wanted ? colour.green : colour.red)(row.held ? '✔' : '✘');
    const gap = ' '.repeat(Math.max(0, columns - left(row)));
    const value = row.value === undefined ? '' : `${gap}  ${colour.dim(row.value)}`;
    const space = ' '.repeat(Math.max(0, values - displayWidth(row.value ?? '')));
    const reason = row.reason === undefined ? '' : `${space}   ${colour.yellow(visibleLine(row.reason))}`;
    return `${indent}${'    '.repeat(row.depth)}${mark} ${row.text}${value}${reason}`.trimEnd();
  });
}

function rowsOf(one: Explanation, reading: Reading, depth: number, wanted: boolean): Row[] {
  const { query, children } = one;
  if (query.kind !== 'bool' || children.length === 0 || depth >= DEPTH) {
    const value = valueText(one);
    // What a filter or a nested group is made of stands below it.
    const inner = depth < DEPTH ? children.flatMap((child) => rowsOf(child, reading, depth + 1, wanted)) : [];
    return [
      {
        depth,
        wanted,
        held: one.held,
        text: predicateText(one, reading.source, reading.copiedFrom),
        ...(value === undefined ? {} : { value }),
        ...reasonOf(one, reading),
      },
      ...inner,
    ];
  }
  const negative = new Set(query.mustNot ?? []);
  const optional = new Set(query.should ?? []);
  const parts = (set: ReadonlySet<Query>): Explanation[] => children.filter((child) => set.has(child.query));
  const required = children.filter((child) => !negative.has(child.query) && !optional.has(child.query));
  const rows = required.flatMap((child) => rowsOf(child, reading, depth, wanted));
  const some = parts(optional);
  if (some.length === 1 && required.length === 0 && negative.size === 0)
    rows.push(...some.flatMap((child) => rowsOf(child, reading, depth, wanted)));
  else if (some.length > 0) {
    const held = some.some((child) => child.held);
    rows.push({ depth, wanted, held, text: 'any of' }, ...pruned(some, held, reading, depth + 1, wanted));
  }
  for (const child of parts(negative))
    rows.push(
      { depth, wanted, held: !child.held, text: 'not' },
      ...pruned(alternatives(child), child.held, reading, depth + 1, !wanted),
    );
  return rows;
}

/** The nearest reason, and where the predicate comes from if its own term does not have it. */
function reasonOf(one: Explanation, { copiedFrom }: Reading): { readonly reason?: string } {
  if (one.reason === undefined) return {};
  const stage = one.query.span === undefined ? undefined : copiedFrom?.(one.query.span);
  if (stage === undefined) return { reason: one.reason };
  return { reason: `${one.reason}; copied from [${stage}], since it is about the join key` };
}

/** The parts of an "or" that stands under a "not"; the part itself where it is none. */
function alternatives(one: Explanation): readonly Explanation[] {
  const { query, children } = one;
  const isOr = query.kind === 'bool' && (query.should?.length ?? 0) > 0 && query.should?.length === children.length;
  return isOr ? children : [one];
}

/** Of parts of which one is enough, those that hold if any does; else the first few, and how many more there are. */
function pruned(parts: readonly Explanation[], held: boolean, reading: Reading, depth: number, wanted: boolean): Row[] {
  if (held) return parts.filter((one) => one.held).flatMap((one) => partRows(one, reading, depth, wanted));
  const rows = byField(parts).map((group) => groupRows(group, reading, depth, wanted));
  const kept = rows.slice(0, rows.length <= SHOWN + 1 ? undefined : SHOWN);
  const left = rows.length - kept.length;
  return [...kept.flat(), ...(left === 0 ? [] : [{ depth, wanted, text: `… ${left} more that do not hold` }])];
}

/** One part of an "or" or a "not": what is and-ed in it stands together below "all of". */
function partRows(one: Explanation, reading: Reading, depth: number, wanted: boolean): Row[] {
  const { query, children } = one;
  if (query.kind !== 'bool' || children.length < 2 || query.should?.length === children.length)
    return rowsOf(one, reading, depth, wanted);
  return [{ depth, wanted, held: one.held, text: 'all of' }, ...rowsOf(one, reading, depth + 1, wanted)];
}

/** Parts that ask the same field, side by side, together: a list of values is one condition for whoever wrote it. */
function byField(parts: readonly Explanation[]): readonly (readonly Explanation[])[] {
  const groups: Explanation[][] = [];
  const fieldOf = ({ query, children }: Explanation): string | undefined =>
    'field' in query && children.length === 0 ? query.field : undefined;
  for (const part of parts) {
    const last = groups.at(-1);
    const before = last?.[0];
    const field = fieldOf(part);
    if (last !== undefined && before !== undefined && field !== undefined && fieldOf(before) === field) last.push(part);
    else groups.push([part]);
  }
  return groups;
}

/** Values of a list that are shown; the others are counted. */
const LISTED = 3;

function groupRows(group: readonly Explanation[], reading: Reading, depth: number, wanted: boolean): Row[] {
  const [first] = group;
  if (first === undefined || group.length <= LISTED)
    return group.flatMap((one) => partRows(one, reading, depth, wanted));
  const field = 'field' in first.query ? first.query.field : '';
  const [shownFirst = ''] = group.map((one) =>
    predicateText(one, reading.source, reading.copiedFrom).replace(`${field}: `, ''),
  );
  const value = valueText(first);
  // A near miss is worth more than the plain fact that no value fits.
  const near = group.find((one) => /differs in|close to/.test(one.reason ?? ''))?.reason;
  return [
    {
      depth,
      wanted,
      held: false,
      text: `${cut(`${field}: ${shownFirst}`, TEXT - 12)}, … ${group.length - 1} more`,
      ...(value === undefined ? {} : { value }),
      reason:
        near ?? (first.actual?.[0]?.values.length === 0 ? (first.reason ?? 'none of them fits') : 'none of them fits'),
    },
  ];
}

/** If one predicate alone keeps an event from matching: that predicate, or the alternatives of which one would do. */
export function oneAway(explanation: Explanation, source: string): readonly string[] {
  if (explanation.held || distance(explanation) !== 1) return [];
  return [...new Set(candidates(explanation, true).map((one) => predicateText(one, source)))];
}

function candidates(one: Explanation, wanted: boolean): readonly Explanation[] {
  if (one.held === wanted) return [];
  if (one.children.length === 0 || one.query.kind !== 'bool') return [one];
  const negative = new Set(one.query.mustNot ?? []);
  return one.children.flatMap((child) => {
    const want = negative.has(child.query) ? !wanted : wanted;
    return distance(child, want) === 1 ? candidates(child, want) : [];
  });
}
