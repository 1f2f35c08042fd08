import { free, list, meaning, name, oneOf, table, text, type Schema } from './build.ts';

const namespace = oneOf('Whether it belongs to the space or to all spaces.', 'single', 'agnostic');
const tags = list('Labels.', { type: 'string' });
const types = ['match', 'match_any', 'exists', 'list', 'wildcard', 'nested'];

const entry = (more: Readonly<Record<string, Schema>>, ...kinds: readonly string[]): Schema =>
  table(
    'One condition.',
    {
      field: name('Field of the event.'),
      type: oneOf('Kind of condition.', ...kinds),
      operator: oneOf(
        'Whether the event is excepted if the condition holds, or if it does not.',
        'included',
        'excluded',
      ),
      value: meaning('Text of match and wildcard, list of texts of match_any.', {
        type: ['string', 'array'],
        items: { type: 'string' },
      }),
      ...more,
    },
    ['field', 'type'],
  );

/** exceptions/<list_id>.toml */
export const EXCEPTIONS: Schema = {
  type: 'object',
  properties: {
    metadata: table('About the file; not sent to Kibana.', {
      creation_date: text('Day, YYYY/MM/DD.'),
      updated_date: text('Day, YYYY/MM/DD.'),
      deprecation_date: text('Day, YYYY/MM/DD.'),
      list_name: text('Name of the list.'),
      rule_ids: list('Rules that use it.', { type: 'string' }),
      rule_names: list('Names of the rules that use it.', { type: 'string' }),
      comments: text('Anything.'),
      maturity: text('As in rules.'),
    }),
    exceptions: list(
      'Exception lists with their items.',
      table(
        'One list.',
        {
          container: table(
            'The list itself.',
            {
              list_id: name('Id that rules refer to; absent: the name of the file.'),
              name: name('Name.'),
              description: text('What it is for.'),
              type: oneOf('Kind of list: shared by rules, of one rule, or of the endpoint.', 'detection', 'rule_default', 'endpoint'),
              namespace_type: namespace,
              tags,
              meta: free('Refused when publishing: Elasticsearch does not store it.'),
            },
            ['name', 'description', 'type'],
          ),
          items: list(
            'Its items: an event that all conditions of one of them fit raises no alert.',
            table(
              'One item.',
              {
                item_id: name('Id that never changes; absent: made from the id of the list and the name of the item.'),
                list_id: name('Id of the list, if it is written.'),
                name: name('Name.'),
                description: text('Why.'),
                type: oneOf('Always simple.', 'simple'),
                namespace_type: namespace,
                entries: list(
                  'Conditions that all have to hold.',
                  entry(
                    {
                      list: table('The value list of type list.', { id: name('Its id.'), type: name('Its type.') }, ['id', 'type']),
                      entries: list('Conditions inside one object of a nested field.', entry({}, 'match', 'match_any', 'exists'), { minItems: 1 }),
                    },
                    ...types,
                  ),
                  { minItems: 1 },
                ),
                comments: list('Comments that the item begins with.', table('One.', { comment: name('Text.') }, ['comment'])),
                tags,
                _tags: list('Labels of items of the endpoint, from before 8.0.', { type: 'string' }),
                os_types: list('Systems of items of the endpoint.', oneOf('One.', 'linux', 'macos', 'windows')),
                expire_time: text('Until when it holds, ISO 8601.', '2027-01-31T00:00:00Z'),
                meta: free('Refused when publishing: Elasticsearch does not store it.'),
              },
              ['name', 'description', 'entries'],
            ),
          ),
        },
        ['container'],
      ),
      { minItems: 1 },
    ),
  },
  required: ['exceptions'],
  additionalProperties: false,
}; // prettier-ignore
