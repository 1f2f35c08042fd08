import { existsSync, readFileSync, appendFileSync } from 'node:fs';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import { lintFiles } from '../lint/lint.ts';
import { ids } from '../lint/registry.ts';
import { FORMATS, isFormat, type Format } from '../report/formats.ts';
import type { Report } from '../report/report.ts';
import { runSuites } from '../testing/run-suites.ts';
import type { SuiteResult } from '../testing/result.ts';
import type { Finding, Severity } from '../text/diagnostic.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import { SourceFile } from '../text/source-file.ts';
import { suggest } from '../text/suggest.ts';
import { diskFiles, readConfig, selectRules, writeOut, type Selection } from './session.ts';

export interface CheckOptions extends Selection {
  readonly config?: string | false;
  readonly format?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: string;
  readonly maxFindings?: string;
  readonly color?: string;
  readonly quiet?: boolean;
  readonly allowNoTests?: boolean;
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };
const isSeverity = (text: string): text is Severity => Object.hasOwn(RANK, text);

/** `dac check`, `dac lint` and `dac test`: lint, test, or both, over the same selection, to the same reports. */
export function check(command: 'check' | 'lint' | 'test', paths: readonly string[], options: CheckOptions): number {
  const started = performance.now();
  const outputs = outputsOf(options.format ?? []);
  const failOn = options.failOn ?? 'error';
  if (!isSeverity(failOn))
    throw new KnownError(`--fail-on cannot be ${failOn}`, { help: 'it is info, warning or error' });
  const config = readConfig(options.config === false ? undefined : options.config, options.config === false);
  const files = selectRules(paths, config, options);
  let findings: readonly Finding[] = [];
  let suites: readonly SuiteResult[] | undefined;
  if (command !== 'test')
    findings = lintFiles(files, {
      today: new Date().toISOString().slice(0, 10).replaceAll('-', '/'),
      settings: { requiredTags: config.requiredTags, guideSections: config.guideSections, stack: config.stack },
      mapping: (rule) => mappingForRule(rule, { stack: config.stack }),
      skip: [...config.disable, ...(options.skip ?? [])],
      ...(options.only === undefined ? {} : { only: options.only }),
      severity: config.severity,
    });
  else findings = files.flatMap((file) => file.problems.map((one) => ({ ...one, path: file.path })));
  if (command !== 'lint') {
    const result = runSuites(files, {
      files: diskFiles,
      rulesRoot: config.rules,
      testsRoot: config.tests,
      demands: { minPositive: config.minPositive, minNegative: config.minNegative },
      now: Date.now(),
      stack: config.stack,
      complete: paths.length === 0 && options.rule === undefined && options.tag === undefined,
    });
    suites = result.suites;
    const seen = new Set(findings.map((one) => `${one.path} ${one.id} ${one.span.start}`));
    const added = [...result.findings, ...result.suites.flatMap((suite) => suite.findings)].filter(
      (one) => !seen.has(`${one.path} ${one.id} ${one.span.start}`),
    );
    findings = [...findings, ...added];
    if (suites.every((suite) => suite.cases.length === 0) && options.allowNoTests !== true && command === 'test')
      throw new KnownError('no test was run', {
        help: 'put fixtures under test-data/, or accept it with --allow-no-tests',
      });
  }
  const report = reportOf(
    command,
    files.map((file) => file.source),
    files,
    findings,
    suites,
    options,
    started,
  );
  for (const { format, path } of outputs) {
    const text = FORMATS[format](format === 'pretty' ? report : withoutTime(report));
    if (path !== undefined) writeOut(path, text);
    else if (!(options.quiet === true && format === 'pretty' && findings.length === 0)) process.stdout.write(text);
  }
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (process.env['GITHUB_ACTIONS'] === 'true' && summary !== undefined && summary !== '')
    appendFileSync(summary, FORMATS.markdown(withoutTime(report)));
  const failed = (suites ?? []).some((suite) => suite.cases.some((one) => one.status !== 'passed'));
  const bad = findings.some((one) => RANK[one.severity] >= RANK[failOn]);
  if (files.every((file) => file.rule === undefined)) return 2;
  return failed || bad ? 1 : 0;
}

function withoutTime(report: Report): Report {
  const { seconds: _seconds, ...rest } = report;
  return { ...rest, maxFindings: 0 };
}

function reportOf(
  command: string,
  sources: readonly SourceFile[],
  files: ReturnType<typeof selectRules>,
  findings: readonly Finding[],
  suites: readonly SuiteResult[] | undefined,
  options: CheckOptions,
  started: number,
): Report {
  const known = new Map(sources.map((one) => [one.path, one]));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const max = Number(options.maxFindings ?? 50);
  return {
    command,
    version: packageVersion(),
    rules: files.length,
    findings,
    ...(suites === undefined ? {} : { suites }),
    source: (path) => {
      if (!known.has(path) && existsSync(path))
        try {
          known.set(path, new SourceFile(path, readFileSync(path, 'utf8')));
        } catch {
          return undefined;
        }
      return known.get(path);
    },
    queryOf: (path) => byPath.get(path)?.text(['rule', 'query'])?.text ?? '',
    colour:
      options.color === 'always' ||
      (options.color !== 'never' &&
        process.env['NO_COLOR'] === undefined &&
        process.env['TERM'] !== 'dumb' &&
        (process.stdout.isTTY || process.env['FORCE_COLOR'] !== undefined)),
    maxFindings: Number.isInteger(max) && max >= 0 ? max : 50,
    seconds: (performance.now() - started) / 1000,
    checks: ids,
  };
}

/** `--format pretty --format sarif=out.sarif`; without any: pretty on a terminal, else concise. */
function outputsOf(written: readonly string[]): readonly { format: Format; path?: string }[] {
  if (written.length === 0) {
    const format: Format = process.stdout.isTTY ? 'pretty' : 'concise';
    return process.env['GITHUB_ACTIONS'] === 'true' ? [{ format: 'pretty' }, { format: 'github' }] : [{ format }];
  }
  return written.map((one) => {
    const at = one.indexOf('=');
    const name = at < 0 ? one : one.slice(0, at);
    if (!isFormat(name)) {
      const meant = suggest(name, Object.keys(FORMATS));
      throw new KnownError(`there is no format ${name}${meant === undefined ? '' : `, did you mean ${meant}?`}`, {
        help: `the formats are ${Object.keys(FORMATS).join(', ')}`,
      });
    }
    return at < 0 ? { format: name } : { format: name, path: one.slice(at + 1) };
  });
}
