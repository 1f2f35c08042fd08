import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '../kibana/client/settings.ts';
import { own } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import type { Config } from './configuration.ts';
import { isInside, shown, type Host } from './host.ts';
import { isReadFault, readRegular } from './read-file.ts';

/** Folders of exception lists and of value lists, as a person reads them. */
export interface ListFolders {
  readonly exceptions: string;
  readonly valueLists: string;
}

/**
 * The folders of an environment: its own where its table names one, else those of `paths`. Throws a KnownError for an own one
 * that is not there: unlike those of all environments it is meant to be.
 */
export function listFolders(host: Host, config: Config, environment: Environment): ListFolders {
  const folderOf = (key: 'exceptions' | 'value_lists', standard: string): string => {
    const written = own(environment.table, key);
    if (typeof written !== 'string') return standard;
    const full = resolve(config.root, written);
    if (statSync(full, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new KnownError(`there is no folder ${shown(host, full)}`, {
        ...(config.file === undefined ? {} : { place: { path: config.file.path, line: config.file.lineOf(['environments', environment.name, key]) } }),
        help: `make it, or correct ${key} of environment ${environment.name}`,
      }); // prettier-ignore
    return shown(host, full);
  };
  return {
    exceptions: folderOf('exceptions', config.exceptions),
    valueLists: folderOf('value_lists', config.valueLists),
  };
}

/** A folder of files that are no rules, and what they hold. */
export interface ListFolder {
  readonly holds: 'exceptions' | 'valueLists' | 'connectors';
  /** Absolute. */
  readonly path: string;
}

/** The folders of all environments that are there, each once. One that is, or holds, a folder of rules is taken for that. */
export function listFoldersThere(host: Host, config: Config): readonly ListFolder[] {
  const rules = config.rules.map((one) => resolve(host.cwd, one));
  const ownFolders = (key: 'exceptions' | 'value_lists'): readonly string[] =>
    Object.values(config.environments).flatMap((table) => {
      const written = own(table, key);
      return typeof written === 'string' ? [resolve(config.root, written)] : [];
    });
  const folders = (holds: ListFolder['holds'], standard: string, others: readonly string[] = []): ListFolder[] =>
    [...new Set([resolve(host.cwd, standard), ...others])]
      .filter((path) => !rules.some((one) => isInside(path, one)))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
      .map((path) => ({ holds, path }));
  return [
    ...folders('exceptions', config.exceptions, ownFolders('exceptions')),
    ...folders('valueLists', config.valueLists, ownFolders('value_lists')),
    ...folders('connectors', config.connectors),
  ];
}

const MAX_BYTES = 16 * 1024 * 1024;

/** Files of a folder, sorted, as a person reads their paths; undefined: there is no such folder. */
export function filesBelow(host: Host, path: string, ending: RegExp): readonly { readonly path: string; readonly bytes: Uint8Array }[] | undefined {
  const full = resolve(host.cwd, path);
  if (!existsSync(full) || !statSync(full).isDirectory()) return undefined;
  const names = readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => ending.test(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return names.map((name) => {
    const bytes = readRegular(name, MAX_BYTES);
    if (isReadFault(bytes)) throw new KnownError(bytes.message, { place: { path: shown(host, name) }, help: bytes.help });
    return { path: shown(host, name), bytes };
  });
} // prettier-ignore
