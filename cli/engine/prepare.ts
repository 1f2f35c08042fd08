import type { RuleType } from '../rule/rule.ts';
import type { ExecutionInput, Executor, Preparation } from './execution.ts';
import { eql } from './executors/eql.ts';
import { notYet } from './executors/not-yet.ts';
import { query } from './executors/query.ts';
import { savedQuery } from './executors/saved-query.ts';

/** One executor a rule type. A type that cannot be run yet is listed with its reason, and fails the rule by name. */
const EXECUTORS: Readonly<Record<RuleType, Executor>> = {
  query,
  saved_query: savedQuery,
  eql,
  esql: notYet('ES|QL rules'),
  threshold: notYet('threshold rules'),
  threat_match: notYet('indicator match rules'),
  new_terms: notYet('new terms rules'),
  machine_learning: notYet(
    'machine learning rules',
    'they alert on the results of a job in the cluster, not on events',
  ),
};

/** Makes a rule ready to be run over events. Never throws for what a rule can hold. */
export const prepareRule = (input: ExecutionInput): Preparation => EXECUTORS[input.rule.body.type](input);
