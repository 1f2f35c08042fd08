import { publishedSchemas } from '../rule/schema/forms.ts';
import { visibleLine } from '../text/display.ts';
import { readConfig } from './configuration.ts';
import type { ExitCode } from './exit-code.ts';
import { shown, type Host } from './host.ts';
import { parseFormat, put } from './outputs.ts';
import type { ConfigFlags, Origin } from './settings.ts';

export interface ConfigShowOptions extends ConfigFlags {
  readonly format?: string;
}

const isConfigFormat = (name: string): name is 'text' | 'json' => name === 'text' || name === 'json';

const originText = (origin: Origin): string =>
  origin.kind === 'file' ? `${origin.path}:${origin.line}` : origin.kind === 'default' ? 'default' : origin.name;

/** `dac config show`: every effective value and where it comes from. */
export function configShow(host: Host, options: ConfigShowOptions): ExitCode {
  const output = parseFormat(options.format ?? 'text', ['text', 'json'], isConfigFormat);
  const config = readConfig(host, options);
  const overrides = config.overrides.map(({ files, disable, severity, line }) => ({
    files,
    ...(disable === undefined ? {} : { disable }),
    ...(severity === undefined ? {} : { severity }),
    origin: { kind: 'file', path: config.path ?? '', line } as const,
  }));
  if (output.format === 'json') {
    const document = {
      config: config.path ?? null,
      root: shown(host, config.root),
      settings: config.settings,
      overrides,
    };
    put(host, output, `${JSON.stringify(document, null, 2)}\n`);
    return 0;
  }
  const rows = [
    ...config.settings.map(
      ({ key, value, origin }) => [`${key} = ${JSON.stringify(value)}`, originText(origin)] as const,
    ),
    ...overrides.map(({ origin, ...one }) => [`overrides ${JSON.stringify(one)}`, originText(origin)] as const),
  ];
  const width = Math.min(60, Math.max(...rows.map(([left]) => left.length)));
  const lines = [
    `# ${config.path === undefined ? 'no dac.toml' : config.path}, paths relative to ${shown(host, config.root)}`,
    ...rows.map(([left, right]) => `${left.padEnd(width)}  # ${right}`),
  ];
  put(host, output, lines.map((line) => `${visibleLine(line)}\n`).join(''));
  return 0;
}

/** `dac config schema`: the JSON Schema of dac.toml, for editors. */
export function configSchema(host: Host): ExitCode {
  host.out(`${JSON.stringify(publishedSchemas()['config.schema.json'], null, 2)}\n`);
  return 0;
}
