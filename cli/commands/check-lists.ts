import { resolve } from 'node:path';
import { wantedConnectors } from '../kibana/desired/connectors.ts';
import { wantedLists, wantedValueLists } from '../kibana/desired/lists.ts';
import { loadConnectorFile } from '../rule/connectors.ts';
import { loadExceptionFile } from '../rule/exceptions.ts';
import type { Finding } from '../text/diagnostic.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Config } from './configuration.ts';
import { isInside, type Host } from './host.ts';
import { filesBelow, type ListFolder } from './list-folders.ts';

/** What is to be said of exception lists, value lists and connectors. */
export interface CheckedLists {
  readonly findings: readonly Finding[];
  /** Texts by path. Secrets that somebody has written out are starred. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** False: some file could not be read or parsed. */
  readonly readable: boolean;
}

interface Loaded {
  readonly findings: readonly Finding[];
  readonly sources: readonly SourceFile[];
}

const UNREADABLE = /^(?:file|toml)\//;

/**
 * Reads these folders as `dac plan` does, and says what would keep them from being published. `named`: absolute paths of the files
 * and folders that findings are wanted of; they are still compared with the others. Throws a KnownError for a file that cannot be
 * read at all.
 */
export function checkLists(
  host: Host,
  config: Config,
  folders: readonly ListFolder[],
  named: readonly string[],
): CheckedLists {
  const loaded = folders.map((folder) => load(host, config, folder, folders));
  const isNamed = (path: string): boolean => named.some((one) => isInside(one, resolve(host.cwd, path)));
  const found = new Map(
    loaded
      .flatMap(({ findings }) => findings)
      .filter(({ path }) => isNamed(path))
      .map((one) => [`${one.path}\0${one.id}\0${one.span.start}\0${one.message}`, one]),
  );
  const sources = loaded.flatMap((one) => one.sources).filter(({ path }) => isNamed(path));
  return {
    findings: [...found.values()],
    sources: new Map(sources.map((source) => [source.path, source])),
    readable: ![...found.values()].some(({ id }) => UNREADABLE.test(id)),
  };
}

function load(host: Host, config: Config, { holds, path }: ListFolder, folders: readonly ListFolder[]): Loaded {
  // `exceptions/prod` of one environment in `exceptions` of the others: each is looked at for itself, as it may hold the same lists.
  const inner = folders.filter((one) => one.holds === holds && one.path !== path && isInside(path, one.path));
  const files = (filesBelow(host, path, holds === 'valueLists' ? /\.txt$/ : /\.toml$/) ?? []).filter(
    (one) => !inner.some((folder) => isInside(folder.path, resolve(host.cwd, one.path))),
  );
  switch (holds) {
    case 'exceptions': {
      const read = files.map((one) => loadExceptionFile(one.path, one.bytes));
      return { findings: wantedLists(read).findings, sources: read.map((one) => one.source) };
    }
    case 'valueLists': {
      const read = files.map((one) => new SourceFile(one.path, new TextDecoder().decode(one.bytes)));
      return { findings: wantedValueLists(read).findings, sources: read };
    }
    case 'connectors': {
      const read = files.map((one) => loadConnectorFile(one.path, one.bytes));
      // What is wrong with a connector is wrong in every environment and space.
      const wanted = { environment: 'default', environments: Object.keys(config.environments), space: 'default' };
      return { findings: wantedConnectors(read, wanted).findings, sources: read.map((one) => one.source) };
    }
  }
}
