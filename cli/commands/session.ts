import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { loadRuleFile } from '../rule/load.ts';
import type { RuleFile } from '../rule/rule.ts';
import { parseToml } from '../rule/toml/document.ts';
import { validate } from '../rule/validate.ts';
import { readVersionLock, type VersionLock } from '../rule/version-lock.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { SourceFile } from '../text/source-file.ts';
import { walk } from '../text/walk.ts';
import type { SuiteFiles } from '../testing/files.ts';
import type { Severity } from '../text/diagnostic.ts';

/** The effective configuration, each value with where it came from. */
export interface Config {
  readonly stack: string;
  readonly rules: string;
  readonly tests: string;
  readonly disable: readonly string[];
  readonly requiredTags: readonly string[];
  readonly guideSections: readonly string[];
  readonly severity: Readonly<Record<string, Severity>>;
  readonly minPositive: number;
  readonly minNegative: number;
  readonly origin: string;
}

const posix = (path: string): string => path.split(sep).join('/');
export const shown = (path: string): string => posix(relative(process.cwd(), resolve(path)) || '.');

const strings = (value: Json | undefined): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);
const table = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** Reads dac.toml: the one named, or the nearest above the working directory. */
export function readConfig(named: string | undefined, none: boolean): Config {
  const path = none ? undefined : (named ?? findUp('dac.toml'));
  let data: JsonObject = {};
  if (path !== undefined) {
    if (!existsSync(path)) throw new KnownError(`there is no configuration ${path}`, { help: 'check --config' });
    const source = new SourceFile(shown(path), readFileSync(path, 'utf8'));
    const document = parseToml(source);
    const [fault] = document.data === undefined ? document.problems : validate('config', document);
    if (fault !== undefined)
      throw new KnownError(fault.label === undefined ? fault.message : `${fault.message} (${fault.label})`, {
        ...(fault.help === undefined ? {} : { help: fault.help }),
        place: { path: source.path, ...source.position(fault.span.start) },
      });
    data = document.data ?? {};
  }
  const [paths, lint, test] = [table(own(data, 'paths')), table(own(data, 'lint')), table(own(data, 'test'))];
  const severity = Object.fromEntries(Object.entries(table(own(lint, 'severity')))) as Record<string, Severity>;
  return {
    stack: process.env['DAC_STACK'] ?? text(own(data, 'stack')) ?? '9.5',
    rules: process.env['DAC_PATHS_RULES'] ?? text(own(paths, 'rules')) ?? 'rules',
    tests: process.env['DAC_PATHS_TESTS'] ?? text(own(paths, 'tests')) ?? 'test-data',
    disable: strings(own(lint, 'disable')) ?? [],
    requiredTags: strings(own(lint, 'required_tags')) ?? ['Domain:', 'Use Case:'],
    guideSections: strings(own(lint, 'guide_sections')) ?? [
      'Triage and analysis',
      'investigation steps',
      'False positive',
      'Response and remediation',
    ],
    severity,
    minPositive: number(own(test, 'min_positive')) ?? 1,
    minNegative: number(own(test, 'min_negative')) ?? 1,
    origin: path === undefined ? 'defaults' : shown(path),
  };
}

function findUp(name: string): string | undefined {
  for (let folder = process.cwd(); ; folder = resolve(folder, '..')) {
    if (existsSync(join(folder, name))) return join(folder, name);
    if (existsSync(join(folder, '.git')) || resolve(folder, '..') === folder) return undefined;
  }
}

/** Suites and fixtures on disk. */
export const diskFiles: SuiteFiles = {
  read: (path) => (existsSync(path) && statSync(path).isFile() ? readFileSync(path) : undefined),
  list: (folder) =>
    existsSync(folder) && statSync(folder).isDirectory()
      ? readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isFile() || entry.isDirectory())
          .map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? ('folder' as const) : ('file' as const) }))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
      : undefined,
};

export interface Selection {
  readonly rule?: readonly string[];
  readonly tag?: readonly string[];
  readonly allowEmpty?: boolean;
}

const glob = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i');

/** The rule files that the arguments mean: files, folders, or a suite folder; without arguments the configured root. */
export function selectRules(paths: readonly string[], config: Config, selection: Selection): readonly RuleFile[] {
  const roots = paths.length > 0 ? paths : [config.rules];
  const lock = lockOf(config);
  const files = new Map<string, RuleFile>();
  for (const written of roots) {
    const path = written.replace(/:\d+(:\d+)?$/, '');
    if (!existsSync(path))
      throw new KnownError(`there is no file or folder ${path}`, {
        help: 'give the path of a rule or of a folder of rules',
      });
    const tests = posix(resolve(config.tests));
    const full = posix(resolve(path));
    const target = full.startsWith(`${tests}/`) ? ruleOfFixture(full.slice(tests.length + 1), config) : path;
    for (const file of target === undefined ? [] : walk(target, /\.toml$/)) {
      const name = shown(file);
      if (!files.has(name)) files.set(name, loadRuleFile(name, readFileSync(file), lock === undefined ? {} : { lock }));
    }
  }
  const names = (selection.rule ?? []).map(glob);
  const tags = (selection.tag ?? []).map(glob);
  const chosen = [...files.values()].filter(
    (file) =>
      (names.length === 0 ||
        names.some(
          (one) =>
            one.test(file.path) || one.test(file.rule?.body.name ?? '') || one.test(file.rule?.body.rule_id ?? ''),
        )) &&
      (tags.length === 0 || (file.rule?.body.tags ?? []).some((tag) => tags.some((one) => one.test(tag)))),
  );
  if (chosen.length === 0 && selection.allowEmpty !== true)
    throw new KnownError('no rule was found', {
      help: `looked in ${roots.join(', ')}; --allow-empty accepts an empty run`,
    });
  return chosen.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function ruleOfFixture(inside: string, config: Config): string | undefined {
  const parts = inside.split('/');
  for (let length = parts.length; length > 0; length--) {
    const candidate = join(config.rules, `${parts.slice(0, length).join('/')}.toml`);
    if (existsSync(candidate)) return candidate;
  }
  const folder = join(config.rules, ...parts);
  return existsSync(folder) ? folder : undefined;
}

function lockOf(config: Config): VersionLock | undefined {
  const path = [join(config.rules, '..', 'version.lock.json'), 'version.lock.json'].find((one) => existsSync(one));
  return path === undefined ? undefined : readVersionLock(path, readFileSync(path, 'utf8'));
}

export function writeOut(path: string, content: string): void {
  const full = isAbsolute(path) ? path : resolve(path);
  try {
    writeFileSync(full, content);
  } catch (cause) {
    throw new KnownError(`${path} cannot be written`, { cause, help: 'does the folder exist?' });
  }
}
