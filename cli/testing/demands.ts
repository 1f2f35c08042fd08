import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import { span } from '../text/span.ts';
import type { Case } from './collect-cases.ts';
import type { Suite } from './suite.ts';

/** What a repository asks of its suites; a suite.toml may say otherwise for itself. */
export interface SuiteDemands {
  readonly minPositive: number;
  readonly minNegative: number;
}

/** A rule without any suite. */
export function missingSuite(file: RuleFile, folder: string, demands: SuiteDemands): readonly Finding[] {
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

/** A suite with fewer positive or negative cases than asked for. */
export function tooFewCases(
  file: RuleFile,
  cases: readonly Case[],
  suite: Suite | undefined,
  demands: SuiteDemands,
): readonly Finding[] {
  const needed = {
    positive: numberNeeded(suite?.requirePositive, demands.minPositive),
    negative: numberNeeded(suite?.requireNegative, demands.minNegative),
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

const numberNeeded = (required: boolean | undefined, asked: number): number =>
  required === false ? 0 : Math.max(asked, required === true ? 1 : 0);
