import { elements, own, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { VARIABLES, type SecretSource } from './credentials.ts';

/** Where the credential of an environment comes from; the secret itself is not looked at. */
export interface Credential {
  readonly source: SecretSource;
  /** Given: the secret is this user's password. Absent: it is an API key. */
  readonly user?: string;
}

const text = (table: JsonObject, key: string): string | undefined => {
  const value = own(table, key);
  return typeof value === 'string' ? value : undefined;
};

type Variables = Readonly<Record<string, string | undefined>>;

const WAYS = ['api_key_env', 'api_key_command', 'api_key_file', 'username'];

/**
 * The credential of an environment: what its table in dac.toml names, else DAC_KIBANA_API_KEY, else DAC_KIBANA_USERNAME. Throws
 * a KnownError if there is none, or more than one.
 */
export function credentialOf(name: string, table: JsonObject, variables: Variables): Credential {
  const [way, another] = WAYS.filter((key) => Object.hasOwn(table, key));
  if (another !== undefined)
    throw new KnownError(`environment ${name} has ${WAYS.filter((key) => Object.hasOwn(table, key)).join(' and ')}`, {
      help: 'give it one of them',
    });
  switch (way) {
    case 'username': {
      const variable = text(table, 'password_env');
      if (variable === undefined)
        throw new KnownError(`environment ${name} has a username and no password_env`, {
          help: 'name the variable that holds the password: password_env = "…"',
        });
      return { source: { kind: 'variable', name: variable }, user: text(table, 'username') ?? '' };
    }
    case 'api_key_env':
      return { source: { kind: 'variable', name: text(table, way) ?? '' } };
    case 'api_key_file':
      return { source: { kind: 'file', path: text(table, way) ?? '' } };
    case 'api_key_command': {
      const argv = elements(own(table, way)).filter((one): one is string => typeof one === 'string');
      return { source: { kind: 'command', argv } };
    }
    default:
      return fromVariables(name, variables);
  }
}

function fromVariables(name: string, variables: Variables): Credential {
  if ((variables[VARIABLES.apiKey] ?? '') !== '') return { source: { kind: 'variable', name: VARIABLES.apiKey } };
  const user = variables[VARIABLES.user] ?? '';
  if (user !== '') return { source: { kind: 'variable', name: VARIABLES.password }, user };
  throw new KnownError(`there are no credentials for environment ${name}`, {
    help:
      name === 'default'
        ? `set ${VARIABLES.apiKey}, or ${VARIABLES.user} and ${VARIABLES.password}`
        : `give it api_key_env, api_key_command or api_key_file in dac.toml, or set ${VARIABLES.apiKey}`,
  });
}
