import { KnownError } from '../../text/known-error.ts';
import type { Authentication } from '../../remote/endpoint.ts';
import { Secret } from '../../remote/secret.ts';

/** Variables that hold credentials where dac.toml names no other source. */
export const VARIABLES = {
  apiKey: 'DAC_KIBANA_API_KEY',
  user: 'DAC_KIBANA_USERNAME',
  password: 'DAC_KIBANA_PASSWORD',
} as const;

/** Every variable that speaks of a connection; none of them is a setting of dac.toml. */
export const CONNECTION_VARIABLES: readonly string[] = [
  'DAC_KIBANA_URL',
  'DAC_KIBANA_CLOUD_ID',
  'DAC_KIBANA_SPACE',
  'DAC_KIBANA_PROXY',
  'DAC_KIBANA_CA',
  'DAC_ELASTICSEARCH_URL',
  ...Object.values(VARIABLES),
];

/** Where secrets come from; commands/ hands in the real ones. */
export interface Sources {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Text of a file relative to dac.toml. Throws a KnownError. */
  readonly readText: (path: string) => string;
  /** Text of a file that nobody else may read. Throws a KnownError, also if somebody may. */
  readonly readPrivate: (path: string) => string;
  /** What a program prints on stdout. Throws a KnownError that does not repeat what it printed. */
  readonly runProgram: (argv: readonly string[]) => Promise<string>;
}

export type SecretSource =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] };

const named = (source: SecretSource): string =>
  source.kind === 'variable'
    ? `the variable ${source.name}`
    : source.kind === 'file'
      ? `the file ${source.path}`
      : `the program ${source.argv[0] ?? ''}`;

async function valueOf(source: SecretSource, sources: Sources): Promise<string> {
  switch (source.kind) {
    case 'variable':
      return sources.variables[source.name] ?? '';
    case 'file':
      return sources.readPrivate(source.path);
    case 'command':
      return await sources.runProgram(source.argv);
  }
}

/** A secret without the line feed that files and programs end with. */
export async function secretOf(source: SecretSource, sources: Sources): Promise<Secret> {
  const value = (await valueOf(source, sources)).replace(/\r?\n$/, '');
  if (value === '')
    throw new KnownError(`${named(source)} ${source.kind === 'variable' ? 'is not set' : 'gave nothing'}`, {
      help:
        source.kind === 'variable' ? 'export it, or add it to the secrets of the workflow' : 'it has to give the key',
    });
  return new Secret(value);
}

/**
 * An API key in its encoded form. `id:key`, as Kibana also shows it, is encoded here. Anything that a header cannot carry is
 * refused: an error of the network layer would print it.
 */
export async function apiKeyOf(source: SecretSource, sources: Sources): Promise<Authentication> {
  const value = (await secretOf(source, sources)).reveal().trim();
  if (/^[\w-]+:[\w-]+$/.test(value))
    return { kind: 'apiKey', key: new Secret(Buffer.from(value, 'utf8').toString('base64')) };
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(value))
    throw new KnownError(`${named(source)} holds no API key`, {
      why: 'a key is base64 on one line',
      help: 'take the "encoded" form that Kibana shows once, when the key is made',
    });
  return { kind: 'apiKey', key: new Secret(value) };
}
