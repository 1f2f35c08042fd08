import { dayOf, draftDocument } from '../../rule/file-form.ts';
import { loadRuleFile } from '../../rule/load.ts';
import { setValue } from '../../rule/toml/set.ts';
import { writeToml } from '../../rule/toml/write.ts';
import { visibleLine } from '../../text/display.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { COMPUTED, isKnownType, unknownMembers } from '../normalise/known.ts';
import type { Entry } from '../plan/plan.ts';
import { rulePath } from './file-name.ts';
import { againstCommit, mergeRule } from './merge-rule.ts';
import type { FileChange, PullOptions, Skipped } from './pull.ts';

/** Members that never go into a file: computed ones, and `meta`, which the UI and we write. */
const NOT_IN_FILES = [...COMPUTED, 'meta'];

const textOf = (object: JsonObject, key: string): string => {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
};

/** The rule without our mark, which is in no file. */
function withoutMark(rule: JsonObject, marker: string): JsonObject {
  const tags = own(rule, 'tags');
  return Array.isArray(tags) ? { ...rule, tags: (tags as readonly Json[]).filter((tag) => tag !== marker) } : rule;
}

/** A customised rule of Elastic's own, one that is not, or a rule of somebody else. */
function prebuilt(rule: JsonObject): 'no' | 'as delivered' | 'customised' {
  const source = own(rule, 'rule_source');
  if (isJsonObject(source) && own(source, 'type') === 'external')
    return own(source, 'is_customized') === true ? 'customised' : 'as delivered';
  return own(rule, 'immutable') === true ? 'as delivered' : 'no';
}

const hasTag = (rule: JsonObject, tag: string): boolean => {
  const tags = own(rule, 'tags');
  return Array.isArray(tags) && (tags as readonly Json[]).includes(tag);
};

export interface RulesInput {
  /** Rules of the space as Kibana gives them, by rule_id. */
  readonly rules: ReadonlyMap<string, JsonObject>;
  /** What differs from the repository. */
  readonly entries: readonly Entry[];
  /** Paths of the repository's rules by rule_id. */
  readonly paths: ReadonlyMap<string, string>;
  readonly text: (path: string) => string;
  /** The file at a path as the last commit has it; undefined: it is in no commit. */
  readonly committed: (path: string) => string | undefined;
  /** Members that the environment sets for the rule at a path: they are no values of the file. */
  readonly overridden: (path: string) => ReadonlySet<string>;
}

/** What has to be done to the rule files so that they say what the space has. */
export function pullRules(
  input: RulesInput,
  options: PullOptions,
): { readonly changes: readonly FileChange[]; readonly skipped: readonly Skipped[] } {
  const changes: FileChange[] = [];
  const skipped: Skipped[] = [];
  const byId = new Map(input.entries.filter((one) => one.kind === 'rule').map((one) => [one.id, one]));
  const sorted = [...input.rules].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [ruleId, rule] of sorted) {
    const name = textOf(rule, 'name');
    const path = input.paths.get(ruleId);
    if (!options.chosen({ id: ruleId, name, ...(path === undefined ? {} : { path }) })) continue;
    const skip = (why: string, help: string): void => void skipped.push({ kind: 'rule', id: ruleId, name, why, help });
    try {
      if (path === undefined) {
        const why = reasonNotToDraft(rule, options, byId.get(ruleId)?.unapplied === true);
        if (why !== undefined) skip(...why);
        else changes.push(draft(ruleId, rule, options));
        continue;
      }
      const entry = byId.get(ruleId);
      if (options.onlyNew || entry === undefined) continue;
      const held = overriddenIn(entry, input.overridden(path));
      if (held.length > 0)
        skip(`dac.toml sets ${held.join(', ')} for this environment`, 'change it there, or let dac push --overwrite-conflicts set it again'); // prettier-ignore
      const change = merged(path, rule, entry, input, options);
      if (change !== undefined) changes.push(change);
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      skip(error.message, error.help ?? '');
    }
  }
  return { changes, skipped };
}

/** Members that somebody has changed in the space, and whose values are not those of the file. */
const overriddenIn = ({ fields }: Entry, overridden: ReadonlySet<string>): readonly string[] =>
  fields.filter((one) => one.changedIn !== 'repository' && overridden.has(one.field)).map((one) => one.field);

/** `unapplied`: it has our mark, and is somebody's copy all the same. */
function reasonNotToDraft(
  rule: JsonObject,
  options: PullOptions,
  unapplied: boolean,
): [why: string, help: string] | undefined {
  const type = textOf(rule, 'type');
  if (!isKnownType(type))
    return [
      `its type, ${visibleLine(type)}, is none that this version of dac knows`,
      'keep it in Kibana; a newer dac may know the type',
    ];
  if (options.named) return undefined;
  if (prebuilt(rule) === 'as delivered')
    return ["it is one of Elastic's, as delivered", 'name it with --rule to pull it'];
  if (hasTag(rule, options.marker) && !unapplied)
    return ['it is ours and has no file: it has left the repository', 'name it with --rule to bring it back, or dac apply deletes it']; // prettier-ignore
  return undefined;
}

function draft(ruleId: string, rule: JsonObject, options: PullOptions): FileChange {
  const api = withoutMark(rule, options.marker);
  const leaveOut = new Set([...NOT_IN_FILES, ...options.keep, ...unknownMembers(api)]);
  const text = writeToml(draftDocument(api, { today: options.today, leaveOut }));
  refuseBroken(text);
  return {
    kind: 'rule',
    action: 'create',
    id: ruleId,
    name: textOf(rule, 'name'),
    path: rulePath(options.rulesRoot, api, options.taken),
    text,
    taken: [],
    kept: [],
    conflicts: [],
  };
}

function merged(
  path: string,
  rule: JsonObject,
  entry: Entry,
  input: RulesInput,
  options: PullOptions,
): FileChange | undefined {
  const overridden = input.overridden(path);
  const before = input.text(path);
  const remote = withoutMark(rule, options.marker);
  const changes = entry.fields.filter((one) => !overridden.has(one.field));
  const result = mergeRule({
    text: before,
    changes: changes.some((one) => one.changedIn === 'unknown')
      ? againstCommit(before, input.committed(path), changes, remote)
      : changes,
    remote,
    space: options.space,
    ...(entry.changed === undefined ? {} : { changed: entry.changed }),
  });
  if (result.text === before) return undefined;
  const day = dayOf(own(rule, 'updated_at'));
  const text = result.conflicts.length > 0 || day === undefined ? result.text : dated(result.text, day);
  if (result.conflicts.length === 0) refuseBroken(text);
  return {
    kind: 'rule',
    action: result.conflicts.length > 0 ? 'conflict' : 'change',
    id: entry.id,
    name: textOf(rule, 'name'),
    path,
    before,
    ...result,
    text,
    ...(entry.changed === undefined ? {} : { changed: entry.changed }),
  };
}

/** A file that is no rule would keep all others from being tested and published. */
function refuseBroken(text: string): void {
  const [problem] = loadRuleFile('', text).problems;
  if (problem === undefined) return;
  throw new KnownError(`its file would be refused: ${problem.message}`, {
    help: 'change it in Kibana, then pull again',
  });
}

/** The day of the change in the space as that of the file, if it is later than what the file says. */
function dated(text: string, day: string): string {
  const written = /^updated_date\s*=\s*"(\d{4}\/\d{2}\/\d{2})"/m.exec(text)?.[1];
  return written !== undefined && written < day ? setValue(text, ['metadata', 'updated_date'], day) : text;
}
