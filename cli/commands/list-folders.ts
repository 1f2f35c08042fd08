import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '../kibana/client/settings.ts';
import { own } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import type { Config } from './configuration.ts';
import { shown, type Host } from './host.ts';

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
