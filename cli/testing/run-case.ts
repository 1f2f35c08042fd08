import type { PreparedRule } from '../engine/execution.ts';
import { Unsupported } from '../query/failure.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import { KnownError } from '../text/known-error.ts';
import type { Case } from './collect-cases.ts';
import { judge, type Verdict } from './expectation.ts';
import { nearest } from './nearest.ts';
import type { CaseResult } from './result.ts';

/** The result of a case that could not be run, and why. */
export function notRun(one: Case, got: string, problem: Finding | undefined): CaseResult {
  return {
    name: one.name,
    kind: one.kind,
    status: 'error',
    path: one.path,
    line: one.line,
    expected: judge(one.kind, one.expectation, []).expected,
    got,
    alerts: [],
    events: one.events,
    ...(one.why === undefined ? {} : { why: one.why }),
    outOfReach: [],
    explanations: [],
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Runs the rule over the events of a case and compares. A search that fails is the case's problem, never "no alert". */
export function runCase(one: Case, prepared: PreparedRule, file: RuleFile): CaseResult {
  if (one.problem !== undefined) return notRun(one, 'the fixture cannot be read', one.problem);
  try {
    const alerts = prepared.run(one.events);
    const { held, expected, got, lacking } = judge(one.kind, one.expectation, alerts);
    const outOfReach = held
      ? []
      : one.events.flatMap((event) => {
          const reason = prepared.outOfReach(event);
          return reason === undefined ? [] : [{ event, reason }];
        });
    return {
      name: one.name,
      kind: one.kind,
      status: held ? 'passed' : 'failed',
      path: one.path,
      line: one.line,
      expected,
      got: held ? got : said(got, one, outOfReach, alerts.length === prepared.limit),
      alerts,
      events: one.events,
      ...(one.why === undefined ? {} : { why: one.why }),
      outOfReach: lacking === 'more' ? outOfReach : [],
      ...explained(lacking, prepared, one),
    };
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    const where = error.place?.span;
    const text = file.text(['rule', 'query']);
    return notRun(one, 'the search fails', {
      id: error instanceof Unsupported ? 'query/unsupported' : 'query/fails',
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
  lacking: Verdict['lacking'],
  prepared: PreparedRule,
  { events }: Case,
): Pick<CaseResult, 'explanations' | 'group'> {
  if (lacking === undefined || lacking === 'fields') return { explanations: [] };
  return prepared.explainGroup === undefined
    ? { explanations: nearest(prepared, events, lacking === 'more') }
    : { explanations: [], group: prepared.explainGroup(events) };
}

/** What no predicate explains is the first thing to tell: the rule sees none of the events, or stops at its limit. */
function said(got: string, one: Case, outOfReach: CaseResult['outOfReach'], atLimit: boolean): string {
  if (atLimit) return `${got}, which is the most that max_signals lets through`;
  const [first] = outOfReach;
  return first !== undefined && outOfReach.length === one.events.length ? `${got}: ${first.reason}` : got;
}
