import { flag, free, list, meaning, name, oneOf, table, text, type Schema } from './build.ts';

const day = (description: string): Schema =>
  meaning(description, { type: 'string', pattern: '^\\d{4}/\\d{2}/\\d{2}$', examples: ['2026/01/31'] });

/** `[metadata]`: about the file, never sent to Kibana. */
export const METADATA: Schema = table(
  'About the file; never sent to Kibana.',
  {
    creation_date: day('Day the rule was written, YYYY/MM/DD.'),
    updated_date: day('Day of the last change, YYYY/MM/DD.'),
    maturity: oneOf(
      'How far the rule has come. A deprecated rule is neither tested nor published.',
      'development',
      'experimental',
      'beta',
      'production',
      'deprecated',
    ),
    deprecation_date: day('Day the rule was given up, YYYY/MM/DD.'),
    deprecated_reason: text('Why the rule was given up.'),
    integration: meaning('Integration packages whose data the rule reads; they add fields to the mapping.', {
      type: ['string', 'array'],
      items: name('Name of a package.'),
      examples: ['okta', ['endpoint', 'windows']],
    }),
    min_stack_version: meaning('Lowest stack that the rule can run on.', {
      type: 'string',
      pattern: '^\\d+\\.\\d+(\\.\\d+.*)?$',
      examples: ['9.3.0'],
    }),
    min_stack_comments: text('Why the rule needs that stack.'),
    os_type_list: list('Operating systems the rule is about.', {
      type: 'string',
      enum: ['windows', 'linux', 'macos'],
    }),
    query_schema_validation: flag('False: the fields of the query are not checked against the field tables.'),
    bypass_bbr_timing: flag('True: the timing checks of building blocks do not apply.'),
    promotion: flag('True: the rule raises alerts of another product again.'),
    related_endpoint_rules: list('Ids of endpoint rules about the same behaviour.', { type: 'string' }),
    comments: text('Notes for those who keep the rule.'),
    extended: free('Room for additions of your own.'),
  },
  ['creation_date', 'updated_date'],
);
