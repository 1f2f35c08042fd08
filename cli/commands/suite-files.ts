import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { SuiteEntry, SuiteFiles } from '../testing/files.ts';
import { KnownError } from '../text/known-error.ts';
import type { Config } from './configuration.ts';
import { absolute, isInside, shown, type Host } from './host.ts';
import { isReadFault, readRegular } from './read-file.ts';

const MAX_BYTES = 512 * 1024 * 1024;

/** Suites and fixtures on disk. A link to a file is followed below the folder of the suites only; others are told as links. */
export function suiteFilesOf(host: Host, tests: string): SuiteFiles {
  const top = resolve(host.cwd, tests);
  const kindOf = (path: string): SuiteEntry['kind'] => {
    try {
      const real = realpathSync(path);
      if (!isInside(realpathSync(top), real)) return 'link';
      // A folder behind a link could lead in a circle, a file cannot.
      return statSync(real).isDirectory() ? 'link' : 'file';
    } catch {
      return 'link';
    }
  };
  return {
    read(path) {
      const full = absolute(host, path);
      if (!isInside(top, full) || statSync(full, { throwIfNoEntry: false }) === undefined) return undefined;
      const bytes = readRegular(full, MAX_BYTES);
      if (isReadFault(bytes)) throw new KnownError(bytes.message, { place: { path }, help: bytes.help });
      return bytes;
    },
    list(folder) {
      const full = resolve(host.cwd, folder);
      if (!isInside(top, full) || statSync(full, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
      try {
        return readdirSync(full, { withFileTypes: true })
          .map((entry): SuiteEntry => {
            const kind = entry.isDirectory()
              ? 'folder'
              : entry.isSymbolicLink()
                ? kindOf(join(full, entry.name))
                : 'file';
            return { name: entry.name, kind };
          })
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        throw new KnownError('the folder cannot be read', {
          place: { path: folder },
          help: 'give yourself the right to read it',
        });
      }
    },
  };
}

/**
 * The suite of `<rules>/a/b.toml` is `<tests>/a/b`. A rule from elsewhere, another folder of rules included, has its place below
 * `<tests>` by its path in the repository: that of `building_blocks/a.toml` is `<tests>/building_blocks/a`.
 */
export function suiteOf(host: Host, config: Config): (rulePath: string) => string {
  const rules = resolve(host.cwd, config.rules[0]);
  const tests = resolve(host.cwd, config.tests);
  return (rulePath) => {
    const path = absolute(host, rulePath);
    const inside = [rules, config.root].find((folder) => isInside(folder, path));
    const place = inside === undefined ? basename(path) : path === inside ? '' : path.slice(inside.length + 1);
    return shown(host, absolute({ cwd: tests }, place.replace(/\.toml$/, '')));
  };
}

/** The path of the rule that a suite belongs to, or would belong to: the inverse of `suiteOf` for the configured folders. */
export function ruleOf(host: Host, config: Config): (suitePath: string) => string {
  const [first, ...others] = config.rules.map((one) => resolve(host.cwd, one));
  const tests = resolve(host.cwd, config.tests);
  return (suitePath) => {
    const place = relative(tests, resolve(host.cwd, suitePath));
    const elsewhere = join(config.root, place);
    const isElsewhere = others.some((folder) => isInside(folder, elsewhere));
    return shown(host, `${isElsewhere ? elsewhere : join(first ?? '', place)}.toml`);
  };
}
