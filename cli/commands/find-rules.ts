import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { KnownError } from '../text/known-error.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Config } from './configuration.ts';
import { changedPaths, gitRoot, ignoredPaths, stagedPaths, type Change } from './git.ts';
import { isInside, type Host } from './host.ts';
import { listFoldersThere } from './list-folders.ts';
import { isReadFault, readRegular } from './read-file.ts';
import { walkRules, type WalkFault } from './walk-rules.ts';

/** Which files a run is about, as the command line says it. */
export interface PathOptions {
  readonly filesFrom?: string;
  /** The list of `--files-from` is separated by NUL. */
  readonly null?: boolean;
  readonly changed?: boolean;
  readonly since?: string;
  readonly staged?: boolean;
  /** True: the first configured folder need not be there, since the first pull makes it. */
  readonly beginning?: boolean;
  /** False: `--no-gitignore`. */
  readonly gitignore?: boolean;
}

export interface FoundRules {
  /** Absolute paths of rule files, sorted, each once. */
  readonly paths: readonly string[];
  readonly faults: readonly WalkFault[];
  /** What was asked for and is not there; the rest of the run goes on. */
  readonly errors: readonly KnownError[];
  /** True: these are all rules of the configured folder. */
  readonly complete: boolean;
  /** Rules that git says were deleted. */
  readonly deleted: readonly string[];
  /** Absolute paths of files and folders of lists and connectors that were named, which are no rules. */
  readonly lists: readonly string[];
  /** Folders and files that were looked at, as written. */
  readonly looked: readonly string[];
}

const MAX_LIST = 64 * 1024 * 1024;

/** Paths of a list file, or of stdin for `-`. */
function listed(host: Host, options: PathOptions): readonly string[] {
  if (options.filesFrom === undefined) return [];
  const bytes = options.filesFrom === '-' ? host.stdin() : readRegular(resolve(host.cwd, options.filesFrom), MAX_LIST);
  if (isReadFault(bytes))
    throw new KnownError(`--files-from ${options.filesFrom}: ${bytes.message}`, { help: bytes.help });
  const text = new TextDecoder().decode(bytes);
  const parts = options.null === true ? text.split('\0') : text.split('\n').map((line) => line.replace(/\r$/, ''));
  return parts.filter((part) => part !== '');
}

/**
 * The rule that a suite folder, or a file in it, belongs to; folders of rules for a folder of suites. `suiteOf` says where the
 * suite of a rule is.
 */
function rulesOfFixture(path: string, config: Config, host: Host): readonly string[] {
  const [first = '', ...others] = config.rules.map((one) => resolve(host.cwd, one));
  const parts = relative(resolve(host.cwd, config.tests), path).split(sep);
  const isElsewhere = (target: string): boolean => others.some((folder) => isInside(folder, target));
  for (let length = parts.length; length > 0; length--) {
    const name = `${parts.slice(0, length).join(sep)}.toml`;
    const elsewhere = join(config.root, name);
    const rule = [join(first, name), ...(isElsewhere(elsewhere) ? [elsewhere] : [])].find((one) => existsSync(one));
    if (rule !== undefined) return [rule];
  }
  const elsewhere = join(config.root, ...parts);
  const there = isElsewhere(elsewhere) ? [elsewhere] : others.filter((folder) => isInside(elsewhere, folder));
  return [join(first, ...parts), ...there].filter((one) => statSync(one, { throwIfNoEntry: false })?.isDirectory());
}

const missing = (written: string, path: string, configured: boolean): KnownError => {
  let siblings: string[] = [];
  try {
    siblings = readdirSync(dirname(path));
  } catch {
    // a folder that is not there has nobody to suggest
  }
  return new KnownError(`there is no file or folder ${written}${didYouMean(basename(path), siblings)}`, {
    help: configured
      ? 'make the folder, or correct paths.rules in dac.toml'
      : 'give the path of a rule, a suite, or a folder of them',
  });
};

const isGlob = (text: string): boolean => /[*?]|\[[^\]]+\]|\{[^}]*\}/.test(text);

async function expandGlob(host: Host, pattern: string): Promise<readonly string[]> {
  const { globSync } = await import('tinyglobby');
  return globSync(pattern, {
    cwd: host.cwd,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**', '**/.git/**'],
  });
}

/**
 * The rule files that the arguments mean: files, folders, patterns, `file:line`, suites and fixtures; without any, the
 * configured folder. What cannot be found is an error of its own and does not stop the others.
 */
export async function findRules(
  host: Host,
  written: readonly string[],
  config: Config,
  options: PathOptions,
): Promise<FoundRules> {
  const rules = config.rules.map((one) => resolve(host.cwd, one));
  const tests = resolve(host.cwd, config.tests);
  const fromList = listed(host, options);
  const named = [...written, ...fromList];
  const whole = named.length === 0 && options.filesFrom === undefined;
  const found = new Set<string>();
  const lists = new Set<string>();
  const folders = listFoldersThere(host, config).map((one) => one.path);
  const faults: WalkFault[] = [];
  const errors: KnownError[] = [];

  const takeFolder = (folder: string): void => {
    const repository = gitRoot(folder);
    const one = walkRules(folder, { boundary: realpathSync(repository ?? folder), except: [tests, ...folders] });
    faults.push(...one.faults);
    const ask = one.paths.filter((path) => !one.linked.has(path));
    const ignored =
      repository === undefined || options.gitignore === false ? undefined : ignoredPaths(host, repository, ask);
    for (const path of one.paths) if (ignored?.has(path) !== true) found.add(path);
  };
  const take = (text: string, path: string): void => {
    if (folders.some((folder) => isInside(folder, path))) lists.add(path);
    else if (isInside(tests, path)) {
      const targets = rulesOfFixture(path, config, host);
      if (targets.length === 0)
        errors.push(new KnownError(`no rule belongs to ${text}`, { help: `the suite of ${config.rules[0]}/a/b.toml is ${config.tests}/a/b/` })); // prettier-ignore
      for (const target of targets)
        if (statSync(target).isDirectory()) takeFolder(target);
        else found.add(target);
    } else if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) takeFolder(path);
    else if (path.endsWith('.toml')) found.add(path);
    else
      errors.push(
        new KnownError(`${text} is no rule`, {
          help: 'rules are TOML files, fixtures lie in the folder of the suites',
        }),
      );
  };

  for (const text of whole ? config.rules : named) {
    const path = resolve(host.cwd, text);
    const withoutLine = text.replace(/:\d+(?::\d+)?$/, '');
    if (text.includes('\0'))
      errors.push(new KnownError('a path holds the character NUL', { help: 'use -0 for a list that is separated by it' })); // prettier-ignore
    else if (existsLink(path)) take(text, path);
    else if (whole && options.beginning === true && path === rules[0]) continue;
    else if (withoutLine !== text && existsLink(resolve(host.cwd, withoutLine)))
      take(withoutLine, resolve(host.cwd, withoutLine));
    else if (isGlob(text)) {
      const matches = (await expandGlob(host, text)).filter((one) => isInside(tests, one) || one.endsWith('.toml'));
      if (matches.length === 0)
        errors.push(new KnownError(`no file fits ${text}`, { help: 'check the pattern, and quote it' }));
      for (const match of matches) take(text, match);
    } else errors.push(missing(text, path, whole));
  }

  const changes = changesOf(host, options);
  const paths = changes === undefined ? [...found] : affected(changes, [...found], config, host);
  return {
    paths: paths.sort(),
    faults,
    errors,
    lists: [...lists],
    complete: whole && changes === undefined,
    deleted: (changes ?? []).filter((one) => one.deleted && one.path.endsWith('.toml') && rules.some((folder) => isInside(folder, one.path))).map((one) => one.path), // prettier-ignore
    looked: whole ? config.rules : named,
  };
}

/** True for a link that leads nowhere, too: it is there, and reading says what is wrong with it. */
function existsLink(path: string): boolean {
  if (existsSync(path)) return true;
  try {
    return readdirSync(dirname(path)).includes(basename(path));
  } catch {
    return false;
  }
}

function changesOf(host: Host, options: PathOptions): readonly Change[] | undefined {
  if (options.staged === true) return stagedPaths(host);
  if (options.changed === true || options.since !== undefined) return changedPaths(host, options.since);
  return undefined;
}

/** The rules that changes touch: themselves, through their fixtures, or all of them through the configuration. */
function affected(changes: readonly Change[], paths: readonly string[], config: Config, host: Host): string[] {
  const tests = resolve(host.cwd, config.tests);
  const everything = changes.some(({ path }) => {
    const name = basename(path);
    return (
      (name === 'version.lock.json' && isInside(config.root, path)) ||
      (config.path !== undefined && path === resolve(host.cwd, config.path))
    );
  });
  if (everything) return [...paths];
  const touched = new Set<string>();
  for (const { path } of changes) {
    touched.add(path);
    if (isInside(tests, path)) for (const rule of rulesOfFixture(path, config, host)) touched.add(rule);
  }
  return paths.filter((path) => touched.has(path));
}
