import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { didYouMean } from '../../text/suggest.ts';
import { cloudAddresses } from '../../remote/cloud-id.ts';
import type { Authentication, Endpoint } from '../../remote/endpoint.ts';
import type { Connection } from './connection.ts';
import type { Secret } from '../../remote/secret.ts';
import { credentialOf } from './credential-source.ts';
import { apiKeyOf, secretOf, type Sources } from './credentials.ts';

/** One space to publish to, as dac.toml or the environment describes it. No secret is in it. */
export interface Environment {
  /** Name in dac.toml; `default` for the one of DAC_KIBANA_URL. */
  readonly name: string;
  /** Address without a trailing slash. */
  readonly url: string;
  readonly space: string;
  /** Address of the Elasticsearch behind that Kibana, without a trailing slash; absent: not said. */
  readonly elasticsearch?: string;
  /** True: applying needs the name of the environment, typed or in `--confirm`. */
  readonly protected: boolean;
  /** Members of rules that belong to the space once the rule is there. */
  readonly keep: readonly string[];
  /** Entries of `overrides`, in their order, as the schema has let them through. */
  readonly overrides: readonly JsonObject[];
  /** The table of dac.toml; empty for the one of DAC_KIBANA_URL. */
  readonly table: JsonObject;
}

const text = (table: JsonObject, key: string): string | undefined => {
  const value = own(table, key);
  return typeof value === 'string' ? value : undefined;
};
const number = (table: JsonObject, key: string): number | undefined => {
  const value = own(table, key);
  return typeof value === 'number' ? value : undefined;
};
const list = (table: JsonObject, key: string): readonly Json[] => elements(own(table, key));

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** An address as it is used: `http` or `https`, no credentials, no query, no trailing slash. `what`: whose it is. */
function checkedAddress(written: string, what: string, example: string): string {
  let url: URL;
  try {
    url = new URL(written);
  } catch {
    throw new KnownError(`${what} is no URL`, { help: `write it as ${example}` });
  }
  if (url.username !== '' || url.password !== '')
    throw new KnownError(`${what} holds credentials`, {
      why: 'addresses are printed, and stand in dac.toml for everybody to read',
      help: 'take them out; give username and password_env, or an API key',
    });
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new KnownError(`${what} is neither http nor https`, { help: `write it as ${example}` });
  if (url.search !== '' || url.hash !== '')
    throw new KnownError(`${what} has a query or a fragment`, { help: 'end it before ? and #' });
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function kibanaAddress(written: string, name: string): string {
  const address = checkedAddress(written, `the address of environment ${name}`, 'https://kibana.example.org:5601');
  if (/^\/s\/[^/]+/.test(new URL(address).pathname))
    throw new KnownError(`the address of environment ${name} holds a space`, {
      help: 'take /s/… out, and write space = "…"',
    });
  return address;
}

const elasticsearchAddress = (written: string, name: string): string =>
  checkedAddress(written, `the elasticsearch_url of environment ${name}`, 'https://elasticsearch.example.org:9200');

/** A name is a file name, too, and part of messages. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;
const SPACE = /^[a-z0-9_-]+$/;

function environmentOf(name: string, table: JsonObject): Environment {
  if (!NAME.test(name))
    throw new KnownError(`${JSON.stringify(name)} cannot be the name of an environment`, {
      help: 'use letters, digits, - and _',
    });
  const [written, cloudId] = [text(table, 'url'), text(table, 'cloud_id')];
  if ((written === undefined) === (cloudId === undefined))
    throw new KnownError(`environment ${name} has ${written === undefined ? 'neither' : 'both'} url and cloud_id`, {
      help: 'give it one of them',
    });
  const space = text(table, 'space') ?? 'default';
  if (!SPACE.test(space))
    throw new KnownError(`environment ${name}: ${JSON.stringify(space)} is no id of a space`, {
      help: "the id stands in the address of the space after /s/: lower-case letters, digits, - and _; it is not the space's name",
    });
  const cloud = cloudId === undefined ? undefined : cloudAddresses(cloudId, name);
  const search = text(table, 'elasticsearch_url');
  const elasticsearch = search === undefined ? cloud?.elasticsearch : elasticsearchAddress(search, name);
  return {
    name,
    url: cloud?.kibana ?? kibanaAddress(written ?? '', name),
    space,
    ...(elasticsearch === undefined ? {} : { elasticsearch }),
    protected: own(table, 'protected') === true,
    keep: list(table, 'keep').filter((one): one is string => typeof one === 'string'),
    overrides: list(table, 'overrides').filter(isJsonObject),
    table,
  };
}

type Variables = Readonly<Record<string, string | undefined>>;

const given = (variables: Variables, name: string): string | undefined =>
  variables[name] === '' ? undefined : variables[name];

/** The environment that DAC_KIBANA_URL or DAC_KIBANA_CLOUD_ID describes; undefined if neither is set. */
function fromVariables(variables: Variables): Environment | undefined {
  const [url, cloudId] = [given(variables, 'DAC_KIBANA_URL'), given(variables, 'DAC_KIBANA_CLOUD_ID')];
  if (url === undefined && cloudId === undefined) return undefined;
  const space = given(variables, 'DAC_KIBANA_SPACE');
  const proxy = given(variables, 'DAC_KIBANA_PROXY');
  const ca = given(variables, 'DAC_KIBANA_CA');
  const search = given(variables, 'DAC_ELASTICSEARCH_URL');
  const table: JsonObject = {
    ...(url === undefined ? {} : { url }),
    ...(cloudId === undefined ? {} : { cloud_id: cloudId }),
    ...(space === undefined ? {} : { space }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(ca === undefined ? {} : { ca }),
    ...(search === undefined ? {} : { elasticsearch_url: search }),
  };
  return { ...environmentOf('default', table), table };
}

/**
 * The environment that a run is about. With a name, that of dac.toml, whatever DAC_KIBANA_URL says: a variable that is left
 * over in a shell must not send a plan for production elsewhere. Without a name, the one of the variables, else the only one
 * of dac.toml. Throws a KnownError.
 */
export function chooseEnvironment(
  environments: Readonly<Record<string, JsonObject>>,
  name: string | undefined,
  variables: Variables,
): Environment {
  const names = Object.keys(environments);
  if (name !== undefined) {
    const table = Object.hasOwn(environments, name) ? environments[name] : undefined;
    if (table !== undefined) return environmentOf(name, table);
    const standing = name === 'default' ? fromVariables(variables) : undefined;
    if (standing !== undefined) return standing;
    throw new KnownError(`there is no environment ${name}${didYouMean(name, names)}`, {
      help:
        names.length === 0
          ? `describe it in dac.toml: [environments.${NAME.test(name) ? name : 'NAME'}], url = "https://…"`
          : `dac.toml has ${names.join(', ')}`,
    });
  }
  const variable = fromVariables(variables);
  if (variable !== undefined) return variable;
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) return environmentOf(only, environments[only] ?? {});
  if (only !== undefined)
    throw new KnownError('dac.toml has several environments', {
      help: `name one: --env ${names.join(', --env ')}`,
    });
  throw new KnownError('no Kibana is named', {
    help: 'set DAC_KIBANA_URL and DAC_KIBANA_API_KEY, or describe it in dac.toml: [environments.dev], url = "https://…", api_key_env = "…"',
  });
}

/** The environments that `--env` can name: those of dac.toml, and `default` where the variables describe one. */
export function environmentNames(
  environments: Readonly<Record<string, JsonObject>>,
  variables: Variables,
): readonly string[] {
  const names = Object.keys(environments);
  const standing = ['DAC_KIBANA_URL', 'DAC_KIBANA_CLOUD_ID'].some((name) => given(variables, name) !== undefined);
  return standing && !names.includes('default') ? ['default', ...names] : names;
}

export interface Connected<C extends Endpoint> {
  readonly connection: C;
  /** What has to be said aloud before anything is sent. */
  readonly warnings: readonly string[];
}

/** How to reach an environment, with its credentials. Throws a KnownError that names the source of a secret, never its value. */
export async function connectionOf(environment: Environment, sources: Sources): Promise<Connected<Connection>> {
  const { table, name, url } = environment;
  const ca = text(table, 'ca');
  const proxy = text(table, 'proxy');
  const verify = own(table, 'verify') !== false;
  const host = new URL(url).hostname;
  const warnings: string[] = [];
  if (!verify)
    warnings.push(
      `verify = false: the certificate of ${host} is not checked, so anybody in between can read the key and change the rules`,
    );
  warnings.push(...unsafe(url, host));
  if (proxy !== undefined && table !== undefined && /\/\/[^/]*@/.test(proxy) && name !== 'default')
    throw new KnownError(`the proxy of environment ${name} holds credentials`, {
      help: 'take them out, and set DAC_KIBANA_PROXY without --env instead',
    });
  return {
    connection: {
      url,
      space: environment.space,
      authentication: await authenticationOf(environment, sources),
      timeout: (number(table, 'timeout') ?? 60) * 1000,
      concurrency: number(table, 'concurrency') ?? 4,
      attempts: 5,
      verify,
      ...(ca === undefined ? {} : { ca: sources.readText(ca) }),
      ...(proxy === undefined ? {} : { proxy }),
    },
    warnings,
  };
}

/**
 * The Elasticsearch behind the Kibana of an environment, reached as that is: the same key, authorities and proxy. Throws a
 * KnownError if its address is not known.
 */
export function elasticsearchOf(environment: Environment, connection: Connection): Connected<Endpoint> {
  const { elasticsearch: url, name } = environment;
  if (url === undefined)
    throw new KnownError(`the Elasticsearch of environment ${name} is not known`, {
      why: 'the alerts of a preview, and the events that a rule searches, are read from Elasticsearch: no public route of Kibana gives them',
      help:
        name === 'default'
          ? 'set DAC_ELASTICSEARCH_URL, such as https://elasticsearch.example.org:9200'
          : `write elasticsearch_url = "https://…:9200" into [environments.${name}]`,
    });
  const { authentication, timeout, ca, proxy, verify } = connection;
  const host = new URL(url).hostname;
  return {
    connection: {
      url,
      authentication,
      timeout,
      verify,
      ...(ca === undefined ? {} : { ca }),
      ...(proxy === undefined ? {} : { proxy }),
    },
    warnings: unsafe(url, host),
  };
}

const unsafe = (url: string, host: string): readonly string[] =>
  url.startsWith('http:') && !LOOPBACK.test(host)
    ? [`${url} is not encrypted: anybody in between can read the key`]
    : [];

async function authenticationOf({ table, name }: Environment, sources: Sources): Promise<Authentication> {
  const { source, user } = credentialOf(name, table, sources.variables);
  return user === undefined ? apiKeyOf(source, sources) : basic(user, secretOf(source, sources), name);
}

function basic(user: string, password: Promise<Secret>, name: string): Promise<Authentication> {
  if (user.includes(':'))
    throw new KnownError(`the user name of environment ${name} holds a colon`, {
      help: 'basic authentication cannot carry one; use an API key',
    });
  return password.then((secret) => ({ kind: 'basic', user, password: secret }));
}
