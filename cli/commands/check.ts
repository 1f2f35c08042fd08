import { cachedVerdicts } from '../lint/cache.ts';
import type { LintContext } from '../lint/check.ts';
import { conclude, type ConcludeOptions } from '../lint/conclude.ts';
import { ids } from '../lint/registry.ts';
import { FORMATS } from '../report/formats.ts';
import { summaryLine, type Report } from '../report/report.ts';
import { plural } from '../report/words.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { TestResult } from '../testing/result.ts';
import type { Finding } from '../text/diagnostic.ts';
import { visible, visibleLine } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import { SourceFile } from '../text/source-file.ts';
import type { CheckedLists } from './check-lists.ts';
import { readConfig, severityFor, type Config } from './configuration.ts';
import { ruleMappings, type RuleMappings } from './declared-fields.ts';
import { exitCodeOf, reaches, type ExitCode } from './exit-code.ts';
import { printError } from './failure.ts';
import type { FixFlags } from './fix-rules.ts';
import { absolute, type Host } from './host.ts';
import { refuseUnknownIds } from './known-ids.ts';
import { openLintCache, storeLintCache, type CacheOptions } from './lint-cache.ts';
import { listFoldersThere } from './list-folders.ts';
import { outputsOf, put, type Output } from './outputs.ts';
import { isReadFault, readRegular } from './read-file.ts';
import { selectRules, type Selected, type SelectionOptions } from './selection.ts';
import type { ConfigFlags } from './settings.ts';
import { ruleOf, suiteFilesOf, suiteOf } from './suite-files.ts';
import { terminalOf, type TerminalOptions } from './terminal.ts';

export interface CheckOptions extends SelectionOptions, ConfigFlags, TerminalOptions, CacheOptions, FixFlags {
  readonly format?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly maxFindings?: number;
  readonly exitZero?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly allowNoTests?: boolean;
  readonly bail?: number | true;
}

export type CheckCommand = 'check' | 'lint' | 'test';

/** `dac check`, `dac lint` and `dac test`: lint, test, or both, over the same selection, to the same reports. */
export async function check(
  host: Host,
  command: CheckCommand,
  paths: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  const started = host.clock();
  const outputs = outputsOf(host, options.format ?? []);
  const config = readConfig(host, options, options.stdinFilename ?? paths.find((one) => one !== '-'));
  refuseUnknownIds(config, options);
  const selected = await selectRules(host, paths, config, { ...options, lists: command !== 'test' });
  const lists = command === 'test' ? undefined : await listsOf(host, config, selected);
  const checks = lintingOf(host, config, await ruleMappings(host, config, selected.files), options);
  const fixing = command === 'test' ? undefined : await fix(host, selected, config, options, checks);
  if (fixing?.code !== undefined) return fixing.code;
  const files = fixing?.files ?? selected.files;
  if (options.verbose === true) describe(host, config, files.length);
  for (const error of selected.errors) printError(host, error);

  const tested = command === 'lint' ? undefined : await test(host, { ...selected, files }, config, options);
  const suites = tested?.suites;
  if (options.verbose === true) listCases(host, suites ?? []);
  const linted =
    command === 'test'
      ? { findings: merged(readingProblems(files), tested?.findings ?? []), readable: files.every(isToml) }
      : await lint(host, { ...selected, files }, config, options, checks, [
          ...(tested?.findings ?? []),
          ...(lists?.findings ?? []),
        ]);
  const findings = configured(host, linted.findings, config, options.only ?? []);

  const terminal = terminalOf(host, options);
  const report: Report = {
    command,
    version: packageVersion(),
    rules: files.length,
    findings: findings.filter((one) => reaches(one.severity, config.minSeverity)),
    ...(suites === undefined ? {} : { suites }),
    ...(lists === undefined ? {} : { lists: lists.sources.size }),
    ...sources(host, files, lists?.sources),
    colour: terminal.colour,
    ascii: terminal.ascii,
    width: terminal.width,
    maxFindings: options.maxFindings ?? 50,
    seconds: (host.clock() - started) / 1000,
    checks: ids,
  };
  for (const output of outputs) write(host, output, report, options.quiet === true);

  const cases = (suites ?? []).flatMap((suite) => suite.cases);
  const noTests = command === 'test' && cases.length === 0 && options.allowNoTests !== true && files.length > 0;
  if (noTests)
    host.err(
      `error: no test was run\n  help: put fixtures under ${config.tests}/, or accept it with --allow-no-tests\n`,
    );
  return exitCodeOf(
    {
      findings,
      failedCases: cases.filter((one) => one.status !== 'passed').length,
      incomplete: selected.errors.length > 0 || noTests || !linted.readable || lists?.readable === false,
    },
    { failOn: config.failOn, maxWarnings: config.maxWarnings, exitZero: options.exitZero === true },
  );
}

/** Lists and connectors: those that were named, or all where the whole repository is looked at. Undefined: there are none. */
async function listsOf(host: Host, config: Config, { complete, lists }: Selected): Promise<CheckedLists | undefined> {
  if (!complete && lists.length === 0) return undefined;
  const folders = listFoldersThere(host, config);
  if (folders.length === 0) return undefined;
  const { checkLists } = await import('./check-lists.ts');
  return checkLists(host, config, folders, complete ? folders.map(({ path }) => path) : lists);
}

/** What keeps a file from being a rule; all that `dac test` says about reading. */
const readingProblems = (files: readonly RuleFile[]): readonly Finding[] =>
  files.flatMap((file) => file.problems.map((one) => ({ ...one, path: file.path })));

const isToml = (file: RuleFile): boolean => file.document !== undefined;

interface Linting {
  readonly context: LintContext;
  readonly mappings: RuleMappings;
  readonly conclusion: ConcludeOptions;
}

/** What the checks get to see, and which of their findings are asked for. */
function lintingOf(host: Host, config: Config, mappings: RuleMappings, options: CheckOptions): Linting {
  return {
    context: {
      settings: { requiredTags: config.requiredTags, guideSections: config.guideSections, stack: config.stack },
      mapping: mappings.mappingOf,
    },
    mappings,
    conclusion: {
      today: new Date(host.now()).toISOString().slice(0, 10).replaceAll('-', '/'),
      only: options.only ?? [],
      skip: options.skip ?? [],
    },
  };
}

async function lint(
  host: Host,
  selected: Selected,
  config: Config,
  options: CheckOptions,
  { context, mappings, conclusion }: Linting,
  also: readonly Finding[],
): Promise<{ readonly findings: readonly Finding[]; readonly readable: boolean }> {
  const { files, complete, lock } = selected;
  const cache = openLintCache(host, config, [context.settings, lock ?? null], options);
  const verdicts = await cachedVerdicts(
    files,
    cache,
    async (open) => {
      const { judgeFiles } = await import('./judge-files.ts');
      return await judgeFiles(open, {
        context,
        ...(lock === undefined ? {} : { lock }),
        dependsOnMore: (path) => mappings.digestOf(path) !== undefined,
      });
    },
    mappings.digestOf,
  );
  if (cache !== undefined) {
    if (complete) cache.keep(new Set(files.map((file) => file.path)));
    storeLintCache(host, config, cache, options);
    if (options.verbose === true) host.err(`cache: ${cache.hits} of ${plural(files.length, 'rule')}\n`);
  }
  return {
    findings: conclude(verdicts, { ...conclusion, also }),
    readable: verdicts.every(({ verdict }) => verdict.readable),
  };
}

/** `--fix` writes what can be fixed, and the run goes on with it; `--diff` prints it, and that is all. */
async function fix(
  host: Host,
  { files, lock }: Selected,
  config: Config,
  options: CheckOptions,
  { context, conclusion }: Linting,
): Promise<{ readonly files: readonly RuleFile[]; readonly code?: ExitCode } | undefined> {
  if (options.fix !== true && options.diff !== true) {
    if (options.unsafeFixes === true) throw new KnownError('--unsafe-fixes goes with --fix or --diff', { help: 'add one of them' }); // prettier-ignore
    return undefined;
  }
  if (files.some((file) => file.path === '<stdin>'))
    throw new KnownError('a rule from stdin cannot be fixed', { help: 'give the path of its file' });
  const { changedFiles, diffOf, fixRules, writeFixed } = await import('./fix-rules.ts');
  const result = fixRules(files, {
    unsafe: options.unsafeFixes === true,
    context,
    conclusion,
    load: lock === undefined ? {} : { lock },
    wanted: (findings) => configured(host, findings, config, options.only ?? []),
  });
  const changes = changedFiles(files, result.files);
  if (options.diff === true) {
    const text = await diffOf(changes);
    host.out(host.terminal ? visible(text) : text);
    return { files, code: changes.length > 0 ? 1 : 0 };
  }
  for (const [before, after] of changes) writeFixed(host, before, after);
  if (changes.length > 0 || options.quiet !== true)
    host.err(`fixed ${result.applied} in ${plural(changes.length, 'file')}, ${result.findings.length} left\n`);
  return { files: result.files };
}

async function test(
  host: Host,
  { files, complete, deleted }: Selected,
  config: Config,
  options: CheckOptions,
): Promise<{ readonly suites: TestResult['suites']; readonly findings: readonly Finding[] }> {
  const { runSuites } = await import('../testing/run-suites.ts');
  const { suites, findings } = runSuites(files, {
    files: suiteFilesOf(host, config.tests),
    suiteOf: suiteOf(host, config),
    ruleOf: ruleOf(host, config),
    testsRoot: config.tests,
    deleted,
    demands: { minPositive: config.minPositive, minNegative: config.minNegative },
    now: host.now(),
    stack: config.stack,
    complete,
    ...(options.bail === undefined ? {} : { bail: options.bail === true ? 1 : options.bail }),
  });
  return { suites, findings: [...findings, ...suites.flatMap((suite) => suite.findings)] };
}

/** Both lists, what linting has said already once, by path and place. */
function merged(linted: readonly Finding[], tested: readonly Finding[]): readonly Finding[] {
  const key = (one: Finding): string => `${one.path}\0${one.id}\0${one.span.start}`;
  const seen = new Set(linted.map(key));
  const added = tested.filter((one) => !seen.has(key(one)));
  if (added.length === 0) return linted;
  return [...linted, ...added].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start,
  );
}

/** Severities after the configuration; a check that is asked for by `--only` runs even if the configuration switches it off. */
function configured(
  host: Host,
  findings: readonly Finding[],
  config: Config,
  only: readonly string[],
): readonly Finding[] {
  return findings.flatMap((one) => {
    const severity = severityFor(config, one.id, absolute(host, one.path), one.severity);
    if (severity === undefined) return only.includes(one.id) ? [one] : [];
    return [severity === one.severity ? one : { ...one, severity }];
  });
}

const MAX_SOURCE = 16 * 1024 * 1024;

/** Where reports get texts from: the rules as loaded, other files (fixtures, suites) when a finding speaks of one. */
function sources(
  host: Host,
  files: readonly RuleFile[],
  lists: ReadonlyMap<string, SourceFile> = new Map(),
): Pick<Report, 'source' | 'queryOf'> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const others = new Map<string, SourceFile | undefined>(lists);
  return {
    source(path) {
      const rule = byPath.get(path);
      if (rule !== undefined) return rule.source;
      if (!others.has(path)) {
        const bytes = readRegular(absolute(host, path), MAX_SOURCE);
        others.set(path, isReadFault(bytes) ? undefined : new SourceFile(path, new TextDecoder().decode(bytes)));
      }
      return others.get(path);
    },
    queryOf: (path) => byPath.get(path)?.text(['rule', 'query'])?.text ?? '',
  };
}

/** Only what a person reads at once may differ from run to run; all else is the same bytes for the same input. */
function write(host: Host, output: Output, report: Report, quiet: boolean): void {
  const toPerson = output.format === 'pretty' && output.path === undefined;
  const { seconds: _seconds, ...timeless } = report;
  const drawn: Report = toPerson ? { ...report, quiet } : { ...timeless, colour: false, maxFindings: 0, quiet };
  put(host, output, FORMATS[output.format](drawn));
  if (output.format === 'concise' && output.path === undefined && !quiet) host.err(`${summaryLine(report)}\n`);
}

/** Every case with its outcome, those that passed as well. */
function listCases(host: Host, suites: TestResult['suites']): void {
  for (const suite of suites)
    for (const one of suite.cases)
      host.err(`${visibleLine(`${one.status}  ${suite.path}: ${one.name}: ${one.got}`)}\n`);
}

function describe(host: Host, config: Config, rules: number): void {
  host.err(
    `configuration: ${config.path ?? 'none'}\nstack: ${config.stack}\nrules: ${config.rules.join(', ')}, ${rules} chosen\nsuites: ${config.tests}\n`,
  );
}
