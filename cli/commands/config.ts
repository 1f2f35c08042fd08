import { publishedSchemas } from '../rule/schema/forms.ts';
import { visibleLine } from '../text/display.ts';
import { shownEnvironments, type ShownCredential, type ShownEnvironment } from './config-environments.ts';
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

const credentialText = ({ from, name, user, set }: ShownCredential): string =>
  `${user === undefined ? '' : `user ${user}, `}${from} ${name}${set === undefined ? '' : set ? ', set' : from === 'file' ? ', not usable' : ', not set'}`;

/** Rows of one environment: what is set, and what keeps it from being used. */
function environmentRows(one: ShownEnvironment): readonly (readonly [string, string])[] {
  const { name, cloudId, url, space, elasticsearch, keep, overrides, credential } = one;
  const values = {
    cloud_id: cloudId,
    url,
    space,
    elasticsearch_url: elasticsearch,
    protected: one.protected,
    keep,
    overrides,
    credentials: credential === undefined ? undefined : credentialText(credential),
  };
  const rows = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} = ${JSON.stringify(value)}`],
  );
  const origin = `${originText(one.origin)}${one.standard ? ', taken without --env' : ''}`;
  return [
    ...rows.map((row) => [`environments.${name}.${row}`, origin] as const),
    ...one.problems.map((problem) => [`environments.${name}`, `error: ${problem}`] as const),
  ];
}

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
  const environments = shownEnvironments(host, config);
  if (output.format === 'json') {
    const document = {
      config: config.path ?? null,
      root: shown(host, config.root),
      settings: config.settings,
      overrides,
      environments,
    };
    put(host, output, `${JSON.stringify(document, null, 2)}\n`);
    return 0;
  }
  const rows = [
    ...config.settings.map(
      ({ key, value, origin }) => [`${key} = ${JSON.stringify(value)}`, originText(origin)] as const,
    ),
    ...overrides.map(({ origin, ...one }) => [`overrides ${JSON.stringify(one)}`, originText(origin)] as const),
    ...environments.flatMap(environmentRows),
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
