import { flag, free, list, meaning, name, oneOf, table, text, whole, type Schema } from './build.ts';
import { THREAT, THREAT_MAPPINGS } from './threat.ts';

const severity = (description: string): Schema => oneOf(description, 'low', 'medium', 'high', 'critical');

/** `[rule]`: the keys of every type, and which of them have to be there. */
export const COMMON: Readonly<Record<string, Schema>> = {
  name: meaning('Name, unique in the repository.', { type: 'string', minLength: 3 }),
  rule_id: name('Id that never changes; a lower-case UUID.', '8f2a9c14-0f7e-4d1b-9f55-6a0d3c1e7b20'),
  description: text('What the rule finds and why that matters.'),
  type: text('What kind of rule this is.'),
  version: whole('Version; raised with every change of a published rule.', 1),
  revision: whole('Revision that Kibana counts.', 0),
  author: list('Who wrote the rule.', { type: 'string' }),
  license: text('Licence of the rule.', 'Apache-2.0'),
  risk_score: whole('0 to 100; has to fit the severity.', 0, 100),
  severity: severity('How bad it is if the alert is true.'),
  enabled: flag('Whether the rule runs once it is in Kibana.'),
  interval: meaning('How often the rule runs.', { type: 'string', pattern: '^\\d+[smhd]$', examples: ['5m', '1h'] }),
  from: text('Begin of the time that a run searches.', 'now-9m'),
  to: text('End of the time that a run searches.', 'now'),
  max_signals: whole('Alerts of one run, at most.', 1),
  tags: list('Labels by which rules are found, "Category: Value".', { type: 'string' }, { examples: [['OS: Linux']] }),
  threat: THREAT,
  threat_mappings: THREAT_MAPPINGS,
  note: text('Investigation guide, Markdown.'),
  setup: text('What has to be set up for the data, Markdown.'),
  references: list('Where the behaviour is described.', { type: 'string' }),
  false_positives: list('Harmless causes of the alert.', { type: 'string' }),
  actions: list('Actions of the rule, as Kibana takes them.', { type: 'object' }),
  response_actions: list('Response actions of the rule, as Kibana takes them.', { type: 'object' }),
  building_block_type: oneOf('default: the alerts are building blocks, hidden from the list of alerts.', 'default'),
  exceptions_list: list(
    'Exception lists that apply to the rule.',
    table(
      'One exception list.',
      {
        id: name('Not needed: Kibana makes it, another one in each space, and publishing finds it by list_id.'),
        list_id: name('Id that people gave the list.'),
        namespace_type: oneOf('Whether the list belongs to the space or to all spaces.', 'single', 'agnostic'),
        type: oneOf(
          'Kind of list.',
          'detection',
          'rule_default',
          'endpoint',
          'endpoint_trusted_apps',
          'endpoint_trusted_devices',
          'endpoint_events',
          'endpoint_host_isolation_exceptions',
          'endpoint_blocklists',
        ),
      },
      ['list_id', 'namespace_type', 'type'],
    ),
  ),
  filters: list('Kibana filters that are and-ed to the query.', { type: 'object' }),
  investigation_fields: table(
    'Fields that the alert shows first.',
    { field_names: list('Names of the fields.', name('A field.'), { minItems: 1 }) },
    ['field_names'],
  ),
  meta: free('Anything that Kibana keeps with the rule.'),
  output_index: text('Index of the alerts, before 8.0.'),
  namespace: text('Namespace of the alerts.'),
  related_integrations: list(
    'Integrations that deliver the data.',
    table(
      'One integration.',
      {
        package: name('Package.', 'endpoint'),
        version: name('Versions.', '^9.0.0'),
        integration: name('Integration.'),
      },
      ['package', 'version'],
    ),
  ),
  required_fields: list(
    'Fields that the query reads.',
    table('One field.', { name: name('Field.'), type: name('Type.', 'keyword'), ecs: flag('Whether ECS has it.') }, [
      'name',
      'type',
    ]),
  ),
  risk_score_mapping: list(
    'Field whose number overrides the risk score.',
    table(
      'One field.',
      {
        field: name('Field.'),
        operator: oneOf('How it is compared.', 'equals'),
        value: text('Empty: any value.'),
        risk_score: whole('Not used by Kibana.', 0, 100),
      },
      ['field'],
    ),
  ),
  severity_mapping: list(
    'Field values that override the severity; the highest that fits counts.',
    table(
      'One value and its severity.',
      {
        field: name('Field.'),
        operator: oneOf('How it is compared.', 'equals'),
        value: text('Value of the field.'),
        severity: severity('Severity for that value.'),
      },
      ['field'],
    ),
  ),
  rule_name_override: text('Field whose value names the alert.'),
  throttle: text('How often actions run.'),
  timeline_id: text('Id of the timeline template.'),
  timeline_title: text('Title of the timeline template.'),
  timestamp_override: text('Field that decides when an event happened.', 'event.ingested'),
  timestamp_override_fallback_disabled: flag('True: no fallback to @timestamp.'),
};

/** Keys that every rule has. */
export const REQUIRED: readonly string[] = [
  'name',
  'rule_id',
  'description',
  'type',
  'author',
  'risk_score',
  'severity',
];
