import type { Entry, Kind, Plan } from '../kibana/plan/plan.ts';
import { visibleLine } from '../text/display.ts';
import { own } from '../text/json.ts';
import { differenceLines, sidesLines } from './plan-fields.ts';
import type { Style } from './style.ts';
import { plural, thousands } from './words.ts';

export const SYMBOLS: Readonly<Record<Entry['action'], string>> = {
  create: '+',
  change: '~',
  delete: '-',
  conflict: '!',
  foreign: '?',
};

const WORDS: Readonly<Record<Kind, string>> = {
  rule: 'rule',
  exceptionList: 'exception list',
  exceptionItem: 'exception item',
  valueList: 'value list',
  connector: 'connector',
};

const ID: Readonly<Record<Kind, string>> = {
  rule: 'rule_id',
  exceptionList: 'list_id',
  exceptionItem: 'item_id',
  valueList: 'id',
  connector: 'id',
};

/** `2 days ago`, from two instants in epoch milliseconds; coarse on purpose. */
export function ago(at: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(at)) / 1000);
  if (Number.isNaN(seconds)) return `at ${visibleLine(at)}`;
  if (seconds < 90) return 'just now';
  const steps: readonly (readonly [number, string])[] = [[86_400, 'day'], [3600, 'hour'], [60, 'minute']]; // prettier-ignore
  const [size, word] = steps.find(([one]) => seconds >= one * 2 || (one === 60 && seconds >= 60)) ?? [60, 'minute'];
  return `${plural(Math.floor(seconds / size), word)} ago`;
}

/** How an entry is named: by its file, and what in the file; a delete by its name and id. */
export function entryName({ kind, path, name, id }: Entry): string {
  const quoted = `"${visibleLine(name)}"`;
  const inSpace = kind === 'rule' ? `${quoted} (${ID[kind]} ${visibleLine(id)})` : `${WORDS[kind]} ${quoted} (${ID[kind]} ${visibleLine(id)})`; // prettier-ignore
  if (path === undefined) return inSpace;
  return kind === 'rule' ? visibleLine(path) : `${visibleLine(path)} ${WORDS[kind]} ${quoted}`;
}

const who = ({ changed }: Entry, now: number): string =>
  changed === undefined ? '' : ` by ${visibleLine(changed.by)} ${ago(changed.at, now)}`;

/** Which secrets go to Kibana, by their names. */
const secretWords = ({ secrets = [] }: Entry, words: string): readonly string[] =>
  secrets.length === 0 ? [] : [`${words} its ${secrets.length === 1 ? 'secret' : 'secrets'} ${secrets.map(visibleLine).join(' and ')}`]; // prettier-ignore

/** What is to be done, in words. */
export function entryVerdict(entry: Entry, now: number): string {
  const { action, kind, document, version, recreate, fields, prebuilt, gone, released, unapplied, halfway } = entry;
  switch (action) {
    case 'create': {
      const how =
        kind === 'valueList'
          ? `create, ${plural(entry.values?.add.length ?? 0, 'value')}`
          : kind === 'connector'
            ? ['create', ...secretWords(entry, 'with')].join(', ')
            : kind === 'rule'
              ? `create, ${document !== undefined && own(document, 'enabled') === true ? 'enabled' : 'disabled'}`
              : 'create';
      if (halfway === true) return `${how}; a run that was ended had deleted it, to change its type`;
      return gone === true ? `${how}; it was deleted in Kibana since the last apply` : how;
    }
    case 'change': {
      const parts = [
        ...(version?.from !== undefined && version.to !== undefined && version.from !== version.to
          ? [`${version.from} -> ${version.to}`]
          : []),
        ...(kind === 'connector' ? secretWords(entry, 'sends again') : []),
        ...(recreate === true && kind === 'rule' ? ['its type changes: deleted and made again'] : []),
        ...(halfway === true ? ['a run that was ended had not finished it'] : []),
        ...(fields.length === 0 && halfway !== true && kind !== 'connector'
          ? ['the same; only the record of the last apply is put back']
          : []),
      ];
      return parts.join(', ');
    }
    case 'conflict':
      return fields.some((one) => one.changedIn === 'unknown')
        ? `differs, and what was applied last is not known; saved in Kibana${who(entry, now)}`
        : `changed in Kibana${who(entry, now)}`;
    case 'delete':
      return fields.length === 0 ? 'left the repository' : `left the repository; changed in Kibana${who(entry, now)}`;
    case 'foreign':
      if (kind === 'connector') return 'another one of that name is there; used, and left alone';
      if (unapplied === true)
        return `has our mark, and was never applied: a copy made in Kibana? Left alone; saved there${who(entry, now)}`;
      if (released === true) return `our mark was taken off in Kibana; left alone; saved there${who(entry, now)}`;
      return prebuilt === true
        ? "is one of Elastic's own rules here; left alone"
        : 'is there without our mark; left alone';
  }
}

/** Values that a list gets and loses. */
function valueLines({ values }: Entry, style: Style): readonly string[] {
  if (values === undefined) return [];
  return differenceLines('values', values.remove, values.add, style);
}

/** The members that differ. */
export function fieldLines(entry: Entry, style: Style): readonly string[] {
  const { action, kind, fields } = entry;
  if (action === 'create' || action === 'foreign') return [];
  if (action === 'delete') return fields.map((one) => `${visibleLine(one.field)} was changed`);
  return fields.flatMap((one) => {
    if (action === 'conflict' && one.changedIn !== 'repository') return sidesLines(one, style);
    if (kind === 'valueList' && one.field === 'values') return valueLines(entry, style);
    return differenceLines(one.field, one.space, one.desired, style);
  });
}

/** The environment of DAC_KIBANA_URL, which nobody has given a name. */
const NAMELESS = 'default';

/** `environment prod, space "soc" at kibana.example.org (9.3.1), 812 rules managed, 3 not ours` */
export function planHeadline({ environment, target, rules }: Pick<Plan, 'environment' | 'target' | 'rules'>): string {
  const named = environment === NAMELESS ? '' : `environment ${visibleLine(environment)}, `;
  const version = target.version === undefined ? '' : ` (${visibleLine(target.version)})`;
  const host = target.url.replace(/^https?:\/\//, '');
  return `${named}space "${visibleLine(target.space)}" at ${visibleLine(host)}${version}, ${plural(rules.ours, 'rule')} managed, ${thousands(rules.notOurs)} not ours`;
}

/** `Plan: 1 to create, 1 to change, 1 to delete, 1 conflict.` */
export function planSentence({ totals }: Plan): string {
  const n = thousands;
  const conflicts = totals.conflict === 0 ? '' : `, ${plural(totals.conflict, 'conflict')}`;
  const foreign = totals.foreign === 0 ? '' : `, ${n(totals.foreign)} not ours`;
  return `Plan: ${n(totals.create)} to create, ${n(totals.change)} to change, ${n(totals.delete)} to delete${conflicts}${foreign}, ${n(totals.unchanged)} unchanged.`;
}
