import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findExceptionItems, getExceptionList } from '../kibana/client/exception-api.ts';
import { getRule } from '../kibana/client/api.ts';
import { readDataView, type DataView } from '../kibana/client/preview-api.ts';
import type { Transport } from '../kibana/client/transport.ts';
import { getValueList, hasValueListIndex, readValues } from '../kibana/client/value-list-api.ts';
import { wantedRules } from '../kibana/desired/rules.ts';
import { valueListsOf, type ListedItem, type ListValues } from '../engine/exceptions.ts';
import type { Rule, RuleFile } from '../rule/rule.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Config } from './configuration.ts';
import type { Host } from './host.ts';
import type { Remote } from './kibana-remote.ts';
import { selectOne, selectRules } from './selection.ts';
import { overridesOf } from './wanted-state.ts';

/** The rule that is previewed, as the file, the environment and the space have it. */
export interface PreviewSubject {
  readonly file: RuleFile;
  /** With the values that the environment sets. */
  readonly rule: Rule;
  /** Body of a create, as publishing would send it, without actions. */
  readonly document: JsonObject;
  readonly items: readonly ListedItem[];
  /** The value lists that the items ask, by id. */
  readonly valueLists: ReadonlyMap<string, ListValues>;
  /** Of a rule with a data view; undefined: the space has none of that id. */
  readonly dataView: DataView | undefined;
}

/** The one rule that an argument names: its file, its rule_id or its name. Throws a KnownError. */
export async function selectNamed(
  host: Host,
  written: string,
  config: Config,
): Promise<{ readonly file: RuleFile; readonly rule: Rule }> {
  const path = written.replace(/:\d+(?::\d+)?$/, '');
  if (written === '-' || /[/\\]|\.toml$/.test(path) || existsSync(resolve(host.cwd, path)))
    return await selectOne(host, written, config);
  const { files } = await selectRules(host, [], config, { rule: [written], allowEmpty: true });
  if (files.length === 0) throw await unknownRule(host, written, config);
  const [file, ...others] = files;
  if (others.length > 0)
    throw new KnownError(`${files.length} rules fit ${written}`, {
      help: `name the file of one: ${files.slice(0, 3).map((one) => one.path).join(', ')}`,
    }); // prettier-ignore
  if (file?.rule === undefined) throw new KnownError(`${written} is no rule`, { help: 'dac lint says what is wrong' });
  return { file, rule: file.rule };
}

/** That no rule has the name, and which one was meant. */
async function unknownRule(host: Host, written: string, config: Config): Promise<KnownError> {
  const { files } = await selectRules(host, [], config, { allowEmpty: true });
  const names = files.flatMap(({ rule }) => (rule === undefined ? [] : [rule.body.name, rule.body.rule_id]));
  return new KnownError(`no rule of the repository is called ${written}${didYouMean(written, names)}`, {
    help: 'give the file of a rule, its rule_id, or its name, in which * is any run of characters',
  });
}

/** Members of the engine's rule that an environment can set. */
const SET = ['interval', 'from', 'index', 'max_signals'] as const;

/** Connectors are nobody's business here: a preview starts no action. */
const NOT_SENT = ['actions', 'response_actions', 'enabled'];

const textOf = (object: JsonObject, key: string): string => {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
};

/** Reads what the preview of a rule depends on in the space. */
export async function previewSubject(
  host: Host,
  config: Config,
  remote: Remote,
  selected: { readonly file: RuleFile; readonly rule: Rule },
): Promise<PreviewSubject> {
  const { file } = selected;
  const { transport, environment } = remote;
  const overrides = overridesOf(environment, host, config);
  const { rules, findings } = wantedRules([file], { overrides, marker: config.marker });
  const [wanted] = rules;
  const fault = findings.find((one) => one.severity === 'error' && one.id !== 'publish/connector');
  if (wanted === undefined || fault !== undefined)
    throw new KnownError(fault?.message ?? `${file.path} is no rule`, { place: { path: file.path } });
  const sent = Object.fromEntries(Object.entries(wanted.document).filter(([key]) => !NOT_SENT.includes(key)));
  const { references, items } = await exceptionsOf(transport, wanted.ruleId, sent);
  const document: JsonObject = { ...sent, ...(references.length === 0 ? {} : { exceptions_list: references }) };
  const set = Object.fromEntries(SET.flatMap((key) => (Object.hasOwn(document, key) ? [[key, document[key]]] : [])));
  const view = textOf(document, 'data_view_id');
  return {
    file,
    rule: { ...selected.rule, body: { ...selected.rule.body, ...set } },
    document,
    items,
    valueLists: await valueListsFor(transport, items),
    dataView: view === '' ? undefined : await readDataView(transport, view),
  };
}

/** The list of Elastic Defend: its id is its list_id, and the engine never applies it. */
const ENDPOINT_LIST = 'endpoint_list';

/**
 * The exception lists of the file, or where it says nothing those that the rule has in the space, each with its id there, and
 * their items.
 */
async function exceptionsOf(
  transport: Transport,
  ruleId: string,
  document: JsonObject,
): Promise<{ readonly references: readonly Json[]; readonly items: readonly ListedItem[] }> {
  const written = own(document, 'exceptions_list') ?? own((await getRule(transport, { rule_id: ruleId })) ?? {}, 'exceptions_list');
  const references: Json[] = [];
  const items: ListedItem[] = [];
  for (const reference of elements(written).filter(isJsonObject)) {
    const list_id = textOf(reference, 'list_id');
    if (list_id === ENDPOINT_LIST) {
      references.push({ ...reference, id: ENDPOINT_LIST });
      continue;
    }
    const namespace_type = own(reference, 'namespace_type') === 'agnostic' ? 'agnostic' : 'single';
    const list = await getExceptionList(transport, { list_id, namespace_type });
    if (list === undefined)
      throw new KnownError(`exception list "${list_id}" is not in the space`, {
        why: 'the rule refers to it, and every run would fail',
        help: `publish it first (dac push), or take the reference out of the rule`,
      });
    references.push({ ...reference, id: textOf(list, 'id') });
    const found = await findExceptionItems(transport, { list_id, namespace_type });
    items.push(...found.map((item) => ({ listId: list_id, item })));
  }
  return { references, items };
} // prettier-ignore

/** The value lists that items ask, as the space has them; one that it has not is left out. */
async function valueListsFor(
  transport: Transport,
  items: readonly ListedItem[],
): Promise<ReadonlyMap<string, ListValues>> {
  const found = new Map<string, ListValues>();
  const ids = new Set(items.flatMap(({ item }) => valueListsOf(item)));
  if (ids.size === 0 || !(await hasValueListIndex(transport))) return found;
  for (const id of ids) {
    const list = await getValueList(transport, id);
    if (list !== undefined) found.set(id, { type: textOf(list, 'type'), values: await readValues(transport, id) });
  }
  return found;
}
