import type { Field, Mapping } from '../fields/mapping.ts';
import { visibleLine } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { didYouMean } from '../text/suggest.ts';
import { readConfig } from './configuration.ts';
import { ruleMappings } from './declared-fields.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { parseFormat, put } from './outputs.ts';
import { selectOne } from './selection.ts';
import type { ConfigFlags } from './settings.ts';

export interface MappingOptions extends ConfigFlags {
  readonly field?: string;
  readonly format?: string;
}

const isMappingFormat = (name: string): name is 'text' | 'json' => name === 'text' || name === 'json';

/** `dac mapping RULE`: the tables in use, then each field with its type and the table that it comes from. */
export async function mapping(host: Host, written: string, options: MappingOptions): Promise<ExitCode> {
  const output = parseFormat(options.format ?? 'text', ['text', 'json'], isMappingFormat);
  const config = readConfig(host, options, written);
  const { file, rule } = await selectOne(host, written, config);
  const { mappingOf } = await ruleMappings(host, config, [file]);
  const found = mappingOf(rule, file.path);
  const fields = options.field === undefined ? allFields(found) : [oneField(found, options.field)];
  if (output.format === 'json') {
    const rows = fields.map((field) => ({
      name: field.name,
      type: field.typeName,
      ...(field.multiFieldOf === undefined ? {} : { multiFieldOf: field.multiFieldOf }),
      source: field.origin?.source ?? '',
      version: field.origin?.version ?? '',
    }));
    put(host, output, `${JSON.stringify({ rule_id: rule.body.rule_id, path: file.path, stack: config.stack, tables: found.describe(), fields: rows }, null, 1)}\n`); // prettier-ignore
    return 0;
  }
  const row = (cells: readonly string[]): string => `${cells.map(visibleLine).join('\t').trimEnd()}\n`;
  const tables = found.describe().map((line) => row([`# ${line}`]));
  const rows = fields.map(({ name, typeName, origin }) =>
    row([name, typeName, `${origin?.source ?? ''} ${origin?.version ?? ''}`]),
  );
  put(host, output, [...tables, ...rows].join(''));
  return 0;
}

const allFields = (found: Mapping): readonly Field[] =>
  found.names().flatMap((name) => {
    const field = found.field(name);
    return field === undefined ? [] : [field];
  });

function oneField(found: Mapping, name: string): Field {
  const field = found.field(name);
  if (field !== undefined) return field;
  throw new KnownError(`${name} is in none of the rule's indices${didYouMean(name, found.names())}`, {
    help: `looked in ${found.describe().join('; ')}`,
  });
}
