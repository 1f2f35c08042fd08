import type { JsonObject } from '../../text/json.ts';

/** What the server fills in for every rule (kibana: detection_rules_client/mergers/apply_rule_defaults.ts). */
const COMMON: JsonObject = {
  actions: [],
  author: [],
  enabled: false,
  exceptions_list: [],
  false_positives: [],
  from: 'now-6m',
  interval: '5m',
  max_signals: 100,
  references: [],
  related_integrations: [],
  required_fields: [],
  risk_score_mapping: [],
  setup: '',
  severity_mapping: [],
  tags: [],
  threat: [],
  to: 'now',
  version: 1,
};

const BY_TYPE: Readonly<Record<string, JsonObject>> = {
  query: { language: 'kuery', query: '' },
  saved_query: { language: 'kuery' },
  threshold: { language: 'kuery' },
  threat_match: { language: 'kuery', threat_indicator_path: 'threat.indicator' },
  new_terms: { language: 'kuery' },
};

/** Values that Kibana stores for what a rule of this type leaves out, on create and on PUT. */
export const defaultsOf = (type: string): JsonObject => ({
  ...COMMON,
  ...(Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : {}),
});
