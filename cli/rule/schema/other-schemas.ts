const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const texts = { type: 'array', items: text };
const anything = { type: 'object' };
const closed = (properties: Record<string, unknown>, required: readonly string[] = []): Record<string, unknown> => ({
  type: 'object',
  properties,
  required: [...required],
  additionalProperties: false,
});
const described = (description: string, schema: Record<string, unknown>): Record<string, unknown> => ({
  ...schema,
  description,
});

const alerts = described('Exact number of alerts.', count);
const alert = described('Field values that one alert has to have.', anything);

/** suite.toml */
export const SUITE = closed({
  clock: described('The now of the run, ISO 8601; with it the time window of the rule applies.', text),
  require_positive: { type: 'boolean' },
  require_negative: { type: 'boolean' },
  mapping: closed({
    fields: described('Fields beside those of the tables: name = type, or a table of mapping parameters.', anything),
  }),
  case: {
    type: 'array',
    items: closed(
      {
        name: described('Name, unique in the suite.', text),
        kind: { enum: ['positive', 'negative'] },
        base: described(
          'Fixture that the case starts from: positive/name, or positive/name#2 for its second event.',
          text,
        ),
        events: described('Fixtures whose events the case runs over.', texts),
        set: described('Fields that get another value.', anything),
        unset: described('Fields that are taken out.', texts),
        alerts,
        alert,
        why: described('What the case shows.', text),
      },
      ['name'],
    ),
  },
  expect: { type: 'object', additionalProperties: closed({ alerts, alert }) },
});

/** What `--format json` prints. */
export const OUTPUT = {
  type: 'object',
  properties: {
    schemaVersion: { const: 1 },
    tool: closed({ name: text, version: text }, ['name', 'version']),
    command: text,
    summary: { type: 'object', additionalProperties: { type: 'number' } },
    results: { type: 'array', items: { type: 'object' } },
  },
  required: ['schemaVersion', 'tool', 'command', 'summary', 'results'],
};
