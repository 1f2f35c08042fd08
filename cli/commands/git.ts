import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { KnownError } from '../text/known-error.ts';
import type { Host } from './host.ts';

/** One path that differs from a commit; absolute. */
export interface Change {
  readonly path: string;
  readonly deleted: boolean;
}

/** The tree of a repository without a commit. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Settings of a repository that would start programs of its choice are not for us. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '--no-optional-locks'];

/** The nearest folder above (or at) `from` that holds `.git`; undefined outside of a repository. */
export function gitRoot(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs git with an array of arguments; no shell reads them. */
function git(host: Host, cwd: string, args: readonly string[], input?: string): Answer {
  try {
    const out = execFileSync('git', [...SAFE, ...args], {
      cwd,
      env: { ...host.env, LC_ALL: 'C' },
      maxBuffer: 1 << 28,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
    });
    return { code: 0, out: out.toString('utf8'), err: '' };
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number')
      return { code: -1, out: '', err: 'git is not installed' };
    const text = (key: 'stdout' | 'stderr'): string => {
      const value: unknown = key in error ? Reflect.get(error, key) : undefined;
      return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
    };
    return { code: error.status, out: text('stdout'), err: text('stderr').trim() };
  }
}

const names = (out: string): string[] => out.split('\0').filter((name) => name !== '');

/** The paths that git ignores. None outside of a repository, or where git cannot be asked. */
export function ignoredPaths(host: Host, root: string, paths: readonly string[]): ReadonlySet<string> {
  if (paths.length === 0) return new Set();
  const { code, out } = git(host, root, ['check-ignore', '-z', '--stdin'], paths.map((path) => `${path}\0`).join(''));
  return new Set(code === 0 ? names(out) : []);
}

function ask(host: Host, cwd: string, args: readonly string[]): string {
  const { code, out, err } = git(host, cwd, args);
  if (code === 0) return out;
  throw new KnownError(`git ${args[0] ?? ''} failed${err === '' ? '' : `: ${err.split('\n')[0] ?? ''}`}`, {
    help: '--changed and --staged need a git repository; name the files instead',
  });
}

function repository(host: Host): string {
  const root = gitRoot(host.cwd);
  if (root === undefined)
    throw new KnownError('this is no git repository', {
      help: '--changed and --staged ask git; name the files instead',
    });
  return root;
}

/** `M\0path\0D\0path\0` as changes. */
function nameStatus(root: string, out: string): Change[] {
  const parts = names(out);
  const changes: Change[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2)
    changes.push({ path: resolve(root, parts[at + 1] ?? ''), deleted: parts[at] === 'D' });
  return changes;
}

const commitOf = (host: Host, root: string, ref: string): string | undefined => {
  const { code, out } = git(host, root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  return code === 0 ? out.trim() : undefined;
};

/** The branch that changes are measured from when nobody names one. */
const BASES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/**
 * What differs from the merge base of `since` and HEAD: committed, in the working tree, and not yet added. Without
 * `since`, the base branch is the first of `BASES` that is there.
 */
export function changedPaths(host: Host, since: string | undefined): readonly Change[] {
  const root = repository(host);
  const base =
    since === undefined
      ? BASES.map((ref) => commitOf(host, root, ref)).find((commit) => commit !== undefined)
      : commitOf(host, root, since);
  if (since !== undefined && base === undefined)
    throw new KnownError(`git knows no commit ${since}`, {
      help: 'in a shallow clone, fetch it first (actions/checkout: fetch-depth: 0)',
    });
  const merged = base === undefined ? undefined : git(host, root, ['merge-base', base, 'HEAD']);
  const from = merged?.code === 0 ? merged.out.trim() : (base ?? EMPTY_TREE);
  const tracked = ask(host, root, ['diff', '--name-status', '--no-renames', '--no-ext-diff', '-z', from, '--']);
  const added = ask(host, root, ['ls-files', '--others', '--exclude-standard', '-z']);
  return [...nameStatus(root, tracked), ...names(added).map((path) => ({ path: resolve(root, path), deleted: false }))];
}

/** What the next commit will change. */
export function stagedPaths(host: Host): readonly Change[] {
  const root = repository(host);
  const from = commitOf(host, root, 'HEAD') ?? EMPTY_TREE;
  const out = ask(host, root, ['diff', '--cached', '--name-status', '--no-renames', '--no-ext-diff', '-z', from, '--']);
  return nameStatus(root, out);
}

/** A file as the last commit has it; undefined: it is in no commit, or there is no git to ask. */
export const committedText = (host: Host, path: string): string | undefined => textAt(host, path, 'HEAD');

/** Commits that have changed a file, newest first; none outside of a repository. */
export function commitsOf(host: Host, path: string, most: number): readonly string[] {
  const { code, out } = git(host, dirname(path), ['log', `--max-count=${most}`, '--format=%H', '--', basename(path)]);
  return code === 0 ? out.split('\n').filter((line) => line !== '') : [];
}

/** A file as a commit has it; undefined: the commit does not have it. */
export function textAt(host: Host, path: string, commit: string): string | undefined {
  const { code, out } = git(host, dirname(path), ['show', '--no-textconv', `${commit}:./${basename(path)}`]);
  return code === 0 ? out : undefined;
}

/** True: the history of the clone is cut off. */
export const isShallow = (host: Host, path: string): boolean =>
  git(host, dirname(path), ['rev-parse', '--is-shallow-repository']).out.trim() === 'true';
