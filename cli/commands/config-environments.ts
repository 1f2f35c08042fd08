import { credentialOf } from '../kibana/client/credential-source.ts';
import { chooseEnvironment, environmentNames, type Environment } from '../kibana/client/settings.ts';
import { own } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import type { Config } from './configuration.ts';
import type { Host } from './host.ts';
import { kibanaSources } from './kibana-sources.ts';
import type { Origin } from './settings.ts';

/** Where the credential of an environment would come from. The secret is never among it. */
export interface ShownCredential {
  readonly from: 'variable' | 'file' | 'program';
  /** Name of the variable, path of the file, or name of the program. */
  readonly name: string;
  readonly user?: string;
  /** Whether it is there; absent for a program, which is not run. */
  readonly set?: boolean;
}

/** One environment as `dac config show` tells it. */
export interface ShownEnvironment {
  readonly name: string;
  readonly origin: Origin;
  /** True: the one that a command takes without `--env`. */
  readonly standard: boolean;
  readonly url?: string;
  readonly cloudId?: string;
  readonly space?: string;
  readonly elasticsearch?: string;
  readonly protected?: boolean;
  readonly keep?: readonly string[];
  /** Number of entries. */
  readonly overrides?: number;
  readonly credential?: ShownCredential;
  /** What keeps a command from using it. */
  readonly problems: readonly string[];
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof KnownError)) throw error;
  return error.help === undefined ? error.message : `${error.message}; ${error.help}`;
};

/** Every environment that `--env` can name. None is spoken to, and no program is run. */
export function shownEnvironments(host: Host, config: Config): readonly ShownEnvironment[] {
  const standard = standardOf(host, config);
  return environmentNames(config.environments, host.env).map((name): ShownEnvironment => {
    const head = { name, origin: originOf(name, host, config), standard: name === standard };
    try {
      return { ...head, ...described(chooseEnvironment(config.environments, name, host.env), host, config) };
    } catch (error) {
      return { ...head, problems: [messageOf(error)] };
    }
  });
}

function standardOf(host: Host, config: Config): string | undefined {
  try {
    return chooseEnvironment(config.environments, undefined, host.env).name;
  } catch (error) {
    if (error instanceof KnownError) return undefined;
    throw error;
  }
}

function originOf(name: string, host: Host, config: Config): Origin {
  if (config.file !== undefined && Object.hasOwn(config.environments, name))
    return { kind: 'file', path: config.file.path, line: config.file.lineOf(['environments', name]) };
  return { kind: 'environment', name: (host.env['DAC_KIBANA_URL'] ?? '') === '' ? 'DAC_KIBANA_CLOUD_ID' : 'DAC_KIBANA_URL' }; // prettier-ignore
}

function described(
  environment: Environment,
  host: Host,
  config: Config,
): Omit<ShownEnvironment, 'name' | 'origin' | 'standard'> {
  const { url, space, elasticsearch, keep, overrides, table } = environment;
  const cloudId = own(table, 'cloud_id');
  return {
    url,
    ...(typeof cloudId === 'string' ? { cloudId } : {}),
    space,
    ...(elasticsearch === undefined ? {} : { elasticsearch }),
    protected: environment.protected,
    keep,
    overrides: overrides.length,
    ...credentialsOf(environment, host, config),
  };
}

function credentialsOf(
  { name, table }: Environment,
  host: Host,
  config: Config,
): Pick<ShownEnvironment, 'credential' | 'problems'> {
  try {
    const { source, user } = credentialOf(name, table, host.env);
    const more = user === undefined ? {} : { user };
    switch (source.kind) {
      case 'variable': {
        const set = (host.env[source.name] ?? '') !== '';
        const credential: ShownCredential = { from: 'variable', name: source.name, ...more, set };
        return { credential, problems: set ? [] : [`the variable ${source.name} is not set`] };
      }
      case 'command':
        return { credential: { from: 'program', name: source.argv[0] ?? '' }, problems: [] };
      case 'file': {
        const problem = unreadable(() => kibanaSources(host, config).readPrivate(source.path));
        const credential: ShownCredential = { from: 'file', name: source.path, set: problem === undefined };
        return { credential, problems: problem === undefined ? [] : [problem] };
      }
    }
  } catch (error) {
    return { problems: [messageOf(error)] };
  }
}

function unreadable(read: () => string): string | undefined {
  try {
    return read().trim() === '' ? 'the file of the key is empty' : undefined;
  } catch (error) {
    return messageOf(error);
  }
}
