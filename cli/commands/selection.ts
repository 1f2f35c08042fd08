import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileWildcard } from '../fields/patterns/wildcard.ts';
import { LazyRuleFile } from '../rule/lazy-file.ts';
import { loadRuleFile, unreadableRuleFile, type LoadOptions } from '../rule/load.ts';
import { plural } from '../report/words.ts';
import type { Rule, RuleFile } from '../rule/rule.ts';
import { readVersionLock, type VersionLock } from '../rule/version-lock.ts';
import { KnownError } from '../text/known-error.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Config } from './configuration.ts';
import { findRules, type PathOptions } from './find-rules.ts';
import { shown, type Host } from './host.ts';
import { isReadFault, readRegular } from './read-file.ts';

/** Which rules of the files a run is about. */
export interface SelectionOptions extends PathOptions {
  readonly rule?: readonly string[];
  readonly tag?: readonly string[];
  readonly technique?: readonly string[];
  readonly stdinFilename?: string;
  readonly allowEmpty?: boolean;
  /** True: lists and connectors alone are something to do. */
  readonly lists?: boolean;
}

export interface Selected {
  /** Sorted by path. Files that cannot be read are among them, with their problem. */
  readonly files: readonly RuleFile[];
  /** What was asked for and is not there. */
  readonly errors: readonly KnownError[];
  /** True: all rules of the configured folder, so that a suite without a rule can be told. */
  readonly complete: boolean;
  /** Absolute paths of files and folders of lists and connectors that were named. */
  readonly lists: readonly string[];
  /** Rules that were deleted, as a person reads their paths. */
  readonly deleted: readonly string[];
  /** Versions of rules whose files have none. */
  readonly lock?: VersionLock;
}

/** Larger files are refused unread; what is smaller and still too large for a rule, the loader refuses. */
const MAX_BYTES = 64 * 1024 * 1024;

const glob = (pattern: string): ((text: string) => boolean) => {
  const fits = compileWildcard(pattern.toLowerCase());
  return (text) => fits(text.toLowerCase());
};

/** Reads the chosen rules. Throws a KnownError if there is none, unless `--allow-empty` accepts that. */
export async function selectRules(
  host: Host,
  written: readonly string[],
  config: Config,
  options: SelectionOptions,
): Promise<Selected> {
  const lock = lockOf(config);
  const loadOptions = lock === undefined ? {} : { lock };
  const files: RuleFile[] = [];
  const fromStdin = written.includes('-');
  if (fromStdin) {
    if (options.filesFrom === '-')
      throw new KnownError('stdin cannot be both a rule and a list of files', { help: 'take - or --files-from -' });
    const name = options.stdinFilename === undefined ? '<stdin>' : shown(host, options.stdinFilename);
    files.push(loadRuleFile(name, host.stdin(), loadOptions));
  }
  const named = written.filter((one) => one !== '-');
  const found =
    fromStdin && named.length === 0
      ? { paths: [], faults: [], errors: [], complete: false, deleted: [], lists: [], looked: ['stdin'] }
      : await findRules(host, named, config, options);
  for (const path of found.paths) {
    const bytes = readRegular(path, MAX_BYTES);
    files.push(
      isReadFault(bytes)
        ? unreadableRuleFile(shown(host, path), bytes.id, bytes.message, bytes.help)
        : lazily(shown(host, path), bytes, loadOptions),
    );
  }
  for (const { path, id, message, help } of found.faults)
    files.push(unreadableRuleFile(shown(host, path), id, message, help));

  const chosen = files.filter(chooser(options)).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  if (chosen.length === 0 && options.allowEmpty !== true && !(options.lists === true && found.lists.length > 0))
    throw nothing(files, found, options);
  return {
    files: chosen,
    errors: found.errors,
    complete: found.complete && chosen.length === files.length,
    lists: found.lists,
    deleted: found.deleted.map((path) => shown(host, path)),
    ...loadOptions,
  };
}

const lazily = (path: string, bytes: Uint8Array, options: LoadOptions): RuleFile =>
  new LazyRuleFile(path, bytes, () => loadRuleFile(path, bytes, options));

/** Several options of one kind are alternatives; different kinds all have to fit. */
function chooser(options: SelectionOptions): (file: RuleFile) => boolean {
  const names = (options.rule ?? []).map(glob);
  const tags = (options.tag ?? []).map(glob);
  const techniques = (options.technique ?? []).map((one) => one.toUpperCase());
  const hasTechnique = (id: string): boolean =>
    techniques.some((one) => id.toUpperCase() === one || id.toUpperCase().startsWith(`${one}.`));
  // Without a filter no file is parsed here: the cache may know all that is to be said of it.
  if (names.length + tags.length + techniques.length === 0) return () => true;
  return (file) => {
    const body = file.rule?.body;
    if (names.length > 0 && ![file.path, body?.name, body?.rule_id].some((text) => text !== undefined && names.some((fits) => fits(text)))) return false; // prettier-ignore
    if (tags.length > 0 && !(body?.tags ?? []).some((tag) => tags.some((fits) => fits(tag)))) return false;
    return (
      techniques.length === 0 ||
      (body?.threat ?? []).some((threat) =>
        (threat.technique ?? []).some(
          (one) => hasTechnique(one.id) || (one.subtechnique ?? []).some((sub) => hasTechnique(sub.id)),
        ),
      )
    );
  };
}

function nothing(
  files: readonly RuleFile[],
  found: { readonly errors: readonly KnownError[]; readonly looked: readonly string[] },
  options: SelectionOptions,
): KnownError {
  const [first, ...rest] = found.errors;
  if (first !== undefined && rest.length === 0) return first;
  if (first !== undefined)
    return new KnownError(found.errors.map((one) => one.message).join('; '), first.help === undefined ? {} : { help: first.help }); // prettier-ignore
  const looked = found.looked.length > 3 ? `${found.looked.length} paths` : found.looked.join(', ');
  if (files.length > 0) {
    const [name] = options.rule ?? [];
    const bodies = files.flatMap((file) => (file.rule === undefined ? [] : [file.rule.body]));
    const known = name === undefined ? [] : bodies.flatMap((body) => [body.name, body.rule_id]);
    const [tag] = options.tag ?? [];
    const meant =
      name !== undefined
        ? didYouMean(name, known)
        : tag !== undefined
          ? didYouMean(tag, new Set(bodies.flatMap((body) => body.tags ?? [])))
          : '';
    return new KnownError(`none of ${plural(files.length, 'rule')} fits --rule, --tag or --technique${meant}`, {
      help: 'write * for any run of characters, as in --rule "Root*"; --allow-empty accepts an empty run',
    });
  }
  const narrowed = options.changed === true || options.since !== undefined || options.staged === true;
  return new KnownError(narrowed ? 'no rule has changed' : 'no rule was found', {
    help: `looked in ${looked}; --allow-empty accepts an empty run`,
  });
}

/** `version.lock.json` beside the rules or at the root: versions of rules whose files have none. */
function lockOf(config: Config): VersionLock | undefined {
  const path = join(config.root, 'version.lock.json');
  return existsSync(path) ? readVersionLock('version.lock.json', readFileSync(path, 'utf8')) : undefined;
}

/** The one rule that an argument names. Throws a KnownError if it is none, is broken, or if there are several. */
export async function selectOne(
  host: Host,
  written: string,
  config: Config,
): Promise<{ readonly file: RuleFile; readonly rule: Rule }> {
  const { files } = await selectRules(host, [written], config, {});
  const [file] = files;
  if (files.length > 1)
    throw new KnownError(`${written} holds ${files.length} rules`, { help: 'name the file of one of them' });
  if (file?.rule === undefined) {
    const [problem] = file?.problems ?? [];
    const place = problem === undefined || file === undefined ? {} : { place: { path: file.path, ...file.source.position(problem.span.start) } }; // prettier-ignore
    throw new KnownError(problem?.message ?? `${written} is no rule`, { ...place, help: 'dac lint says all that is wrong with it' }); // prettier-ignore
  }
  return { file, rule: file.rule };
}
