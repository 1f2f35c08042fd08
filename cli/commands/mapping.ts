import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import { KnownError } from '../text/known-error.ts';
import { suggest } from '../text/suggest.ts';
import { readConfig, selectRules, type Selection } from './session.ts';

export interface MappingOptions extends Selection {
  readonly field?: string;
  readonly config?: string | false;
}

/** `dac mapping RULE`: the tables in use, then a line a field: name, type, origin. */
export function mapping(path: string, options: MappingOptions): number {
  const config = readConfig(options.config === false ? undefined : options.config, options.config === false);
  const [file] = selectRules([path], config, options);
  if (file?.rule === undefined)
    throw new KnownError(`${path} is no rule`, { help: 'dac lint says what is wrong with it' });
  const found = mappingForRule(file.rule, { stack: config.stack });
  const lines = found.describe().map((line) => `# ${line}`);
  const names = options.field === undefined ? found.names() : [options.field];
  for (const name of names) {
    const field = found.field(name);
    if (field === undefined) {
      const meant = suggest(name, found.names());
      throw new KnownError(
        `${name} is in none of the rule's indices${meant === undefined ? '' : `, did you mean ${meant}?`}`,
      );
    }
    lines.push(
      `${name}\t${field.typeName}\t${field.origin === undefined ? '' : `${field.origin.source} ${field.origin.version}`.trim()}`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
