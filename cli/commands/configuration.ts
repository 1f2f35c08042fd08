import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Severity } from '../text/diagnostic.ts';
import { isJsonObject, jsonText, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { nearestConfigFile, readConfigFile, type ConfigFile } from './config-file.ts';
import { gitRoot } from './git.ts';
import { shown, type Host } from './host.ts';
import { compilePathGlob } from './path-glob.ts';
import { effectiveSettings, type ConfigFlags, type Setting } from './settings.ts';

/** Lint settings of some files. */
export interface Override {
  readonly files: readonly string[];
  readonly fits: (path: string) => boolean;
  readonly disable?: readonly string[];
  readonly severity?: Readonly<Record<string, Severity>>;
  readonly line: number;
}

/** One folder at least. */
export type Folders = readonly [string, ...string[]];

export interface Config {
  /** dac.toml as a person reads it; undefined if there is none. */
  readonly path: string | undefined;
  /** The same as it was read. */
  readonly file: ConfigFile | undefined;
  /** Absolute folder that `paths.*` and patterns are relative to: that of dac.toml, else the git root, else the working directory. */
  readonly root: string;
  readonly stack: string;
  /** Folders of rules, as a person reads them; new files go into the first. */
  readonly rules: Folders;
  /** Folder of suites, as a person reads it. */
  readonly tests: string;
  /** Folders of exception lists and of value lists; they need not be there. */
  readonly exceptions: string;
  readonly valueLists: string;
  /** Folder of connectors; it need not be there. */
  readonly connectors: string;
  /** Tag that marks what is ours in a space. */
  readonly marker: string;
  /** `[environments.<name>]`, as the schema has let them through. */
  readonly environments: Readonly<Record<string, JsonObject>>;
  readonly disable: readonly string[];
  readonly severity: Readonly<Record<string, Severity>>;
  readonly requiredTags: readonly string[];
  readonly guideSections: readonly string[];
  readonly failOn: Severity;
  readonly minSeverity: Severity;
  /** -1: no limit. */
  readonly maxWarnings: number;
  readonly minPositive: number;
  readonly minNegative: number;
  readonly overrides: readonly Override[];
  /** Every value with its origin, in the order of the schema. */
  readonly settings: readonly Setting[];
}

const isSeverity = (one: Json | undefined): one is Severity => one === 'error' || one === 'warning' || one === 'info';
const texts = (one: Json | undefined): readonly string[] =>
  Array.isArray(one) ? one.filter((item): item is string => typeof item === 'string') : [];
/** A text or a list of them, each folder once. */
function foldersOf(value: Json | undefined, read: (one: string) => string): Folders {
  const [first, ...others] = new Set((typeof value === 'string' ? [value] : texts(value)).map(read));
  if (first === undefined) throw new KnownError('paths.rules names no folder', { help: 'name one: rules = "rules"' });
  return [first, ...others];
}
const severities = (one: Json | undefined): Readonly<Record<string, Severity>> =>
  isJsonObject(one)
    ? Object.fromEntries(Object.entries(one).filter((entry): entry is [string, Severity] => isSeverity(entry[1])))
    : {};

function overridesOf(file: ConfigFile | undefined): readonly Override[] {
  const written = file === undefined ? undefined : own(file.data, 'overrides');
  if (file === undefined || !Array.isArray(written)) return [];
  return written.filter(isJsonObject).map((one, index) => {
    const files = texts(own(one, 'files'));
    const globs = files.map(compilePathGlob);
    return {
      files,
      fits: (path) => globs.some((fits) => fits(path)),
      ...(own(one, 'disable') === undefined ? {} : { disable: texts(own(one, 'disable')) }),
      ...(own(one, 'severity') === undefined ? {} : { severity: severities(own(one, 'severity')) }),
      line: file.lineOf(['overrides', index]),
    };
  });
}

function environmentsOf(file: ConfigFile | undefined): Readonly<Record<string, JsonObject>> {
  const written = file === undefined ? undefined : own(file.data, 'environments');
  if (!isJsonObject(written)) return {};
  return Object.fromEntries(Object.entries(written).filter((one): one is [string, JsonObject] => isJsonObject(one[1])));
}

/**
 * The effective configuration: flags before environment before the nearest dac.toml before defaults. `near` is the path
 * that the search for dac.toml begins at, the working directory if absent. Throws a KnownError with the place of the fault.
 */
export function readConfig(host: Host, flags: ConfigFlags = {}, near?: string): Config {
  const start = near === undefined ? host.cwd : folderOf(resolve(host.cwd, near));
  const named = typeof flags.config === 'string' ? resolve(host.cwd, flags.config) : undefined;
  const full = flags.config === false ? undefined : (named ?? nearestConfigFile(start));
  const file = full === undefined ? undefined : readConfigFile(host, full);
  const settings = effectiveSettings(host, flags, file);
  const get = (key: string): Json | undefined => settings.find((one) => one.key === key)?.value;
  const root = full === undefined ? (gitRoot(start) ?? host.cwd) : dirname(full);
  const severity = (key: string, other: Severity): Severity => {
    const found = get(key);
    return isSeverity(found) ? found : other;
  };
  return {
    path: file?.path,
    file,
    root,
    stack: jsonText(get('stack')),
    rules: foldersOf(get('paths.rules'), (one) => shown(host, resolve(root, one))),
    tests: shown(host, resolve(root, jsonText(get('paths.tests')))),
    exceptions: shown(host, resolve(root, jsonText(get('paths.exceptions')))),
    valueLists: shown(host, resolve(root, jsonText(get('paths.value_lists')))),
    connectors: shown(host, resolve(root, jsonText(get('paths.connectors')))),
    marker: jsonText(get('kibana.marker')),
    environments: environmentsOf(file),
    disable: texts(get('lint.disable')),
    severity: severities(get('lint.severity')),
    requiredTags: texts(get('lint.required_tags')),
    guideSections: texts(get('lint.guide_sections')),
    failOn: severity('lint.fail_on', 'error'),
    minSeverity: severity('lint.min_severity', 'info'),
    maxWarnings: Number(get('lint.max_warnings')),
    minPositive: Number(get('test.min_positive')),
    minNegative: Number(get('test.min_negative')),
    overrides: overridesOf(file),
    settings,
  };
}

function folderOf(path: string): string {
  let folder = path;
  while (!(existsSync(folder) && statSync(folder).isDirectory()) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}

const names = (id: string, list: readonly string[]): boolean =>
  list.includes(id) || list.includes(id.split('/')[0] ?? '');

/** Severity of a finding after the configuration: undefined if its check is switched off for that file. `path` is absolute. */
export function severityFor(config: Config, id: string, path: string, severity: Severity): Severity | undefined {
  let disable = config.disable;
  let severityById = config.severity;
  const inside = path.startsWith(`${config.root}/`) ? path.slice(config.root.length + 1) : path;
  for (const override of config.overrides) {
    if (!override.fits(inside)) continue;
    disable = override.disable ?? disable;
    severityById = { ...severityById, ...override.severity };
  }
  if (names(id, disable)) return undefined;
  return Object.hasOwn(severityById, id) ? severityById[id] : severity;
}
