import { chooseEnvironment, connectionOf, type Environment } from '../kibana/client/settings.ts';
import { fetchFor } from '../kibana/client/fetch.ts';
import type { Secret } from '../remote/secret.ts';
import { Transport } from '../kibana/client/transport.ts';
import { packageVersion } from '../text/package-root.ts';
import type { Config } from './configuration.ts';
import type { Host } from './host.ts';
import { kibanaSources } from './kibana-sources.ts';

/** Flags that name a space. */
export interface RemoteFlags {
  /** `--env NAME` */
  readonly env?: string;
}

/** A Kibana that a command speaks to. Nothing has been sent yet. */
export interface Remote {
  readonly environment: Environment;
  readonly transport: Transport;
  /** The outside world, with the credentials masked in whatever is printed. */
  readonly host: Host;
  /** A text in which the credentials are masked. */
  readonly mask: (text: string) => string;
  /** Masks one more secret from here on. */
  readonly hide: (secret: Secret) => void;
}

/** The environment of `--env`, with its credentials; says aloud what is unsafe about it. Throws a KnownError. */
export async function openRemote(host: Host, config: Config, flags: RemoteFlags): Promise<Remote> {
  const environment = chooseEnvironment(config.environments, flags.env, host.env);
  const { connection, warnings } = await connectionOf(environment, kibanaSources(host, config));
  const { authentication } = connection;
  const secret = authentication.kind === 'apiKey' ? authentication.key : authentication.password;
  const secrets = [secret];
  const mask = (text: string): string => secrets.reduce((masked, one) => one.mask(masked), text);
  for (const warning of warnings) host.err(mask(`warning: ${warning}\n`));
  const transport = new Transport(connection, {
    fetch: await fetchFor(connection),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => host.now(),
    random: Math.random,
    agent: `dac/${packageVersion()}`,
  });
  return {
    environment,
    transport,
    host: { ...host, out: (text) => host.out(mask(text)), err: (text) => host.err(mask(text)) },
    mask,
    hide: (one) => void secrets.push(one),
  };
}

/** Runs a command against a Kibana; what it throws leaves without the credentials in it. */
export async function withRemote<T>(remote: Remote, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error) {
      error.message = remote.mask(error.message);
      if (error.stack !== undefined) error.stack = remote.mask(error.stack);
    }
    throw error;
  }
}
