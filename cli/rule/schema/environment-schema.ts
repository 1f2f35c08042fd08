import { TYPES } from './types.ts';

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };

const described = <T extends object>(description: string, schema: T): T & { description: string } => ({
  description,
  ...schema,
});
const closed = (description: string, properties: Record<string, unknown>) => ({
  description,
  type: 'object',
  properties,
  required: [],
  additionalProperties: false,
});

/** Members of a rule that an environment can set for some of its rules. */
export const SETTABLE = {
  enabled: described('Whether the rule runs.', { type: 'boolean' }),
  interval: described('How often the rule runs.', { type: 'string', pattern: '^\\d+[smhd]$' }),
  from: described('Begin of the time that a run searches.', text),
  index: described('Index patterns to search.', { ...texts, minItems: 1 }),
  max_signals: described('Alerts of one run, at most.', { type: 'integer', minimum: 1 }),
  actions: described(
    'Actions of the rule, as Kibana takes them, or with connector = "name" for id and action_type_id.',
    {
      type: 'array',
      items: { type: 'object' },
    },
  ),
  exceptions_list: described('Exception lists that apply to the rule.', { type: 'array', items: { type: 'object' } }),
};

/** `[environments.<name>]`: one space of one Kibana. */
const ENVIRONMENT = closed('One space of one Kibana.', {
  url: described('Address of Kibana, without the space.', text),
  cloud_id: described('Cloud id of the deployment, instead of url.', text),
  elasticsearch_url: described(
    'Address of the Elasticsearch behind that Kibana, for dac preview; a cloud id says it by itself.',
    text,
  ),
  space: described('Id of the space; without it, the default space.', text),
  api_key_env: described('Variable that holds the API key, in its encoded form.', text),
  api_key_command: described('Program that prints the API key, and its arguments; no shell reads them.', {
    ...texts,
    minItems: 1,
  }),
  api_key_file: described('File that holds the API key and that nobody else may read.', text),
  username: described('User name, with password_env, instead of an API key.', text),
  password_env: described('Variable that holds the password.', text),
  ca: described('PEM file of a certificate authority to trust, relative to dac.toml.', text),
  proxy: described('Address of an HTTP proxy, without credentials.', text),
  verify: described('False: any certificate is accepted. Said at every run.', { type: 'boolean' }),
  timeout: described('Seconds for one request.', { type: 'integer', minimum: 1, maximum: 3600 }),
  concurrency: described('Requests at once.', { type: 'integer', minimum: 1, maximum: 16 }),
  protected: described('True: applying needs the name of the environment, typed or in --confirm; --yes is not enough.', { type: 'boolean' }),
  keep: described('Members of rules that belong to the space once the rule is there, whatever the repository says.', {
    type: 'array',
    items: { enum: ['enabled', 'exceptions_list', 'actions', 'interval', 'from', 'max_signals', 'investigation_fields', 'note'] },
  }),
  exceptions: described('Folder of the exception lists of this environment, instead of paths.exceptions.', text),
  value_lists: described('Folder of the value lists of this environment, instead of paths.value_lists.', text),
  overrides: described('Other values for some rules here. For each key the last entry that fits wins.', {
    type: 'array',
    items: closed('Values for the rules that fit; without files, tags and types, for all.', {
      files: described('Patterns of paths relative to dac.toml, such as rules/windows/**.', { ...texts, minItems: 1 }),
      tags: described('Tags of which the rule has to have one.', { ...texts, minItems: 1 }),
      types: described('Types of rules, such as eql.', {
        type: 'array',
        items: { enum: Object.keys(TYPES) },
        minItems: 1,
      }),
      ...SETTABLE,
    }),
  }),
}); // prettier-ignore

export const ENVIRONMENTS = described('Where rules are published to, by name.', {
  type: 'object',
  additionalProperties: ENVIRONMENT,
});
