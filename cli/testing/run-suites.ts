import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import { span } from '../text/span.ts';
import { runSuite, type RunSuiteOptions } from './run-suite.ts';
import type { SuiteResult, TestResult } from './result.ts';

export interface RunSuitesOptions extends RunSuiteOptions {
  /** Folder of the rules and folder of the suites: the suite of `<rules>/a/b.toml` is `<tests>/a/b/`. */
  readonly rulesRoot: string;
  readonly testsRoot: string;
  /** Stop after that many failing suites; absent: never. */
  readonly bail?: number;
  /** True: all rules of the repository are in the run, so a suite folder without a rule is a finding. */
  readonly complete?: boolean;
}

const withoutSlash = (path: string): string => path.replace(/\/+$/, '');

/** Folder of the suite that belongs to a rule, at the rule's own path. */
export function suiteFolder(rulePath: string, rulesRoot: string, testsRoot: string): string {
  const root = withoutSlash(rulesRoot);
  const inside = rulePath.startsWith(`${root}/`) ? rulePath.slice(root.length + 1) : rulePath;
  return `${withoutSlash(testsRoot)}/${inside.replace(/\.toml$/, '')}`;
}

const failures = (suite: SuiteResult): number =>
  suite.cases.filter((one) => one.status !== 'passed').length +
  suite.findings.filter((one) => one.severity === 'error').length;

/** Runs the suites of many rules, in the order given. A rule file that could not be read has no suite; lint says why. */
export function runSuites(
  files: readonly RuleFile[],
  options: RunSuitesOptions,
): TestResult & { readonly findings: readonly Finding[] } {
  const suites: SuiteResult[] = [];
  let failing = 0;
  for (const file of files) {
    if (file.rule === undefined || file.rule.metadata.maturity === 'deprecated') continue;
    const suite = runSuite(file, file.rule, suiteFolder(file.path, options.rulesRoot, options.testsRoot), options);
    suites.push(suite);
    if (failures(suite) > 0) failing++;
    if (options.bail !== undefined && failing >= options.bail) break;
  }
  const cases = suites.flatMap((suite) => suite.cases);
  return {
    suites,
    findings: options.complete === true ? orphans(files, options) : [],
    passed: cases.filter((one) => one.status === 'passed').length,
    failed: cases.filter((one) => one.status !== 'passed').length,
  };
}

/** Suite folders for which there is no rule: a rule was renamed or deleted, and its tests stayed behind. */
function orphans(files: readonly RuleFile[], options: RunSuitesOptions): readonly Finding[] {
  const known = new Set(files.map((file) => suiteFolder(file.path, options.rulesRoot, options.testsRoot)));
  const found: Finding[] = [];
  const tests = withoutSlash(options.testsRoot);
  const walk = (folder: string): void => {
    if (known.has(folder)) return;
    const entries = options.files.list(folder) ?? [];
    const isSuite = entries.some(
      (one) => one.name === 'suite.toml' || one.name === 'positive' || one.name === 'negative',
    );
    if (isSuite)
      found.push({
        id: 'suite/no-rule',
        severity: 'error',
        path: folder,
        span: span(0, 0),
        message: 'there is no rule for this suite',
        why: 'its cases are never run',
        help: `the rule would be ${withoutSlash(options.rulesRoot)}/${folder.slice(tests.length + 1)}.toml; move the suite after its rule, or delete it`,
      });
    else for (const entry of entries) if (entry.kind === 'folder') walk(`${folder}/${entry.name}`);
  };
  walk(tests);
  return found;
}
