import { flag, free, list, name, oneOf, table, text } from './build.ts';

/** `[transform]`: blocks that the guide's placeholders stand for. */
export const TRANSFORM = table('Blocks of the investigation guide: ${osquery_0}, ${investigate_0} and so on.', {
  osquery: list(
    'Queries that an analyst can run on the host.',
    table(
      'One query.',
      { label: name('Text of the button.'), query: name('The query.'), ecs_mapping: free('ECS field by column.') },
      ['label', 'query'],
    ),
  ),
  investigate: list(
    'Searches that open in a timeline.',
    table(
      'One search.',
      {
        label: name('Text of the button.'),
        description: text('What the search shows.'),
        relativeFrom: text('Begin, seen from the alert.', 'now-48h/h'),
        relativeTo: text('End, seen from the alert.', 'now'),
        providers: list(
          'Groups of conditions: one group has to hold, in it every condition.',
          list(
            'Conditions.',
            table(
              'One condition.',
              {
                excluded: flag('True: the condition must not hold.'),
                field: name('Field.'),
                queryType: oneOf('Kind of condition.', 'phrase', 'range'),
                value: text('Value, or {{field}} of the alert.'),
                valueType: oneOf('Type of the value.', 'string', 'boolean'),
              },
              ['excluded', 'field', 'queryType', 'value', 'valueType'],
            ),
          ),
        ),
      },
      ['label', 'providers'],
    ),
  ),
});
