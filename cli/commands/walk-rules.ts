import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { isInside } from './host.ts';

/** Something below a folder that cannot be followed; it becomes a finding on its path. */
export interface WalkFault {
  readonly path: string;
  readonly id: 'file/not-readable' | 'file/not-followed';
  readonly message: string;
  readonly help: string;
}

export interface Walked {
  /** Absolute paths of the .toml entries, whatever kind of file they are. */
  readonly paths: readonly string[];
  /** Those of them that lie behind a link. */
  readonly linked: ReadonlySet<string>;
  readonly faults: readonly WalkFault[];
}

export interface WalkOptions {
  /** Links that lead out of this folder are not followed. */
  readonly boundary: string;
  /** Folders that are left out. */
  readonly except: readonly string[];
}

/** TOML files that are often beside rules and are none. */
const NOT_RULES = new Set(['dac.toml', 'pyproject.toml']);

const code = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/**
 * The .toml entries below a folder. Names that begin with a dot and node_modules are left out. A link is followed inside
 * the boundary, and never twice; one that leads out, in a circle or nowhere is a fault.
 */
export function walkRules(root: string, options: WalkOptions): Walked {
  const paths: string[] = [];
  const linked = new Set<string>();
  const faults: WalkFault[] = [];
  const seen = new Set<string>();

  const visit = (folder: string, real: string, behindLink: boolean): void => {
    if (seen.has(real) || options.except.includes(folder)) return;
    seen.add(real);
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      faults.push({
        path: folder,
        id: 'file/not-readable',
        message: `the folder cannot be read (${code(error)})`,
        help: 'give yourself the right to read it, or leave it out',
      });
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = folder.endsWith(sep) ? folder + entry.name : folder + sep + entry.name;
      if (entry.isDirectory()) visit(path, join(real, entry.name), behindLink);
      else if (entry.isSymbolicLink()) follow(path, folder);
      else if (entry.name.endsWith('.toml') && !NOT_RULES.has(entry.name)) add(path, behindLink);
    }
  };
  const add = (path: string, behindLink: boolean): void => {
    paths.push(path);
    if (behindLink) linked.add(path);
  };
  const fault = (path: string, message: string): void => {
    faults.push({
      path,
      id: 'file/not-followed',
      message,
      help: 'take the link out, or let it point into the repository',
    });
  };
  const follow = (path: string, folder: string): void => {
    let real: string;
    let isFolder: boolean;
    try {
      real = realpathSync(path);
      isFolder = statSync(real).isDirectory();
    } catch (error) {
      if (code(error) === 'ELOOP') fault(path, 'this link leads in a circle');
      else if (path.endsWith('.toml')) fault(path, 'this link leads nowhere');
      return;
    }
    if (!isFolder && !path.endsWith('.toml')) return;
    if (!isInside(options.boundary, real)) fault(path, 'this link leads out of the repository');
    else if (!isFolder) add(path, true);
    else if (isInside(real, realpathSync(folder))) fault(path, 'this link leads back to a folder that it lies in');
    else visit(path, real, true);
  };

  const real = realpathSync(root);
  visit(root, real, real !== root);
  return { paths, linked, faults };
}
