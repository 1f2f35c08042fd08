import type { RuleType } from '../rule/rule.ts';
import type { ExecutionInput, Executor, Preparation } from './execution.ts';
import { eql } from './executors/eql.ts';
import { notYet } from './executors/not-yet.ts';
import { query } from './executors/query.ts';
import { savedQuery } from './executors/saved-query.ts';

/** Types that cannot be run yet, each with its reason: it fails the rule by name. */
const NOT_YET = {
  esql: notYet('ES|QL rules'),
  threshold: notYet('threshold rules'),
  threat_match: notYet('indicator match rules'),
  new_terms: notYet('new terms rules'),
  machine_learning: notYet(
    'machine learning rules',
    'they alert on the results of a job in the cluster, not on events',
  ),
};

/** One executor a rule type. */
const EXECUTORS: Readonly<Record<RuleType, Executor>> = { query, saved_query: savedQuery, eql, ...NOT_YET };

/** Whether rules of a type can be run at all. */
export const runsOffline = (type: RuleType): boolean => !Object.hasOwn(NOT_YET, type);

/** Makes a rule ready to be run over events. Never throws for what a rule can hold. */
export function prepareRule(input: ExecutionInput): Preparation {
  const preparation = EXECUTORS[input.rule.body.type](input);
  const { prepared } = preparation;
  return prepared === undefined ? preparation : { ...preparation, prepared: { ...prepared, mapping: input.mapping } };
}
