import type { FieldChange } from '../kibana/plan/plan.ts';
import { visibleLine } from '../text/display.ts';
import { isJsonObject, own, type Json } from '../text/json.ts';
import type { Style } from './style.ts';
import { plural } from './words.ts';
import { wordDiff, wordDiffLine } from './word-diff.ts';

const LONGEST = 160;
const MOST_LINES = 12;

/** A value on one line, cut where it is long, with everything hidden in it written out. */
export function valueText(value: Json): string {
  if (value === null) return '(none)';
  const text = visibleLine(JSON.stringify(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

const isScalar = (value: Json): boolean => value === null || typeof value !== 'object';
const scalars = (value: Json): readonly Json[] | undefined => {
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const list = value as readonly Json[];
  return list.every(isScalar) ? list : undefined;
};

/** `before -> after` in as many lines as it needs: words of texts, entries of lists, members of tables by their path. */
export function differenceLines(path: string, before: Json, after: Json, style: Style): readonly string[] {
  const { colour } = style;
  const label = visibleLine(path);
  if (typeof before === 'string' && typeof after === 'string' && (before.length > 60 || after.length > 60)) {
    const pieces = wordDiff(before, after);
    const line = pieces === undefined ? undefined : wordDiffLine(pieces, { added: colour.green, removed: colour.red });
    if (line !== undefined) return [`${label}   ${line}`];
    return [
      `${label}   another text: ${plural(before.length, 'character')} before, ${plural(after.length, 'character')} now`,
    ];
  }
  const [old, fresh] = [scalars(before), scalars(after)];
  if (old !== undefined && fresh !== undefined && (Array.isArray(before) || Array.isArray(after)))
    return listLines(label, old, fresh, style);
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => inner(`${path}.${key}`, own(before, key) ?? null, own(after, key) ?? null, style));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const [a, b] = [before as readonly Json[], after as readonly Json[]];
    return Array.from({ length: Math.max(a.length, b.length) }, (_, at) =>
      inner(`${path}[${at}]`, a[at] ?? null, b[at] ?? null, style),
    ).flat();
  }
  return [`${label}: ${colour.red(valueText(before))} -> ${colour.green(valueText(after))}`];
}

const inner = (path: string, before: Json, after: Json, style: Style): readonly string[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : differenceLines(path, before, after, style);

function listLines(
  label: string,
  before: readonly Json[],
  after: readonly Json[],
  { colour }: Style,
): readonly string[] {
  const [old, fresh] = [new Set(before), new Set(after)];
  const changes = [
    ...before.filter((one) => !fresh.has(one)).map((one) => colour.red(`- ${valueText(one)}`)),
    ...after.filter((one) => !old.has(one)).map((one) => colour.green(`+ ${valueText(one)}`)),
  ];
  if (changes.length === 0) return [`${label}   the same entries in another order`];
  const shown = changes.slice(0, MOST_LINES);
  const left = changes.length - shown.length;
  return [`${label}   ${shown.join(', ')}${left === 0 ? '' : `, … ${left} more`}`];
}

/** The sides of a member that was changed in Kibana: what the repository has, what the space has, what was applied last. */
export function sidesLines(change: FieldChange, style: Style): readonly string[] {
  const { field, desired, space, last, changedIn } = change;
  const long = [desired, space].some((one) => (typeof one === 'string' ? one.length > 60 : !isScalar(one)));
  if (!long) {
    const third =
      last !== undefined
        ? `   last applied ${valueText(last)}`
        : changedIn === 'unknown'
          ? '   last applied unknown'
          : '   last applied something else';
    return [`${visibleLine(field)}   repo ${valueText(desired)}   space ${valueText(space)}${third}`];
  }
  const side = (name: string, lines: readonly string[]): readonly string[] => lines.map((line) => `${name} ${line}`);
  switch (changedIn) {
    case 'space':
      return side('in Kibana:', differenceLines(field, last ?? desired, space, style));
    case 'repository':
      return side('in the repository:', differenceLines(field, space, desired, style));
    case 'both':
      return last === undefined
        ? side('space to repository, both changed it:', differenceLines(field, space, desired, style))
        : [
            ...side('in Kibana:', differenceLines(field, last, space, style)),
            ...side('in the repository:', differenceLines(field, last, desired, style)),
          ];
    case 'unknown':
      return side('space to repository, last applied unknown:', differenceLines(field, space, desired, style));
  }
}
