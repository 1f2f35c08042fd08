import { flag, list, meaning, name, oneOf, table, text, whole, type Schema } from './build.ts';

/** What one rule type has beside the common keys. */
export interface RuleTypeSchema {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  /** Lists of keys of which one has to be there whole. */
  readonly either?: readonly (readonly string[])[];
  /** Keys that ask for others. */
  readonly together?: Readonly<Record<string, readonly string[]>>;
}

const query = text('The query.');
const savedId = name('Saved query.');
const index = list('Index patterns to search.', name('A pattern.'), { examples: [['logs-endpoint.events.process*']] });
const language = (...languages: string[]): Schema => oneOf('Language of the query.', ...languages);
const duration = table(
  'How long later alerts are folded into the first one; absent: within one run of the rule.',
  { unit: oneOf('Unit of time.', 's', 'm', 'h'), value: whole('Number of units.', 1) },
  ['unit', 'value'],
);
const suppression = table(
  'How alerts that belong together are folded into one.',
  {
    group_by: list('Fields whose values make a group.', name('A field.'), { minItems: 1, maxItems: 3 }),
    duration,
    missing_fields_strategy: oneOf('What happens to events without such a field.', 'suppress', 'doNotSuppress'),
  },
  ['group_by'],
);
const searched = {
  index,
  data_view_id: text('Data view to search, instead of index.'),
  alert_suppression: suppression,
};
const kql = { ...searched, query, language: language('kuery', 'lucene'), saved_id: savedId };
const field = name('A field.');

/** Every rule type; adding one means an entry here and an executor in the engine. */
export const TYPES: Readonly<Record<string, RuleTypeSchema>> = {
  query: { properties: kql, required: ['language'], either: [['query'], ['filters'], ['saved_id']] },
  saved_query: { properties: kql, required: ['saved_id'] },
  eql: {
    properties: {
      ...searched,
      query,
      language: language('eql'),
      timestamp_field: text('Field that orders events.', '@timestamp'),
      event_category_override: text('Field of the event category.', 'event.category'),
      tiebreaker_field: text('Field that orders events of the same time.', 'event.sequence'),
    },
    required: ['language', 'query'],
  },
  esql: {
    properties: { query, language: language('esql'), alert_suppression: suppression },
    required: ['language', 'query'],
  },
  threshold: {
    properties: {
      ...kql,
      alert_suppression: table('How alerts of the same group are folded into one.', { duration }, ['duration']),
      threshold: table(
        'How many events make an alert.',
        {
          field: list('Fields whose values make a group; none: all events together.', field, { maxItems: 5 }),
          value: whole('Number of events from which an alert is raised.', 1),
          cardinality: list(
            'How many different values another field has to have.',
            table('One field.', { field, value: whole('Number of different values.', 1) }, ['field', 'value']),
          ),
        },
        ['field', 'value'],
      ),
    },
    required: ['language', 'query', 'threshold'],
  },
  threat_match: {
    properties: {
      ...kql,
      threat_query: text('Which indicators to match.'),
      threat_language: language('kuery', 'lucene'),
      threat_index: list('Indices of the indicators.', name('A pattern.')),
      threat_filters: list('Kibana filters on the indicators.', { type: 'object' }),
      threat_indicator_path: text('Where an indicator keeps its fields.', 'threat.indicator'),
      threat_mapping: list(
        'Which fields have to agree: one of the groups, in it all of the entries.',
        table(
          'One group.',
          {
            entries: list(
              'Pairs of fields that all have to agree.',
              table(
                'One pair.',
                {
                  field: name('Field of the event.'),
                  type: oneOf('Kind of pair.', 'mapping'),
                  value: name('Field of the indicator.'),
                  negate: flag('True: they must not agree.'),
                },
                ['field', 'type', 'value'],
              ),
            ),
          },
          ['entries'],
        ),
      ),
      concurrent_searches: whole('Searches at once.', 1),
      items_per_search: whole('Indicators of one search.', 1),
    },
    required: ['language', 'query', 'threat_index', 'threat_mapping'],
    together: { threat_query: ['threat_language'] },
  },
  machine_learning: {
    properties: {
      anomaly_threshold: whole('Anomaly score from which an alert is raised.', 0),
      machine_learning_job_id: meaning('Jobs whose anomalies count.', {
        type: ['string', 'array'],
        items: name('A job.'),
      }),
      alert_suppression: suppression,
    },
    required: ['anomaly_threshold', 'machine_learning_job_id'],
  },
  new_terms: {
    properties: {
      ...kql,
      new_terms: table(
        'Fields whose values, taken together, have to be new.',
        {
          field: oneOf('Always new_terms_fields.', 'new_terms_fields'),
          value: list('The fields.', field, { minItems: 1, maxItems: 3, uniqueItems: true }),
          history_window_start: list(
            'Since when a value counts as known.',
            table(
              'The begin of the history.',
              {
                field: oneOf('Always history_window_start.', 'history_window_start'),
                value: name('Date math.', 'now-14d'),
              },
              ['field', 'value'],
            ),
            { minItems: 1, maxItems: 1 },
          ),
        },
        ['field', 'value', 'history_window_start'],
      ),
      new_terms_fields: list("Fields whose values have to be new, in the form of Kibana's API.", field, {
        minItems: 1,
        maxItems: 3,
        uniqueItems: true,
      }),
      history_window_start: name("Since when a value counts as known, in the form of Kibana's API.", 'now-14d'),
    },
    required: ['language', 'query'],
    either: [['new_terms'], ['new_terms_fields', 'history_window_start']],
  },
};
