import type { Mapping } from '../mapping.ts';
import type { RuleBody, RuleMetadata } from '../../rule/rule.ts';
import { DEFAULT_STACK } from './ecs.ts';
import { sourcesFor, type Sources } from './sources.ts';
import { TableMapping } from './table-mapping.ts';

/** Indices that Kibana searches when a rule names none (`securitySolution:defaultIndex`, stock value). */
export const DEFAULT_INDICES: readonly string[] = [
  'apm-*-transaction*', 'auditbeat-*', 'endgame-*', 'filebeat-*', 'logs-*', 'packetbeat-*', 'traces-apm*', 'winlogbeat-*',
  '-*elastic-cloud-logs-*',
]; // prettier-ignore

const made = new WeakMap<Sources, Mapping>();

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/**
 * The mapping under which a rule's query is read: the union of the tables behind its indices and integrations, for the
 * stack asked for. `declared` holds what a suite adds; it wins over the tables.
 */
export function mappingForRule(
  rule: { readonly body: Pick<RuleBody, 'index'>; readonly metadata: Pick<RuleMetadata, 'integration'> },
  options: { readonly stack?: string; readonly declared?: Mapping } = {},
): Mapping {
  const patterns = rule.body.index ?? DEFAULT_INDICES;
  const sources = sourcesFor(patterns, listOf(rule.metadata.integration), options.stack ?? DEFAULT_STACK);
  if (options.declared !== undefined) return new TableMapping(sources, options.declared);
  let mapping = made.get(sources);
  if (mapping === undefined) made.set(sources, (mapping = new TableMapping(sources)));
  return mapping;
}
