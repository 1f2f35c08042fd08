import { basename } from 'node:path';
import type { ExceptionFile } from '../../rule/exceptions.ts';
import type { Finding } from '../../text/diagnostic.ts';
import { isJsonObject, own, type Json } from '../../text/json.ts';
import { span } from '../../text/span.ts';
import { didYouMean } from '../../text/suggest.ts';
import { canonicalValue, valueFault } from '../normalise/values.ts';
import { STATE_LIST } from '../state/list.ts';
import { listIdFault } from './ids.ts';
import type { DesiredList, DesiredRule, DesiredValueList } from './desired.ts';

const finding = (path: string, id: string, message: string, why: string, help: string): Finding => ({
  id,
  severity: 'error',
  message,
  span: span(0, 0),
  path,
  why,
  help,
});

/** What the files of exception lists say. */
export function wantedLists(files: readonly ExceptionFile[]): {
  readonly lists: readonly DesiredList[];
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const lists: DesiredList[] = [];
  const seen = new Map<string, string>();
  const once = (what: string, id: string, path: string, namespace: DesiredList['namespace']): boolean => {
    const fault = listIdFault(id);
    if (fault !== undefined) {
      findings.push(
        finding(path, 'publish/list-id', `the ${what} ${id} ${fault}`, 'Kibana looks for it by a search that is parted there, and does not find it again', 'give it an id of letters, digits, _, - and .'), // prettier-ignore
      );
      return false;
    }
    const key = `${namespace} ${what} ${id}`;
    const other = seen.get(key);
    seen.set(key, path);
    if (other !== undefined)
      findings.push(
        finding(path, 'publish/same-id', `${other} has the same ${what} ${id}`, 'one of the two would overwrite the other', 'give one of them another id'), // prettier-ignore
      );
    return other === undefined;
  };
  for (const file of files) {
    findings.push(...[...file.problems, ...file.unpublishable].map((one) => ({ ...one, path: file.path })));
    for (const { listId, namespace, document, items } of file.lists) {
      if (listId === STATE_LIST)
        findings.push(
          finding(file.path, 'publish/same-id', `the list_id ${STATE_LIST} is taken`, 'dac keeps what it remembers of a space in a list of this name', 'give the list another list_id'), // prettier-ignore
        );
      if (!once('list_id', listId, file.path, namespace)) continue;
      const own = items.filter((item) => once('item_id', item.itemId, file.path, namespace));
      lists.push({ listId, namespace, path: file.path, document, items: own });
    }
  }
  return { lists, findings };
}

/** Types that a value list can have (kibana: kbn-securitysolution-io-ts-list-types, type). */
const TYPES = [
  'binary', 'boolean', 'byte', 'date', 'date_nanos', 'date_range', 'double', 'double_range', 'float', 'float_range', 'geo_point',
  'geo_shape', 'half_float', 'integer', 'integer_range', 'ip', 'ip_range', 'keyword', 'long', 'long_range', 'shape', 'short', 'text',
]; // prettier-ignore

/** Kibana refuses larger ones (xpack.lists.maxImportPayloadBytes). */
const MAX_BYTES = 9_000_000;

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What the files of value lists say: `<id>.<type>.txt`, one value a line. */
export function wantedValueLists(files: readonly TextFile[]): {
  readonly lists: readonly DesiredValueList[];
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const lists: DesiredValueList[] = [];
  const seen = new Map<string, string>();
  for (const { path, text } of files) {
    const [, id = '', type = ''] = /^(.+)\.([a-z_]+)\.txt$/.exec(basename(path)) ?? [];
    const fault = (message: string, why: string, help: string): void =>
      void findings.push(finding(path, 'publish/value-list', message, why, help));
    const other = seen.get(id);
    if (id === '')
      fault('the name of this file does not say which list it is', 'a list needs its id and its type', 'call it <id>.<type>.txt, such as ci-hosts.keyword.txt'); // prettier-ignore
    else if (!TYPES.includes(type))
      fault(`there is no type ${type} of value lists${didYouMean(type, TYPES)}`, 'Kibana would refuse it', 'ip, ip_range, keyword and text are the usual ones'); // prettier-ignore
    else if (other !== undefined)
      fault(`${other} is the same list ${id}`, 'a list has one type', 'take one of them out');
    else if (Buffer.byteLength(text) > MAX_BYTES)
      fault('the list is larger than 9,000,000 bytes', 'Kibana refuses such an import', 'split it into several lists');
    else {
      findings.push(...valueFaults(path, type, text));
      lists.push({ id, type, path, values: valuesOf(type, text) });
    }
    if (id !== '') seen.set(id, path);
  }
  return { lists, findings };
}

const valuesOf = (type: string, text: string): readonly string[] =>
  [...new Set(linesOf(text).map(({ value }) => canonicalValue(type, value)))].sort();

/** Faults of values that are told one by one. */
const TOLD = 10;

/** Values that the list would not keep. */
function valueFaults(path: string, type: string, text: string): readonly Finding[] {
  const faults = linesOf(text).flatMap(({ value, start }) => {
    const fault = valueFault(type, value);
    return fault === undefined ? [] : [{ fault, at: span(start, start + value.length) }];
  });
  return faults.slice(0, TOLD).map(({ fault, at }, index) => ({
    id: 'publish/value-list',
    severity: 'error',
    message: `this value ${fault}${index === TOLD - 1 && faults.length > TOLD ? ` (and ${faults.length - TOLD} more values)` : ''}`,
    span: at,
    path,
    why: `Kibana drops it from a list of type ${type} without a word, and what it is to except is not excepted`,
    help: 'correct the value, or give the list another type',
  }));
}

/** Lines that hold a value, without the blanks around it, and where it starts. */
function linesOf(text: string): readonly { readonly value: string; readonly start: number }[] {
  return [...text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) => {
    const value = line.replace(/^\ufeff/, '').trim();
    return value === '' ? [] : [{ value, start: index + line.indexOf(value) }];
  });
}

interface Reference {
  readonly listId: string;
  readonly type: string;
}

/** Exception lists that a rule refers to. */
export const listsOf = (rule: DesiredRule): readonly Reference[] => {
  const value = own(rule.document, 'exceptions_list');
  return (Array.isArray(value) ? (value as readonly Json[]) : []).flatMap((one) => {
    const listId = isJsonObject(one) ? own(one, 'list_id') : undefined;
    const type = isJsonObject(one) ? own(one, 'type') : undefined;
    return typeof listId === 'string' ? [{ listId, type: typeof type === 'string' ? type : 'detection' }] : [];
  });
};

/** References that Kibana refuses on the way: two lists of the rule's own kind, or one that two rules share. */
export function referenceFaults(rules: readonly DesiredRule[]): readonly Finding[] {
  const owner = new Map<string, DesiredRule>();
  return rules.flatMap((rule) => {
    const defaults = listsOf(rule).filter(({ type }) => type === 'rule_default');
    const [first, second] = defaults;
    if (first === undefined) return [];
    if (second !== undefined)
      return [finding(rule.path, 'publish/default-list', `the rule has two lists of type rule_default, ${first.listId} and ${second.listId}`, 'Kibana answers 500 and stores nothing', 'make one of them a list of type detection')]; // prettier-ignore
    const other = owner.get(first.listId);
    owner.set(first.listId, rule);
    if (other === undefined) return [];
    return [finding(rule.path, 'publish/default-list', `${other.path} has the same list ${first.listId} of type rule_default`, 'such a list belongs to one rule: Kibana answers 409', 'make it a list of type detection')]; // prettier-ignore
  });
}
