const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const texts = { type: 'array', items: text };
const anything = { type: 'object' };
const flag = { type: 'boolean' };
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

const alerts = described('Exact number of alerts; without it a positive case needs one, a negative none.', count);
const alert = described(
  'Field values that one alert has to have, by dotted name: fields of the event, and kibana.alert.* as docs/suites.md lists them.',
  { ...anything, examples: [{ 'kibana.alert.severity': 'high' }] },
);

/** suite.toml */
export const SUITE = closed({
  clock: described(
    'The instant of the run, with a zone. With it the time window of the rule applies, and now means this instant.',
    { ...text, examples: ['2026-01-31T12:00:00Z'] },
  ),
  require_positive: described('False: the suite needs no positive case. True: one, whatever dac.toml asks for.', flag),
  require_negative: described('False: the suite needs no negative case. True: one, whatever dac.toml asks for.', flag),
  mapping: described(
    'What the indices hold beside the field tables.',
    closed({
      fields: described('By dotted name: a type, or a table of mapping parameters with its type.', {
        ...anything,
        examples: [{ 'acme.risk.level': 'long', 'acme.note': { type: 'keyword', ignore_above: 1024 } }],
      }),
    }),
  ),
  case: described('Cases written out, each by its fixtures and what is changed in them.', {
    type: 'array',
    items: closed(
      {
        name: described('Name, unique in the suite. positive/… and negative/… also say the kind.', {
          ...text,
          examples: ['negative/started_by_the_package_manager'],
        }),
        kind: described('Must alert, or must not. Absent: by the name, else the kind of the base.', {
          enum: ['positive', 'negative'],
        }),
        base: described('Fixture that is changed by set and unset; #2 behind it: its second event alone.', {
          ...text,
          examples: ['positive/curl_from_tmp', 'base/session#2'],
        }),
        events: described('Fixtures whose events the case runs over, together and after those of the base.', texts),
        set: described('Fields that get another value, by dotted name.', {
          ...anything,
          examples: [{ 'process.parent.name': 'apt' }],
        }),
        unset: described('Fields that are taken out, with all below them.', texts),
        alerts,
        alert,
        why: described('What the case shows; printed when it fails.', text),
      },
      ['name'],
    ),
  }),
  expect: described('Expectations of cases that are files, by their name: positive/curl_from_tmp.', {
    type: 'object',
    additionalProperties: closed({ alerts, alert }),
  }),
});

const place = { path: text, line: { type: 'integer', minimum: 1 } };
const finding = described('Something to say about a place.', {
  type: 'object',
  properties: {
    kind: { const: 'finding' },
    id: described('category/name; dac explain prints its page.', text),
    severity: { enum: ['error', 'warning', 'info'] },
    ...place,
    column: described('From 1, in UTF-16 units.', { type: 'integer', minimum: 1 }),
    endLine: { type: 'integer', minimum: 1 },
    endColumn: described('Just after the last character.', { type: 'integer', minimum: 1 }),
    message: described('What is wrong.', text),
    label: described('Short text for the place itself, such as a suggestion.', { type: 'string' }),
    why: described('Why it matters.', { type: 'string' }),
    help: described('What to do.', { type: 'string' }),
    fix: closed({ description: text, safe: flag }, ['description', 'safe']),
  },
  required: ['kind', 'id', 'severity', 'path', 'line', 'column', 'endLine', 'endColumn', 'message'],
});
const outcome = described('One case of a suite.', {
  type: 'object',
  properties: {
    kind: { const: 'case' },
    rule_id: text,
    rule: described('Path of the rule file.', text),
    name: text,
    expects: { enum: ['positive', 'negative'] },
    status: described('error: the case could not be run, and counts as failed.', {
      enum: ['passed', 'failed', 'error'],
    }),
    ...place,
    expected: described('In words.', text),
    got: described('In words.', text),
    alerts: count,
    why: described('What the case shows.', { type: 'string' }),
    problem: described('Why it could not be run.', { type: 'string' }),
  },
  required: ['kind', 'rule_id', 'rule', 'name', 'expects', 'status', 'path', 'line', 'expected', 'got', 'alerts'],
});

/** What `--format json` prints; members are only ever added. `--format ndjson` prints the results, one a line. */
export const OUTPUT = {
  type: 'object',
  properties: {
    schemaVersion: { const: 1 },
    tool: closed({ name: text, version: text }, ['name', 'version']),
    command: { enum: ['check', 'lint', 'test'] },
    summary: {
      type: 'object',
      properties: { rules: count, errors: count, warnings: count, cases: count, failed: count },
      required: ['rules', 'errors', 'warnings', 'cases', 'failed'],
    },
    results: { type: 'array', items: { oneOf: [finding, outcome] } },
  },
  required: ['schemaVersion', 'tool', 'command', 'summary', 'results'],
};
