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

export interface MappingOptions {
  /** Version of the stack, such as `9.3`; default the newest that the tables know. */
  readonly stack?: string;
  /** Fields that a suite declares; they win over the tables. */
  readonly declared?: Mapping;
}

const made = new WeakMap<Sources, TableMapping>();

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** The mapping of some index patterns: the union of the tables behind them and behind the named integrations. */
export function mappingForIndices(
  patterns: readonly string[],
  integrations: readonly string[] = [],
  options: MappingOptions = {},
): TableMapping {
  const sources = sourcesFor(patterns, integrations, options.stack ?? DEFAULT_STACK);
  if (options.declared !== undefined) return new TableMapping(sources, options.declared);
  let mapping = made.get(sources);
  if (mapping === undefined) made.set(sources, (mapping = new TableMapping(sources)));
  return mapping;
}

/**
 * The mapping under which a rule's query is read. A rule with a data view and no indices searches indices that only Kibana
 * knows: its fields come from the integrations and ECS, others are assumed.
 */
export function mappingForRule(
  rule: {
    readonly body: Pick<RuleBody, 'index' | 'data_view_id'>;
    readonly metadata: Pick<RuleMetadata, 'integration'>;
  },
  options: MappingOptions = {},
): TableMapping {
  const { index, data_view_id: view } = rule.body;
  const patterns = index ?? (view === undefined ? DEFAULT_INDICES : [`data view ${view}`]);
  return mappingForIndices(patterns, listOf(rule.metadata.integration), options);
}
