import { decodeEvents } from '../engine/events/decode.ts';
import { prepareRule } from '../engine/prepare.ts';
import { patternsOf } from '../engine/reach.ts';
import type { Event } from '../fields/event.ts';
import { matchesIndex } from '../fields/patterns/index-pattern.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import type { Rule, RuleFile } from '../rule/rule.ts';
import type { Diagnostic, Finding } from '../text/diagnostic.ts';
import { collectCases, type Case } from './collect-cases.ts';
import { mappingOfSuite } from './declared-mapping.ts';
import { missingSuite, tooFewCases, type SuiteDemands } from './demands.ts';
import type { SuiteFiles } from './files.ts';
import type { CaseResult, SuiteResult } from './result.ts';
import { notRun, runCase } from './run-case.ts';
import { refusedValues } from './refused-values.ts';
import { readSuite } from './suite.ts';
import { unknownFields } from './unknown-fields.ts';

export interface RunSuiteOptions {
  readonly files: SuiteFiles;
  readonly demands: SuiteDemands;
  /** `now` of queries when the suite sets no clock, epoch milliseconds. */
  readonly now: number;
  readonly stack?: string;
}

/** Runs the suite of one rule: every case, whatever becomes of the others. */
export function runSuite(file: RuleFile, rule: Rule, folder: string, options: RunSuiteOptions): SuiteResult {
  const { files, demands, stack } = options;
  const result = (cases: readonly CaseResult[], findings: readonly Finding[]): SuiteResult => ({
    path: file.path,
    ruleId: rule.body.rule_id,
    ruleName: rule.body.name,
    folder,
    cases,
    findings,
  });
  if (files.list(folder) === undefined) return result([], missingSuite(file, folder, demands));

  const path = `${folder}/suite.toml`;
  const written = files.read(path);
  const { suite, findings } = written === undefined ? { suite: undefined, findings: [] } : readSuite(path, written);
  const broken = written !== undefined && suite === undefined;
  const collected = collectCases(files, folder, suite, broken);
  const faults = [
    ...findings,
    ...collected.findings,
    ...(broken ? [] : tooFewCases(file, collected.cases, suite, demands)),
  ];
  const ofFile = (list: readonly Diagnostic[]): Finding[] => list.map((one) => ({ ...one, path: file.path }));

  const declared = suite === undefined ? undefined : mappingOfSuite(suite);
  const mapping = mappingForRule(rule, {
    ...(stack === undefined ? {} : { stack }),
    ...(declared === undefined ? {} : { declared }),
  });
  // In a test as in the indices, a field that an event brings is mapped.
  const observed = mapping.observing(eventsInReach(collected.cases, patternsOf(rule.body)));
  const { prepared, problems, caveats } = prepareRule({
    file,
    rule,
    mapping: observed,
    now: suite?.clock ?? options.now,
    timeWindow: suite?.clock !== undefined,
    ...(stack === undefined ? {} : { stack }),
  });
  if (prepared === undefined) {
    const errors = ofFile(problems.filter((one) => one.severity === 'error'));
    return result(
      collected.cases.map((one) => notRun(one, 'the rule cannot be run', errors[0])),
      [...faults, ...errors],
    );
  }
  const texts = (fixture: string): string | undefined => textOf(files, fixture);
  const looked = collected.cases.map((one) => ({ one, ...refusedValues(one, observed, texts) }));
  const cases = looked.map(({ one, refused }) =>
    refused === undefined || one.problem !== undefined
      ? runCase(one, prepared, file)
      : notRun(one, 'Elasticsearch refuses an event of the case', refused),
  );
  const failures = cases.flatMap(({ problem }) => (problem?.path === file.path ? [problem] : []));
  // What this run leaves out can only take alerts away: it matters where there is one.
  const left = cases.some((one) => one.alerts.length > 0) ? ofFile(caveats ?? []) : [];
  const values = looked.flatMap(({ one, refused, doubtful }) => [
    ...unknownFields(one, mapping),
    ...(refused === undefined ? [] : [refused]),
    ...doubtful,
  ]);
  return result(cases, [...faults, ...once(failures), ...once(values), ...left]);
}

/** The events of all cases that lie in some indices. */
const eventsInReach = (cases: readonly Case[], patterns: readonly string[] | undefined): readonly Event[] =>
  cases
    .flatMap((one) => one.events)
    .filter(({ index }) => patterns === undefined || index === '' || matchesIndex(patterns, index));

/** The same finding of many cases is one. */
const once = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((one) => [`${one.path} ${one.span.start} ${one.message}`, one])).values(),
];

/** The text of a fixture, for frames; undefined if it is packed, or no text. */
function textOf(files: SuiteFiles, path: string): string | undefined {
  const source = path.endsWith('.gz') ? undefined : decodeEvents(path, files.read(path) ?? new Uint8Array());
  return source === undefined || 'id' in source ? undefined : source.text;
}
