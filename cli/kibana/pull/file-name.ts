import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';

/** Names that Windows keeps for devices, and files of ours that are no rules. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|dac|pyproject)$/;

/** File systems take 255 bytes; a suite and its fixtures get longer paths from the same name. */
const LONGEST = 100;

/** Systems by the tag that names them. */
const SYSTEMS: Readonly<Record<string, string>> = {
  'OS: Linux': 'linux',
  'OS: Windows': 'windows',
  'OS: macOS': 'macos',
};

/** Packages of agents: they say nothing about the platform. */
const AGENTS = new Set(['endpoint', 'system', 'auditd_manager', 'windows', 'fim']);

/**
 * Lower-case words with `_` between them: letters a to z, digits and `_` alone, so that no name from Kibana can leave its folder,
 * hide itself or clash on a file system that ignores case.
 */
export const snake = (text: string): string =>
  text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/[^a-z0-9_]+/g, '_').slice(0, LONGEST).replace(/^_+|_+$/g, ''); // prettier-ignore

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((one) => isJsonObject(one)) : [];

const textOf = (object: JsonObject, key: string): string => {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
};

/** Folder for a rule: its system if it is for one, else the package that its events come from, else `imported`. */
function platformOf(rule: JsonObject): string {
  const tags = own(rule, 'tags');
  const systems = Array.isArray(tags)
    ? (tags as readonly Json[]).flatMap((tag) => (typeof tag === 'string' && Object.hasOwn(SYSTEMS, tag) ? [SYSTEMS[tag] ?? ''] : []))
    : []; // prettier-ignore
  const [system, ...more] = new Set(systems);
  if (system !== undefined && more.length === 0) return system;
  const packages = new Set(objects(own(rule, 'related_integrations')).map((one) => snake(textOf(one, 'package'))));
  const [name, ...others] = [...packages].filter((one) => one !== '' && !AGENTS.has(one) && !RESERVED.test(one));
  return name !== undefined && others.length === 0 && packages.size === 1 ? name : 'imported';
}

/** Name without the ending: primary tactic and name of the rule; its id where the name has no letter of ours. */
function stemOf(rule: JsonObject): string {
  const [first] = objects(own(rule, 'threat'));
  const tactic = first === undefined ? undefined : own(first, 'tactic');
  const parts = [isJsonObject(tactic) ? snake(textOf(tactic, 'name')) : '', snake(textOf(rule, 'name')) || snake(textOf(rule, 'rule_id'))]; // prettier-ignore
  const stem = snake(parts.filter((part) => part !== '').join('_')) || 'rule';
  return RESERVED.test(stem) ? `rule_${stem}` : stem;
}

/** The first of `stem`, `stem_more`, `stem_more_2` … that is not taken. `taken` holds lower-case paths and gets the answer. */
function free(folder: string, stem: string, more: string, taken: Set<string>): string {
  for (let count = 0; ; count++) {
    const suffix = [...(count === 0 || more === '' ? [] : [more]), ...(count < 2 ? (count === 1 && more === '' ? ['2'] : []) : [String(count)])]; // prettier-ignore
    const path = `${folder}/${[stem, ...suffix].join('_')}.toml`;
    if (taken.has(path.toLowerCase())) continue;
    taken.add(path.toLowerCase());
    return path;
  }
}

/**
 * Path for a rule that has no file, below the folder of the rules. `taken` holds the lower-case paths that are there, folders of
 * suites without their ending included; the answer is added to it.
 */
export const rulePath = (root: string, rule: JsonObject, taken: Set<string>): string =>
  free(`${root}/${platformOf(rule)}`, stemOf(rule), snake(textOf(rule, 'rule_id').slice(0, 8)), taken);

/** Path for an exception list that has no file. */
export function exceptionPath(root: string, listId: string, taken: Set<string>): string {
  const stem = snake(listId) || 'list';
  return free(root, RESERVED.test(stem) ? `list_${stem}` : stem, '', taken);
}
