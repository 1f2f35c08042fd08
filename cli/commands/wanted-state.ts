import { relative, resolve } from 'node:path';
import type { Environment } from '../kibana/client/settings.ts';
import { namesConnectors, wantedConnectors, withConnectors } from '../kibana/desired/connectors.ts';
import type { Desired, DesiredRule } from '../kibana/desired/desired.ts';
import { referenceFaults, wantedLists, wantedValueLists, type TextFile } from '../kibana/desired/lists.ts';
import { overrideFaults, unusedOverrides, type RuleOverride } from '../kibana/desired/overrides.ts';
import { wantedRules } from '../kibana/desired/rules.ts';
import type { Space, Wanted } from '../kibana/space/space.ts';
import { concise } from '../report/concise.ts';
import { pretty } from '../report/pretty.ts';
import type { Report } from '../report/report.ts';
import { loadConnectorFile, type ConnectorFile } from '../rule/connectors.ts';
import { loadExceptionFile } from '../rule/exceptions.ts';
import { SETTABLE } from '../rule/schema/environment-schema.ts';
import type { Finding } from '../text/diagnostic.ts';
import { visibleLine } from '../text/display.ts';
import { elements, own } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import type { SourceFile } from '../text/source-file.ts';
import { span } from '../text/span.ts';
import type { Config } from './configuration.ts';
import type { Host } from './host.ts';
import { compileWildcard } from '../fields/patterns/wildcard.ts';
import { filesBelow, listFolders } from './list-folders.ts';
import { compilePathGlob } from './path-glob.ts';
import { selectRules, type SelectionOptions } from './selection.ts';
import { terminalOf, type TerminalOptions } from './terminal.ts';

/** What the repository wants in an environment. */
export interface WantedState {
  readonly desired: Desired;
  /** Faults that keep anything from being published. */
  readonly findings: readonly Finding[];
  /** What does not. */
  readonly warnings: readonly Finding[];
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** True: all rules of the configured folder were read. */
  readonly complete: boolean;
}

/**
 * Reads rules, exception lists, value lists and connectors. `--rule`, `--tag` and `--technique` do not narrow it: a rule that is not read
 * cannot be told from one that has left the repository.
 */
export async function wantedState(
  host: Host,
  paths: readonly string[],
  config: Config,
  environment: Environment,
  options: SelectionOptions,
): Promise<WantedState> {
  const { rule: _rule, tag: _tag, technique: _technique, ...all } = options;
  const selected = await selectRules(host, paths, config, all);
  const [first] = selected.errors;
  if (first !== undefined) throw first;
  const overrides = overridesOf(environment, host, config);
  const rules = wantedRules(selected.files, { overrides, marker: config.marker });
  const folders = listFolders(host, config, environment);
  const exceptionFiles = filesBelow(host, folders.exceptions, /\.toml$/)?.map(({ path, bytes }) => loadExceptionFile(path, bytes));
  const valueFiles = filesBelow(host, folders.valueLists, /\.txt$/)?.map(
    ({ path, bytes }): TextFile => ({ path, text: new TextDecoder().decode(bytes) }),
  );
  const lists = exceptionFiles === undefined ? undefined : wantedLists(exceptionFiles);
  const values = valueFiles === undefined ? undefined : wantedValueLists(valueFiles);
  const connectors = connectorsWanted(host, config, environment);
  return {
    desired: {
      rules: rules.rules,
      ...(lists === undefined ? {} : { exceptionLists: lists.lists }),
      ...(values === undefined ? {} : { valueLists: values.lists }),
      ...(connectors === undefined ? {} : { connectors: connectors.connectors }),
    },
    findings: [...rules.findings, ...overrideFaults(rules.rules, overrides), ...referenceFaults(rules.rules), ...(lists?.findings ?? []), ...(values?.findings ?? []), ...(connectors?.findings ?? [])],
    warnings: selected.complete ? unusedOverrides(rules.rules, overrides) : [],
    sources: new Map([...selected.files, ...(exceptionFiles ?? []), ...(connectors?.files ?? []), ...(config.file === undefined ? [] : [config.file])].map(({ path, source }) => [path, source])),
    complete: selected.complete,
  };
} // prettier-ignore

/** Connectors of the repository for an environment; undefined: there is no folder for them. */
export function connectorsWanted(host: Host, config: Config, environment: Environment): (ReturnType<typeof wantedConnectors> & { readonly files: readonly ConnectorFile[] }) | undefined {
  const files = filesBelow(host, config.connectors, /\.toml$/)?.map(({ path, bytes }) => loadConnectorFile(path, bytes));
  if (files === undefined) return undefined;
  const { name, space } = environment;
  return { files, ...wantedConnectors(files, { environment: name, environments: Object.keys(config.environments), space }) };
} // prettier-ignore

const texts = (values: readonly unknown[]): readonly string[] =>
  values.filter((one): one is string => typeof one === 'string');

/** The overrides of an environment, with their patterns compiled; paths are relative to dac.toml there. */
export const overridesOf = (environment: Environment, host: Host, config: Config): readonly RuleOverride[] =>
  environment.overrides.map((one, index) => {
    const files = texts(elements(own(one, 'files'))).map(compilePathGlob);
    const tags = texts(elements(own(one, 'tags'))).map((pattern) => compileWildcard(pattern));
    const types = texts(elements(own(one, 'types')));
    const any = (tests: readonly ((text: string) => boolean)[], list: readonly string[]): boolean =>
      tests.length === 0 || list.some((text) => tests.some((fits) => fits(text)));
    return {
      fits: ({ path, document }) =>
        any(files, [relative(config.root, resolve(host.cwd, path))]) &&
        any(tags, texts(elements(own(document, 'tags')))) &&
        (types.length === 0 || types.some((type) => type === own(document, 'type'))),
      members: Object.fromEntries(Object.entries(one).filter(([key]) => Object.hasOwn(SETTABLE, key))),
      path: config.path ?? 'dac.toml',
      spanOf: (member) =>
        config.file?.keySpan(['environments', environment.name, 'overrides', index, ...(member === undefined ? [] : [member])]) ?? span(0, 0), // prettier-ignore
    };
  });

/** What has to be read of a space to plan for it. */
export const toRead = ({ desired }: WantedState, marker: string): Wanted => ({
  marker,
  ruleIds: desired.rules.map((one) => one.ruleId),
  ...(desired.exceptionLists === undefined
    ? {}
    : {
        exceptionLists: desired.exceptionLists.map(({ listId, namespace }) => ({
          list_id: listId,
          namespace_type: namespace,
        })),
      }),
  ...(desired.valueLists === undefined ? {} : { valueLists: desired.valueLists.map((one) => one.id) }),
  connectors: desired.connectors !== undefined || desired.rules.some((one) => namesConnectors(one.document)),
});

/** The same with the ids of the space for connectors that are named. Throws a KnownError that lists those that are not there. */
export function resolved(desired: Desired, space: Space): Desired {
  const faults: string[] = [];
  const helps = new Set<string>();
  const connectors = { there: space.connectors, wanted: desired.connectors ?? [] };
  const rules = desired.rules.map((rule): DesiredRule => {
    const found = withConnectors(rule.document, connectors);
    for (const { message, help } of found.faults) {
      faults.push(`${rule.path}: ${message}`);
      helps.add(help);
    }
    return { ...rule, document: found.document };
  });
  if (faults.length > 0) throw new KnownError(faults.join('\n       '), { help: [...helps].join('; ') });
  return { ...desired, rules };
}

/** Says what does not keep anything from being published, and may not be meant. */
export function printWarnings(host: Host, state: WantedState): void {
  for (const { path, span: at, message, help } of state.warnings) {
    const place = state.sources.get(path)?.position(at.start);
    host.err(`${visibleLine(`warning: ${path}:${place?.line ?? 1}: ${message}; ${help ?? ''}`)}\n`);
  }
}

/** Says what keeps anything from being published. */
export function printFaults(host: Host, state: WantedState, options: TerminalOptions): void {
  const terminal = terminalOf(host, options);
  const report: Report = {
    command: 'plan',
    version: packageVersion(),
    rules: state.desired.rules.length,
    findings: state.findings,
    source: (path) => state.sources.get(path),
    colour: false,
    ascii: terminal.ascii,
    width: terminal.width,
    quiet: true,
    maxFindings: 50,
    checks: [],
  };
  host.err(host.terminal ? pretty(report) : concise(report));
  host.err('error: nothing was sent to Kibana\n  help: correct the files above first\n');
}
