import { isJsonObject } from '../../text/json.ts';
import type { Schema } from './build.ts';
import { COMMON, REQUIRED } from './common.ts';
import { METADATA } from './metadata.ts';
import { CONFIG } from './config-schema.ts';
import { CONNECTOR } from './connectors-schema.ts';
import { EXCEPTIONS } from './exceptions-schema.ts';
import { OUTPUT, SUITE } from './other-schemas.ts';
import { TRANSFORM } from './transform.ts';
import { TYPES, type RuleTypeSchema } from './types.ts';

/** What a type asks for beyond its closed list of keys. */
const demands = ({ either, together }: RuleTypeSchema): Schema => ({
  ...(either === undefined ? {} : { anyOf: either.map((required) => ({ required })) }),
  ...(together === undefined ? {} : { dependentRequired: together }),
});

const file = (rule: Schema): Schema => ({
  type: 'object',
  properties: { metadata: METADATA, transform: TRANSFORM, rule },
  required: ['metadata', 'rule'],
  additionalProperties: false,
});

/** Form for the run-time validator: the type decides which of the eight closed schemas applies. */
function runtimeRuleSchema(): Schema {
  return file({
    type: 'object',
    required: ['type'],
    discriminator: { propertyName: 'type' },
    oneOf: Object.entries(TYPES).map(([type, one]) => ({
      type: 'object',
      properties: { ...COMMON, ...one.properties, type: { const: type } },
      required: [...REQUIRED, ...one.required],
      additionalProperties: false,
      ...demands(one),
    })),
  });
}

/** Form for editors, which know no discriminator: one list of keys, and for each type what it needs and refuses. */
function editorRuleSchema(): Schema {
  const special = new Map<string, Set<Schema>>();
  for (const { properties } of Object.values(TYPES))
    for (const [key, one] of Object.entries(properties)) special.set(key, (special.get(key) ?? new Set()).add(one));
  // A key that differs from type to type is left open in the list and closed by the type.
  const shared = [...special].map(([key, forms]): [string, Schema] => {
    const [first = {}] = forms;
    return [key, forms.size === 1 ? first : { description: first['description'] }];
  });
  const byType = Object.entries(TYPES).map(([type, one]) => ({
    if: { properties: { type: { const: type } }, required: ['type'] },
    then: {
      required: one.required,
      properties: Object.fromEntries(
        [...special].flatMap(([key, forms]): [string, unknown][] => {
          const own = one.properties[key];
          if (own === undefined) return [[key, false]];
          return forms.size === 1 ? [] : [[key, own]];
        }),
      ),
      ...demands(one),
    },
  }));
  return file({
    type: 'object',
    description: 'The rule as Kibana knows it.',
    properties: {
      ...COMMON,
      ...Object.fromEntries(shared),
      type: { ...COMMON['type'], enum: Object.keys(TYPES) },
    },
    required: REQUIRED,
    additionalProperties: false,
    allOf: byType,
  });
}

/** The schema without what only people read. Names of properties are no keywords: `description` is also a key of a rule. */
function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== 'description' && key !== 'examples')
      .map(([key, value]) => [
        key,
        key === 'properties' && isJsonObject(value)
          ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutProse(one)]))
          : withoutProse(value),
      ]),
  );
}

const published = (title: string, schema: Schema): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...schema,
});

/** The schemas under schemas/, by file name. */
export function publishedSchemas(): Readonly<Record<string, Schema>> {
  return {
    'rule.schema.json': published('dac rule', editorRuleSchema()),
    'suite.schema.json': published('dac suite', SUITE),
    'config.schema.json': published('dac configuration', CONFIG),
    'exceptions.schema.json': published('dac exception lists', EXCEPTIONS),
    'connector.schema.json': published('dac connector', CONNECTOR),
    'output.schema.json': published('dac JSON output', OUTPUT),
  };
}

/** The schemas that are compiled into validators, by name. */
export function runtimeSchemas(): Readonly<Record<string, unknown>> {
  return {
    rule: withoutProse(runtimeRuleSchema()),
    suite: withoutProse(SUITE),
    config: withoutProse(CONFIG),
    exceptions: withoutProse(EXCEPTIONS),
    connector: withoutProse(CONNECTOR),
  };
}
