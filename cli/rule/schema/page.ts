import { isJsonObject, jsonText } from '../../text/json.ts';
import type { Schema } from './build.ts';
import { COMMON, REQUIRED } from './common.ts';
import { METADATA } from './metadata.ts';
import { TRANSFORM } from './transform.ts';
import { TYPES } from './types.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true, false',
  object: 'table',
};
const asSchema = (value: unknown): Schema => (isJsonObject(value) ? value : {});
const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** What may stand there, in words. */
function valueOf(schema: Schema): string {
  const options = strings(schema['enum']);
  if (options.length > 0) return options.map((one) => `\`${one}\``).join(', ');
  const types = typeof schema['type'] === 'string' ? [schema['type']] : strings(schema['type']);
  const words = types.map((type) => (type === 'array' ? listOf(schema) : (TYPE_WORDS[type] ?? type)));
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  const limits =
    maximum === undefined ? (minimum === undefined ? '' : ` from ${minimum}`) : `, ${minimum ?? 0} to ${maximum}`;
  return `${words.join(' or ')}${limits}`;
}

function listOf(schema: Schema): string {
  const items = asSchema(schema['items']);
  const inner = valueOf(items);
  const { maxItems } = schema as { maxItems?: number };
  const plural = inner === 'text' ? 'texts' : inner === 'table' ? 'tables' : inner;
  return `list of ${plural}${maxItems === undefined ? '' : `, ${maxItems} at most`}`;
}

/** Cells of a table: `|` would end one. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

function rows(properties: Readonly<Record<string, Schema>>, required: readonly string[], prefix = ''): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const [example] = Array.isArray(schema['examples']) ? (schema['examples'] as unknown[]) : [];
    const description = `${jsonText(schema['description'] ?? '')}${example === undefined ? '' : ` Example: \`${JSON.stringify(example)}\`.`}`;
    const own = `| \`${prefix}${key}\` | ${cell(valueOf(schema))} | ${required.includes(key) ? 'yes' : ''} | ${cell(description)} |`;
    let inner = schema;
    let path = `${prefix}${key}`;
    while (inner['type'] === 'array') {
      inner = asSchema(inner['items']);
      path += '[]';
    }
    const below = inner['properties'];
    if (!isJsonObject(below)) return [own];
    return [own, ...rows(below as unknown as Record<string, Schema>, strings(inner['required']), `${path}.`)];
  });
}

const table = (properties: unknown, required: readonly string[]): string[] => [
  '| key | value | needed | meaning |',
  '| --- | --- | --- | --- |',
  ...rows(asSchema(properties) as Readonly<Record<string, Schema>>, required),
  '',
];

/** docs/rule-format.md: every key of a rule file, from the schema that files are checked against. */
export function ruleFormatPage(): string {
  const types = Object.entries(TYPES).flatMap(([type, { properties, required, either, together }]) => [
    `### \`${type}\``,
    '',
    ...(either === undefined
      ? []
      : [
          `One of ${either.map((keys) => keys.map((key) => `\`${key}\``).join(' with ')).join(', ')} has to be there.`,
          '',
        ]),
    ...Object.entries(together ?? {}).flatMap(([key, others]) => [
      `\`${key}\` needs ${others.map((one) => `\`${one}\``).join(', ')}.`,
      '',
    ]),
    ...table(properties, required),
  ]);
  return [
    '# The rule file',
    '',
    'A rule is a TOML file with the tables `[metadata]`, `[rule]` and, if the guide has blocks, `[transform]`. The format is that of',
    "Elastic's public rule repository, so its files are read as they are; in addition, a rule keeps its `version` in the file.",
    'Rules of a repository that keeps versions apart take them from a `version.lock.json` beside the rules folder.',
    '',
    '    #:schema ../../schemas/rule.schema.json',
    '    [metadata]',
    '    creation_date = "2026/01/31"',
    '    updated_date = "2026/01/31"',
    '    maturity = "production"',
    '',
    '    [rule]',
    '    name = "Root Certificate Installation"',
    '    type = "eql"',
    '    language = "eql"',
    "    query = '''",
    '    process where host.os.type == "linux" and process.name == "update-ca-trust"',
    "    '''",
    '    …',
    '',
    'The first line lets editors with JSON Schema for TOML (Taplo, Even Better TOML) complete and check the file as you type.',
    '',
    'Every key is listed below. An unknown key is an error; `[]` stands for each entry of a list. Queries belong into',
    "`'''…'''`, where a backslash is a backslash. TOML 1.0 is the safe ground: other tools do not read the additions of 1.1.",
    '',
    'What Kibana gets is `dac view RULE --format api`: `[rule]` without `threat_mappings`, wrapped prose on one line, new terms in the',
    'flat form, the blocks of the guide filled in, the version included.',
    '',
    '<!-- The tables are made from the schema by `npm run schemas`. -->',
    '',
    '## `[metadata]`',
    '',
    ...table(METADATA['properties'], strings(METADATA['required'])),
    '## `[rule]`: every type',
    '',
    ...table(COMMON, REQUIRED),
    '## `[rule]`: each type',
    '',
    ...types,
    '## `[transform]`',
    '',
    ...table(TRANSFORM['properties'], []),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
