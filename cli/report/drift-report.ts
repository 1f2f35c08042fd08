import type { Drift, DriftItem } from '../kibana/drift/drift.ts';
import type { FieldChange, Kind } from '../kibana/plan/plan.ts';
import { visibleLine } from '../text/display.ts';
import { differenceLines } from './plan-fields.ts';
import { plainText } from './markdown.ts';
import { planHeadline } from './plan-lines.ts';
import { styleOf, type Drawing, type Style } from './style.ts';
import { plural } from './words.ts';
import { withoutCommands } from './workflow-commands.ts';

const WORDS: Readonly<Record<Kind, string>> = {
  rule: 'rule',
  exceptionList: 'exception list',
  exceptionItem: 'exception item',
  valueList: 'value list',
  connector: 'connector',
};

const SIGN = { changed: '~', deleted: '-', released: '?', added: '+' } as const;

const what = ({ kind, name, parent }: DriftItem): string =>
  `${WORDS[kind]} "${visibleLine(name)}"${parent === undefined ? '' : ` of ${visibleLine(parent)}`}`;

function how({ state, changed }: DriftItem): string {
  const who = changed === undefined || changed.by === '' ? '' : ` by ${visibleLine(changed.by)}`;
  const when = changed === undefined ? '' : ` at ${visibleLine(changed.at)}`;
  if (state === 'deleted') return 'deleted in Kibana since the last apply';
  if (state === 'released') return `without our mark, so that dac leaves it alone; saved${who}${when}`;
  return `${state}${who}${when}`;
}

/** What a field was and is, and what the repository has meanwhile, if that is a third thing. */
function fieldLines({ field, last, desired, space, changedIn }: FieldChange, style: Style): readonly string[] {
  const [first = '', ...more] = differenceLines(field, last ?? desired, space, style);
  if (changedIn === 'unknown' && last === undefined)
    return [`${first}   (repository -> space; the last apply is not known)`, ...more];
  if (changedIn !== 'both') return [first, ...more];
  if (last === undefined) return [`${first}   (repository -> space; the repository has changed it too)`, ...more];
  return [first, ...more, ...differenceLines(field, last, desired, style).map((line) => `in the repository: ${line}`)];
}

/** The last line: how much of what. */
export function driftSummary({ totals, pending }: Drift): string {
  const { changed, deleted, released, added } = totals;
  const waiting =
    pending === 0
      ? ''
      : ` ${plural(pending, 'change')} of the repository ${pending === 1 ? 'is' : 'are'} not applied yet.`;
  if (changed + deleted + released + added === 0) return `No drift.${waiting}`;
  const without = released === 0 ? '' : `, ${released} without our mark`;
  return `Drift: ${changed} changed, ${deleted} deleted, ${added} added${without}.${waiting}`;
}

/** For people: a block for each thing, its fields below it. */
export function driftText(drift: Drift, drawing: Drawing): string {
  const style = styleOf(drawing);
  const { colour } = style;
  const paint = { changed: colour.yellow, deleted: colour.red, released: colour.red, added: colour.green };
  const blocks = drift.items.map((item) => {
    return [
      `${paint[item.state](SIGN[item.state])} ${item.path === undefined ? what(item) : visibleLine(item.path)}   ${how(item)}`,
      ...(item.path === undefined ? [] : [colour.dim(`    ${what(item)}`)]),
      ...item.fields.flatMap((one) => fieldLines(one, style)).map((line) => `    ${line}`),
    ].join('\n');
  });
  return withoutCommands([planHeadline(drift), '', ...blocks, ...(blocks.length === 0 ? [] : ['']), driftSummary(drift), ''].join('\n')); // prettier-ignore
}

export const driftJson = (drift: Drift): string => `${JSON.stringify(drift, null, 2)}\n`;

/** A comment holds 65,536 characters. */
const LENGTH = 58_000;
/** By this a workflow finds its own comment and replaces it. */
const MARKER = '<!-- dac-drift -->';

/** For an issue or a job summary: the verdict, then one row for each field that differs. */
export function driftMarkdown(drift: Drift): string {
  const style = styleOf({ colour: false });
  const rows = drift.items.flatMap((item) => {
    const first = `${plainText(item.path ?? what(item))}<br>${plainText(how(item))}`;
    return item.fields.length === 0
      ? [`| ${first} | | |`]
      : item.fields.map(
          (one, index) =>
            `| ${index === 0 ? first : ''} | ${plainText(one.field)} | ${fieldLines(one, style).map(plainText).join('<br>')} |`,
        );
  });
  const head = [`**${driftSummary(drift)}**`, MARKER, '', plainText(planHeadline(drift))];
  if (rows.length === 0) return `${head.join('\n')}\n`;
  let used = head.join('\n').length + 200;
  const end = rows.findIndex((row) => (used += row.length + 1) > LENGTH);
  const shown = end < 0 ? rows : rows.slice(0, end);
  const left = rows.length - shown.length;
  return [
    ...head,
    '',
    '| what, by whom | member | then and now |',
    '| --- | --- | --- |',
    ...shown,
    ...(left === 0 ? [] : ['', `${plural(left, 'more row')} left out.`]),
    '',
  ].join('\n');
}
