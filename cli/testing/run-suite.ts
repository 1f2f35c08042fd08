import type { PreparedRule } from '../engine/execution.ts';
import { prepareRule } from '../engine/prepare.ts';
import type { Event } from '../fields/event.ts';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import type { Rule, RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import { KnownError } from '../text/known-error.ts';
import { span } from '../text/span.ts';
import { collectCases, type Case } from './collect-cases.ts';
import { judge } from './expectation.ts';
import type { SuiteFiles } from './files.ts';
import { nearest } from './nearest.ts';
import type { CaseResult, SuiteResult } from './result.ts';
import { declaredMapping, readSuite, type Suite } from './suite.ts';

/** What a repository asks of its suites; a suite.toml may say otherwise for itself. */
export interface SuiteDemands {
  readonly minPositive: number;
  readonly minNegative: number;
}

export interface RunSuiteOptions {
  readonly files: SuiteFiles;
  readonly demands: SuiteDemands;
  /** `now` of queries when the suite sets no clock, epoch milliseconds. */
  readonly now: number;
  readonly stack?: string;
}

/** Runs the suite of one rule: every case, whatever becomes of the others. */
export function runSuite(file: RuleFile, rule: Rule, folder: string, options: RunSuiteOptions): SuiteResult {
  const result = (cases: readonly CaseResult[], findings: readonly Finding[]): SuiteResult => ({
    path: file.path,
    ruleId: rule.body.rule_id,
    ruleName: rule.body.name,
    folder,
    cases,
    findings,
  });
  if (options.files.list(folder) === undefined) return result([], missing(file, folder, options.demands));

  const { suite, findings } = suiteOf(options.files, `${folder}/suite.toml`);
  const collected = collectCases(options.files, folder, suite);
  const faults = [...findings, ...collected.findings, ...tooFew(file, collected.cases, suite, options.demands)];

  const clock = suite?.clock === undefined ? undefined : Date.parse(suite.clock);
  const declared =
    suite === undefined || Object.keys(suite.fields).length === 0
      ? undefined
      : mappingFromElasticsearch(declaredMapping(suite.fields));
  const preparation = prepareRule({
    file,
    rule,
    mapping: mappingForRule(rule, {
      ...(options.stack === undefined ? {} : { stack: options.stack }),
      ...(declared === undefined ? {} : { declared }),
    }),
    now: clock ?? options.now,
    timeWindow: clock !== undefined,
    ...(options.stack === undefined ? {} : { stack: options.stack }),
  });
  const { prepared } = preparation;
  if (prepared === undefined) {
    const problems = preparation.problems
      .filter((one) => one.severity === 'error')
      .map((one): Finding => ({ ...one, path: file.path }));
    const blocked = collected.cases.map((one) => notRun(one, 'the rule cannot be run', problems[0]));
    return result(blocked, [...faults, ...problems]);
  }
  const cases = collected.cases.map((one) => runCase(one, prepared, file));
  // What this run leaves out can only take alerts away: it matters where there is one.
  const caveats = cases.some((one) => one.alerts.length > 0) ? (preparation.caveats ?? []) : [];
  return result(cases, [...faults, ...caveats.map((one): Finding => ({ ...one, path: file.path }))]);
}

function suiteOf(files: SuiteFiles, path: string): { suite?: Suite; findings: readonly Finding[] } {
  const bytes = files.read(path);
  return bytes === undefined ? { findings: [] } : readSuite(path, new TextDecoder().decode(bytes));
}

const wantedText = ({ kind, expectation }: Case): string => judge(kind, expectation, []).expected;

function notRun(one: Case, got: string, problem: Finding | undefined): CaseResult {
  return {
    name: one.name,
    kind: one.kind,
    status: 'error',
    path: one.path,
    line: one.line,
    expected: wantedText(one),
    got,
    alerts: [],
    events: one.events,
    explanations: [],
    ...(problem === undefined ? {} : { problem }),
  };
}

function runCase(one: Case, prepared: PreparedRule, file: RuleFile): CaseResult {
  if (one.problem !== undefined) return notRun(one, 'the fixture cannot be read', one.problem);
  try {
    const alerts = prepared.run(one.events);
    const { held, expected, got } = judge(one.kind, one.expectation, alerts);
    const wanted = one.kind === 'positive';
    return {
      name: one.name,
      kind: one.kind,
      status: held ? 'passed' : 'failed',
      path: one.path,
      line: one.line,
      expected,
      got: held ? got : withReach(got, one, prepared, alerts.length),
      alerts,
      events: one.events,
      ...explained(held, prepared, one.events, wanted),
    };
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    const where = error.place?.span;
    const text = file.text(['rule', 'query']);
    return notRun(one, 'the search fails', {
      id: 'query/fails',
      severity: 'error',
      path: file.path,
      message: error.message,
      span: where === undefined || text === undefined ? file.valueSpan(['rule', 'query']) : text.span(where),
      ...(error.why === undefined ? {} : { why: error.why }),
      ...(error.help === undefined ? {} : { help: error.help }),
    });
  }
}

/** Why a case failed: of a sequence how far its events got, else the events that come nearest. */
function explained(
  held: boolean,
  prepared: PreparedRule,
  events: readonly Event[],
  wanted: boolean,
): Pick<CaseResult, 'explanations' | 'group'> {
  if (held) return { explanations: [] };
  return prepared.explainGroup === undefined
    ? { explanations: nearest(prepared, events, wanted) }
    : { explanations: [], group: prepared.explainGroup(events) };
}

/** An event that the rule never looks at is the first thing to tell: no predicate explains it. */
function withReach(got: string, one: Case, prepared: PreparedRule, alerts: number): string {
  if (alerts > 0) return got;
  const reasons = new Set(one.events.map((event) => prepared.outOfReach(event)));
  reasons.delete(undefined);
  return reasons.size === 0 ? got : `${got}: ${[...reasons].join('; ')}`;
}

function missing(file: RuleFile, folder: string, demands: SuiteDemands): readonly Finding[] {
  if (demands.minPositive === 0 && demands.minNegative === 0) return [];
  return [
    {
      id: 'suite/missing',
      severity: 'error',
      path: file.path,
      span: file.valueSpan(['rule', 'name']),
      message: 'this rule has no tests',
      why: 'nothing shows that it fires, nor that it stays quiet',
      help: `put an event that must alert into ${folder}/positive/ and one that must not into ${folder}/negative/`,
    },
  ];
}

function tooFew(
  file: RuleFile,
  cases: readonly Case[],
  suite: Suite | undefined,
  demands: SuiteDemands,
): readonly Finding[] {
  const needed = {
    positive:
      suite?.requirePositive === false ? 0 : Math.max(demands.minPositive, suite?.requirePositive === true ? 1 : 0),
    negative:
      suite?.requireNegative === false ? 0 : Math.max(demands.minNegative, suite?.requireNegative === true ? 1 : 0),
  };
  return (['positive', 'negative'] as const).flatMap((kind): Finding[] => {
    const have = cases.filter((one) => one.kind === kind).length;
    if (have >= needed[kind]) return [];
    return [
      {
        id: `suite/missing-${kind}`,
        severity: 'error',
        path: suite?.path ?? file.path,
        span: suite === undefined ? file.valueSpan(['rule', 'name']) : span(0, 0),
        message: `the suite has ${have} ${kind} case${have === 1 ? '' : 's'}, ${needed[kind]} needed`,
        why:
          kind === 'positive'
            ? 'without an event that must alert, a rule that never fires passes'
            : 'without an event that must not alert, a rule that always fires passes',
        help: `add a fixture under ${kind}/, or a case with kind = "${kind}" to suite.toml`,
      },
    ];
  });
}
