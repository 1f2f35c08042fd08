import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import { span } from '../text/span.ts';
import { runSuite, type RunSuiteOptions } from './run-suite.ts';
import type { SuiteResult, TestResult } from './result.ts';

export interface RunSuitesOptions extends RunSuiteOptions {
  /** Folder of the suite that belongs to a rule, by the rule's path. */
  readonly suiteOf: (rulePath: string) => string;
  /** Path that the rule of a suite would have, by the folder of the suite. */
  readonly ruleOf: (suitePath: string) => string;
  /** Folder of the suites. */
  readonly testsRoot: string;
  /** Stop after that many failing suites; absent: never. */
  readonly bail?: number;
  /** True: all rules of the repository are in the run, so a suite folder without a rule is a finding. */
  readonly complete?: boolean;
  /** Rules that were deleted; a suite that they left behind is a finding. */
  readonly deleted?: readonly string[];
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
    const suite = runSuite(file, file.rule, options.suiteOf(file.path), options);
    suites.push(suite);
    if (failures(suite) > 0) failing++;
    if (options.bail !== undefined && failing >= options.bail) break;
  }
  const cases = suites.flatMap((suite) => suite.cases);
  return {
    suites,
    findings: options.complete === true ? orphans(files, options) : leftBehind(options),
    passed: cases.filter((one) => one.status === 'passed').length,
    failed: cases.filter((one) => one.status !== 'passed').length,
  };
}

const withoutRule = (folder: string, { ruleOf }: RunSuitesOptions): Finding => ({
  id: 'suite/no-rule',
  severity: 'error',
  path: folder,
  span: span(0, 0),
  message: 'there is no rule for this suite',
  why: 'its cases are never run',
  help: `the rule would be ${ruleOf(folder)}; move the suite after its rule, or delete it`,
});

const leftBehind = (options: RunSuitesOptions): readonly Finding[] =>
  (options.deleted ?? [])
    .map(options.suiteOf)
    .filter((folder) => options.files.list(folder) !== undefined)
    .map((folder) => withoutRule(folder, options));

/** Suite folders for which there is no rule: a rule was renamed or deleted, and its tests stayed behind. */
function orphans(files: readonly RuleFile[], options: RunSuitesOptions): readonly Finding[] {
  const known = new Set(files.map((file) => options.suiteOf(file.path)));
  const found: Finding[] = [];
  const walk = (folder: string): void => {
    if (known.has(folder)) return;
    const entries = options.files.list(folder) ?? [];
    const isSuite = entries.some(
      (one) => one.name === 'suite.toml' || one.name === 'positive' || one.name === 'negative',
    );
    if (isSuite) found.push(withoutRule(folder, options));
    else for (const entry of entries) if (entry.kind === 'folder') walk(`${folder}/${entry.name}`);
  };
  walk(options.testsRoot);
  return found;
}
