import { CONFIG, OUTPUT, SUITE } from './other-schemas.ts';
import { COMMON, METADATA, REQUIRED, TRANSFORM, TYPES, type Property } from './rule-schema.ts';

type Schema = Record<string, unknown>;

const plain = (properties: Readonly<Record<string, Property>>): Schema =>
  Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, one.schema]));
const documented = (properties: Readonly<Record<string, Property>>): Schema =>
  Object.fromEntries(
    Object.entries(properties).map(([key, one]) => [key, { description: one.description, ...one.schema }]),
  );

/** Form for the run-time validator: the type decides which of the eight closed schemas applies. */
export function runtimeRuleSchema(): Schema {
  const forType = (type: string): Schema => ({
    type: 'object',
    properties: { ...plain(COMMON), ...plain(TYPES[type]?.properties ?? {}), type: { const: type } },
    required: [...REQUIRED, ...(TYPES[type]?.required ?? [])],
    additionalProperties: false,
  });
  return {
    type: 'object',
    properties: {
      metadata: {
        type: 'object',
        properties: plain(METADATA),
        required: ['creation_date', 'updated_date'],
        additionalProperties: false,
      },
      transform: TRANSFORM,
      rule: {
        type: 'object',
        required: ['type'],
        discriminator: { propertyName: 'type' },
        oneOf: Object.keys(TYPES).map(forType),
      },
    },
    required: ['metadata', 'rule'],
    additionalProperties: false,
  };
}

const published = (title: string, schema: Schema): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...schema,
});

/** Form for editors: one list of keys with descriptions, and for each type what it needs and what it does not know. */
function editorRuleSchema(): Schema {
  const all = new Map<string, Property>();
  for (const { properties } of Object.values(TYPES))
    for (const [key, one] of Object.entries(properties)) if (!all.has(key)) all.set(key, one);
  const rules = Object.entries(TYPES).map(([type, { properties, required }]) => ({
    if: { properties: { type: { const: type } }, required: ['type'] },
    then: {
      required: [...required],
      properties: {
        ...Object.fromEntries(
          [...all.keys()].filter((key) => !Object.hasOwn(properties, key)).map((key) => [key, false]),
        ),
        ...(properties['language'] === undefined ? {} : { language: properties['language'].schema }),
      },
    },
  }));
  const merged = documented(Object.fromEntries(all));
  return published('dac rule', {
    type: 'object',
    properties: {
      metadata: {
        type: 'object',
        description: 'About the file; never sent to Kibana.',
        properties: documented(METADATA),
        required: ['creation_date', 'updated_date'],
        additionalProperties: false,
      },
      transform: TRANSFORM,
      rule: {
        type: 'object',
        description: 'The rule as Kibana knows it.',
        properties: {
          ...documented(COMMON),
          ...merged,
          language: { type: 'string' },
          type: { type: 'string', enum: Object.keys(TYPES), description: 'What kind of rule this is.' },
        },
        required: [...REQUIRED],
        additionalProperties: false,
        allOf: rules,
      },
    },
    required: ['metadata', 'rule'],
    additionalProperties: false,
  });
}

/** The schemas under schemas/, by file name. */
export function publishedSchemas(): Readonly<Record<string, Schema>> {
  return {
    'rule.schema.json': editorRuleSchema(),
    'suite.schema.json': published('dac suite', SUITE),
    'config.schema.json': published('dac configuration', CONFIG),
    'output.schema.json': published('dac JSON output', OUTPUT),
  };
}

/** The schemas that are compiled into validators, by name. */
export function runtimeSchemas(): Readonly<Record<string, Schema>> {
  return { rule: runtimeRuleSchema(), suite: SUITE, config: CONFIG };
}
