/** The one source of the rule schema: names, types, meanings. Two forms are made of it; see forms.ts. */
export interface Property {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly description: string;
}

const property = (description: string, schema: Record<string, unknown>): Property => ({ description, schema });
const text = (description: string): Property => property(description, { type: 'string' });
const texts = (description: string): Property => property(description, { type: 'array', items: { type: 'string' } });
const free = (description: string): Property => property(description, { type: 'array', items: { type: 'object' } });
const whole = (description: string, minimum?: number, maximum?: number): Property =>
  property(description, {
    type: 'integer',
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  });
const name = { type: 'string', minLength: 1 };

const threatItem = {
  id: { type: 'string' },
  name: { type: 'string' },
  reference: { type: 'string', pattern: '^https://(attack|atlas)\\.mitre\\.org/' },
};
const closed = (properties: Record<string, unknown>, required: readonly string[] = []): Record<string, unknown> => ({
  type: 'object',
  properties,
  required: [...required],
  additionalProperties: false,
});
const subtechnique = closed(threatItem, ['id', 'name', 'reference']);
const technique = closed({ ...threatItem, subtechnique: { type: 'array', items: subtechnique } }, [
  'id',
  'name',
  'reference',
]);
const threat = closed(
  {
    framework: { type: 'string', enum: ['MITRE ATT&CK', 'MITRE ATLAS'] },
    tactic: closed(threatItem, ['id', 'name', 'reference']),
    technique: { type: 'array', items: technique },
  },
  ['framework', 'tactic'],
);

const DATE = '^\\d{4}/\\d{2}/\\d{2}$';
const VERSION = '^\\d+\\.\\d+(\\.\\d+.*)?$';

/** `[metadata]` */
export const METADATA: Readonly<Record<string, Property>> = {
  creation_date: property('Day the rule was written, YYYY/MM/DD.', {
    type: 'string',
    pattern: DATE,
    examples: ['2026/01/31'],
  }),
  updated_date: property('Day of the last change, YYYY/MM/DD.', {
    type: 'string',
    pattern: DATE,
    examples: ['2026/01/31'],
  }),
  maturity: property('How far the rule has come.', {
    type: 'string',
    enum: ['development', 'experimental', 'beta', 'production', 'deprecated'],
  }),
  deprecation_date: property('Day the rule was given up, YYYY/MM/DD.', { type: 'string', pattern: DATE }),
  deprecated_reason: text('Why the rule was given up.'),
  integration: property('Integration packages whose data the rule reads.', {
    type: ['string', 'array'],
    items: { type: 'string' },
    examples: [['endpoint', 'windows']],
  }),
  min_stack_version: property('Lowest stack that the rule can run on.', { type: 'string', pattern: VERSION }),
  min_stack_comments: text('Why the rule needs that stack.'),
  os_type_list: property('Operating systems the rule is about.', {
    type: 'array',
    items: { type: 'string', enum: ['windows', 'linux', 'macos'] },
  }),
  query_schema_validation: property('False: fields are not checked against the tables.', { type: 'boolean' }),
  bypass_bbr_timing: property('True: the timing checks of building blocks do not apply.', { type: 'boolean' }),
  promotion: property('True: the rule raises alerts of another product again.', { type: 'boolean' }),
  related_endpoint_rules: texts('Ids of endpoint rules about the same behaviour.'),
  comments: text('Notes for those who keep the rule.'),
  extended: property('Room for additions of your own.', { type: 'object' }),
};

const SEVERITY = { type: 'string', enum: ['low', 'medium', 'high', 'critical'] };

/** `[rule]`, keys of every type. */
export const COMMON: Readonly<Record<string, Property>> = {
  name: property('Name, unique in the repository.', { type: 'string', minLength: 3 }),
  rule_id: property('Id that never changes; a lower-case UUID.', { type: 'string', minLength: 1 }),
  description: text('What the rule finds and why that matters.'),
  type: property('What kind of rule this is.', { type: 'string' }),
  version: whole('Version; raised with every change of a published rule.', 1),
  revision: whole('Revision that Kibana counts.', 0),
  author: texts('Who wrote the rule.'),
  license: text('Licence of the rule.'),
  risk_score: whole('0 to 100; has to fit the severity.', 0, 100),
  severity: property('How bad it is if the alert is true.', SEVERITY),
  enabled: property('Whether the rule runs once it is in Kibana.', { type: 'boolean' }),
  interval: property('How often the rule runs: 5m, 1h.', { type: 'string', pattern: '^\\d+[smhd]$', examples: ['5m'] }),
  from: property('Begin of the time that a run searches.', { type: 'string', examples: ['now-9m'] }),
  to: property('End of the time that a run searches.', { type: 'string', examples: ['now'] }),
  max_signals: whole('Alerts of one run, at most.', 1),
  tags: texts('Labels such as "OS: Linux".'),
  threat: property('Place in MITRE ATT&CK.', { type: 'array', items: threat }),
  threat_mappings: property('Places in other versions of the framework.', {
    type: 'array',
    items: closed(
      {
        framework: { type: 'string', enum: ['MITRE ATT&CK', 'MITRE ATLAS'] },
        version: { type: 'string' },
        threat: { type: 'array', items: threat },
      },
      ['framework', 'version', 'threat'],
    ),
  }),
  note: text('Investigation guide, Markdown.'),
  setup: text('What has to be set up for the data, Markdown.'),
  references: texts('Where the behaviour is described.'),
  false_positives: texts('Harmless causes of the alert.'),
  actions: free('Actions of the rule.'),
  response_actions: free('Response actions of the rule.'),
  building_block_type: property('Default: alerts are hidden building blocks.', { type: 'string', enum: ['default'] }),
  exceptions_list: free('Exception lists that apply to the rule.'),
  filters: free('Kibana filters that are and-ed to the query.'),
  investigation_fields: property(
    'Fields to show first.',
    closed({ field_names: { type: 'array', items: name } }, ['field_names']),
  ),
  meta: property('Anything Kibana keeps with the rule.', { type: 'object' }),
  output_index: text('Index of the alerts, before 8.0.'),
  namespace: text('Namespace of the alerts.'),
  related_integrations: property('Integrations that deliver the data.', {
    type: 'array',
    items: closed({ package: name, version: name, integration: name }, ['package', 'version']),
  }),
  required_fields: property('Fields that the query reads.', {
    type: 'array',
    items: closed({ name, type: name, ecs: { type: 'boolean' } }, ['name', 'type']),
  }),
  risk_score_mapping: property('Field that overrides the risk score.', {
    type: 'array',
    items: closed(
      { field: name, operator: { enum: ['equals'] }, value: { type: 'string' }, risk_score: { type: 'integer' } },
      ['field'],
    ),
  }),
  severity_mapping: property('Field values that override the severity.', {
    type: 'array',
    items: closed({ field: name, operator: { enum: ['equals'] }, value: { type: 'string' }, severity: SEVERITY }, [
      'field',
    ]),
  }),
  rule_name_override: text('Field that names the alert.'),
  throttle: text('How often actions run.'),
  timeline_id: text('Timeline template.'),
  timeline_title: text('Title of the timeline template.'),
  timestamp_override: text('Field that decides when an event happened, such as event.ingested.'),
  timestamp_override_fallback_disabled: property('True: no fallback to @timestamp.', { type: 'boolean' }),
};

const query = text('The query.');
const index = property('Index patterns to search.', {
  type: 'array',
  items: name,
  examples: [['logs-endpoint.events.process*']],
});
const dataView = text('Data view to search, instead of index.');
const language = (...languages: string[]): Property =>
  property('Language of the query.', { type: 'string', enum: languages });
const suppression = property('How alerts are grouped.', closed(
  {
    group_by: { type: 'array', items: name, minItems: 1, maxItems: 3 },
    duration: closed({ unit: { enum: ['s', 'm', 'h'] }, value: { type: 'integer', minimum: 1 } }, ['unit', 'value']),
    missing_fields_strategy: { enum: ['suppress', 'doNotSuppress'] },
  },
)); // prettier-ignore
const searched = { index, data_view_id: dataView, alert_suppression: suppression };

interface RuleTypeSchema {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required: readonly string[];
}

/** Keys of each type beside the common ones. */
export const TYPES: Readonly<Record<string, RuleTypeSchema>> = {
  query: {
    properties: { ...searched, query, language: language('kuery', 'lucene'), saved_id: text('Saved query.') },
    required: ['language'],
  },
  saved_query: {
    properties: {
      ...searched,
      query,
      language: language('kuery', 'lucene'),
      saved_id: required('Saved query to run.'),
    },
    required: ['saved_id'],
  },
  eql: {
    properties: {
      ...searched,
      query,
      language: language('eql'),
      timestamp_field: text('Field that orders events.'),
      event_category_override: text('Field of the event category.'),
      tiebreaker_field: text('Field that orders events of the same time.'),
    },
    required: ['language', 'query'],
  },
  esql: {
    properties: { query, language: language('esql'), alert_suppression: suppression },
    required: ['language', 'query'],
  },
  threshold: {
    properties: {
      ...searched,
      query,
      language: language('kuery', 'lucene'),
      saved_id: text('Saved query.'),
      threshold: property('How many events make an alert.', closed(
        {
          field: { type: 'array', items: name, maxItems: 5 },
          value: { type: 'integer', minimum: 1 },
          cardinality: { type: 'array', items: closed({ field: name, value: { type: 'integer', minimum: 1 } }, ['field', 'value']) },
        },
        ['field', 'value'],
      )), // prettier-ignore
    },
    required: ['language', 'query', 'threshold'],
  },
  threat_match: {
    properties: {
      ...searched,
      query,
      language: language('kuery', 'lucene'),
      saved_id: text('Saved query.'),
      threat_query: text('Which indicators to match.'),
      threat_language: language('kuery', 'lucene'),
      threat_index: property('Indices of the indicators.', { type: 'array', items: name }),
      threat_filters: free('Filters on the indicators.'),
      threat_indicator_path: text('Where an indicator keeps its fields.'),
      threat_mapping: property('Which fields have to agree.', {
        type: 'array',
        items: closed({
          entries: {
            type: 'array',
            items: closed({ field: name, type: { enum: ['mapping'] }, value: name, negate: { type: 'boolean' } }, ['field', 'type', 'value']),
          },
        }, ['entries']),
      }), // prettier-ignore
      concurrent_searches: whole('Searches at once.', 1),
      items_per_search: whole('Indicators of one search.', 1),
    },
    required: ['language', 'query', 'threat_index', 'threat_mapping'],
  },
  machine_learning: {
    properties: {
      anomaly_threshold: whole('Anomaly score from which an alert is raised.', 0),
      machine_learning_job_id: property('Jobs whose anomalies count.', { type: ['string', 'array'], items: name }),
      alert_suppression: suppression,
    },
    required: ['anomaly_threshold', 'machine_learning_job_id'],
  },
  new_terms: {
    properties: {
      ...searched,
      query,
      language: language('kuery', 'lucene'),
      new_terms: property('Fields whose values have to be new.', closed(
        {
          field: { enum: ['new_terms_fields'] },
          value: { type: 'array', items: name, minItems: 1, maxItems: 3, uniqueItems: true },
          history_window_start: {
            type: 'array',
            items: closed({ field: { enum: ['history_window_start'] }, value: name }, ['field', 'value']),
            minItems: 1,
          },
        },
        ['field', 'value', 'history_window_start'],
      )), // prettier-ignore
      new_terms_fields: property('Fields whose values have to be new (form of the API).', {
        type: 'array',
        items: name,
        minItems: 1,
        maxItems: 3,
      }),
      history_window_start: text('Since when a value counts as known (form of the API).'),
    },
    required: ['language', 'query'],
  },
};

function required(description: string): Property {
  return property(description, { type: 'string', minLength: 1 });
}

export const REQUIRED: readonly string[] = [
  'name',
  'rule_id',
  'description',
  'type',
  'author',
  'risk_score',
  'severity',
];

/** `[transform]` */
export const TRANSFORM = closed({
  osquery: {
    type: 'array',
    items: closed({ label: name, query: name, ecs_mapping: { type: 'object' } }, ['label', 'query']),
  },
  investigate: {
    type: 'array',
    items: closed(
      {
        label: name,
        description: { type: 'string' },
        relativeFrom: { type: 'string' },
        relativeTo: { type: 'string' },
        providers: { type: 'array', items: { type: 'array', items: { type: 'object' } } },
      },
      ['label', 'providers'],
    ),
  },
});
