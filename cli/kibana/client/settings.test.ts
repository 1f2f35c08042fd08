import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import type { JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { cloudAddresses } from '../../remote/cloud-id.ts';
import type { Sources } from './credentials.ts';
import { chooseEnvironment, connectionOf, elasticsearchOf } from './settings.ts';

const sources = (more: Partial<Sources> = {}): Sources => ({
  variables: { KEY: 'a2V5LWlkOmtleS1zZWNyZXQ=' },
  readText: (path) => `PEM of ${path}`,
  readPrivate: () => 'a2V5LWlkOmtleS1zZWNyZXQ=\n',
  runProgram: () => Promise.resolve('a2V5LWlkOmtleS1zZWNyZXQ=\n'),
  ...more,
});
const PROD: JsonObject = { url: 'https://kibana.example.org/base/', space: 'soc', api_key_env: 'KEY' };

/** All that an error says, in one text. */
function said(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return [error.message, error.why ?? '', error.help ?? ''].join(' | ');
  }
  throw new Error('no error');
}
const refused = async (run: () => Promise<unknown>): Promise<string> => {
  try {
    await run();
  } catch (error) {
    return said(() => {
      throw error;
    });
  }
  throw new Error('no error');
};

describe('the environment of a run', () => {
  it('is the named one, whatever DAC_KIBANA_URL says', () => {
    const chosen = chooseEnvironment({ prod: PROD, dev: {} }, 'prod', { DAC_KIBANA_URL: 'http://elsewhere' });
    expect([chosen.name, chosen.url, chosen.space]).toEqual(['prod', 'https://kibana.example.org/base', 'soc']);
  });

  it('is without a name that of the variables, else the only one', () => {
    const variables = { DAC_KIBANA_URL: 'http://localhost:5601', DAC_KIBANA_SPACE: 'x' };
    expect(chooseEnvironment({ prod: PROD }, undefined, variables)).toMatchObject({ name: 'default', space: 'x' });
    expect(chooseEnvironment({ prod: PROD }, undefined, {})).toMatchObject({ name: 'prod' });
    expect(said(() => chooseEnvironment({ prod: PROD, dev: PROD }, undefined, {}))).toContain('--env prod, --env dev');
    expect(said(() => chooseEnvironment({}, undefined, {}))).toContain('set DAC_KIBANA_URL');
    expect(said(() => chooseEnvironment({ prod: PROD }, 'prd', {}))).toContain('did you mean "prod"?');
  });

  it.each<[JsonObject, string]>([
    [{ url: 'https://user:password@host' }, 'holds credentials'],
    [{ url: 'ftp://host' }, 'neither http nor https'],
    [{ url: 'host:5601' }, 'neither http nor https'],
    [{ url: 'kibana' }, 'is no URL'],
    [{ url: 'https://host/s/soc' }, 'holds a space'],
    [{ url: 'https://host?a=b' }, 'a query or a fragment'],
    [{}, 'has neither url and cloud_id'],
    [{ url: 'https://host', cloud_id: 'x:y' }, 'has both url and cloud_id'],
    [{ url: 'https://host', space: 'My Space' }, 'is no id of a space'],
    [{ url: 'https://host', space: '../x' }, 'is no id of a space'],
  ])('is refused: %j', (table, message) => {
    expect(said(() => chooseEnvironment({ x: table }, 'x', {}))).toContain(message);
    expect(said(() => chooseEnvironment({ x: table }, 'x', {}))).not.toContain('password@');
  });

  it('cannot be called as a path', () => {
    expect(said(() => chooseEnvironment({ '../x': PROD }, '../x', {}))).toContain('cannot be the name');
  });
});

describe('a cloud id', () => {
  const encoded = (text: string): string => `my:deployment:${Buffer.from(text).toString('base64')}`;
  it('gives the addresses of Kibana and Elasticsearch', () => {
    expect(cloudAddresses(encoded('eu.example.co$es1$kb1'), 'x')).toEqual({
      kibana: 'https://kb1.eu.example.co',
      elasticsearch: 'https://es1.eu.example.co',
    });
    expect(cloudAddresses(encoded('eu.example.co:9243$es1$kb1'), 'x')).toEqual({
      kibana: 'https://kb1.eu.example.co:9243',
      elasticsearch: 'https://es1.eu.example.co:9243',
    });
    expect(cloudAddresses(encoded('eu.example.co:9243$es1:9245$kb1:9244'), 'x')).toEqual({
      kibana: 'https://kb1.eu.example.co:9244',
      elasticsearch: 'https://es1.eu.example.co:9245',
    });
    expect(cloudAddresses(encoded('eu.example.co$$kb1'), 'x')).toEqual({ kibana: 'https://kb1.eu.example.co' });
  });
  it.each([
    '',
    'x',
    'x:!!',
    encoded('host$es$'),
    encoded('host$e_s$kb'),
    encoded('ho/st$es$kb'),
    encoded('host:x$es$kb'),
    encoded('$$'),
  ])('is refused: %s', (text) => {
    expect(said(() => cloudAddresses(text, 'x'))).toContain('cannot be read');
  });
});

describe('a connection', () => {
  const connect = (table: JsonObject, more: Partial<Sources> = {}) =>
    connectionOf(chooseEnvironment({ x: table }, 'x', {}), sources(more));
  const BASE = { url: 'https://host' };

  it('has its key from one of the places that may hold one', async () => {
    for (const table of [{ api_key_env: 'KEY' }, { api_key_file: 'f' }, { api_key_command: ['op', 'read'] }]) {
      const { connection, warnings } = await connect({ ...BASE, ...table });
      const { authentication } = connection;
      expect(authentication.kind === 'apiKey' ? authentication.key.reveal() : '').toBe('a2V5LWlkOmtleS1zZWNyZXQ=');
      expect(warnings).toEqual([]);
    }
    const { connection } = await connect({ ...BASE, api_key_env: 'PLAIN' }, { variables: { PLAIN: 'key-id:key-secret' } }); // prettier-ignore
    const { authentication } = connection;
    expect(authentication.kind === 'apiKey' ? authentication.key.reveal() : '').toBe('a2V5LWlkOmtleS1zZWNyZXQ=');
  });

  it('has user and password, limits, certificate and proxy', async () => {
    const table = { ...BASE, username: 'u', password_env: 'P', timeout: 5, concurrency: 2, ca: 'ca.pem', proxy: 'http://proxy:8080' }; // prettier-ignore
    const { connection } = await connect(table, { variables: { P: 'pass word' } });
    expect({ ...connection, authentication: connection.authentication.kind }).toEqual({
      url: 'https://host', space: 'default', authentication: 'basic', timeout: 5000, concurrency: 2, attempts: 5, verify: true,
      ca: 'PEM of ca.pem', proxy: 'http://proxy:8080',
    }); // prettier-ignore
  });

  it('says aloud what is unsafe', async () => {
    expect((await connect({ ...BASE, api_key_env: 'KEY', verify: false })).warnings).toEqual([
      'verify = false: the certificate of host is not checked, so anybody in between can read the key and change the rules',
    ]);
    expect((await connect({ url: 'http://host', api_key_env: 'KEY' })).warnings).toEqual([
      'http://host is not encrypted: anybody in between can read the key',
    ]);
    expect((await connect({ url: 'http://127.0.0.1:5601', api_key_env: 'KEY' })).warnings).toEqual([]);
  });

  it.each<[JsonObject, Partial<Sources>, string]>([
    [{}, {}, 'there are no credentials'],
    [{ api_key_env: 'KEY', api_key_file: 'f' }, {}, 'has api_key_env and api_key_file'],
    [{ username: 'u' }, {}, 'no password_env'],
    [{ username: 'u:v', password_env: 'KEY' }, {}, 'holds a colon'],
    [{ api_key_env: 'NONE' }, {}, 'NONE is not set'],
    [{ api_key_env: 'KEY', proxy: 'http://a:b@proxy' }, {}, 'the proxy of environment x holds credentials'],
  ])('is refused: %j', async (table, more, message) => {
    expect(await refused(() => connect({ ...BASE, ...table }, more))).toContain(message);
  });

  it('shows no secret, whatever it is and wherever it comes from', async () => {
    const odd = fc.string({ minLength: 8, maxLength: 60, unit: 'binary' });
    const shape = fc.constantFrom('api_key_env', 'api_key_file', 'api_key_command', 'password_env');
    await fc.assert(
      fc.asyncProperty(odd, shape, async (secret, way) => {
        const table = way === 'api_key_command' ? { [way]: ['p'] } : way === 'password_env' ? { username: 'u', [way]: 'S' } : { [way]: 'S' }; // prettier-ignore
        const hidden = {
          variables: { S: secret },
          readPrivate: () => secret,
          runProgram: () => Promise.resolve(secret),
        };
        let shown: string;
        try {
          const { connection, warnings } = await connect({ ...BASE, ...table }, hidden);
          shown = JSON.stringify(connection) + inspect(connection, { depth: 9 }) + warnings.join();
        } catch (error) {
          shown = inspect(error, { depth: 9 }).replace(/\n\s+at .*/g, '') + (error instanceof KnownError ? `${error.why} ${error.help}` : ''); // prettier-ignore
        }
        expect(shown.includes(secret) || shown.includes(JSON.stringify(secret).slice(1, -1))).toBe(false);
      }),
    );
  });
});

describe('the Elasticsearch of an environment', () => {
  const endpoint = async (table: JsonObject, variables: Record<string, string> = {}) => {
    const environment = chooseEnvironment(Object.keys(table).length === 0 ? {} : { x: table }, undefined, variables);
    const { connection } = await connectionOf(
      environment,
      sources({ variables: { KEY: 'a2V5OmtleQ==', ...variables } }),
    );
    return elasticsearchOf(environment, connection);
  };
  const HOST = { url: 'https://host', api_key_env: 'KEY' };

  it('is reached as its Kibana is', async () => {
    const { connection, warnings } = await endpoint({
      ...HOST,
      elasticsearch_url: 'https://search:9200/',
      timeout: 7,
      ca: 'ca.pem',
      proxy: 'http://proxy',
      verify: false,
    });
    expect(connection).toMatchObject({
      url: 'https://search:9200',
      timeout: 7000,
      ca: 'PEM of ca.pem',
      proxy: 'http://proxy',
      verify: false,
    });
    expect(connection.authentication.kind).toBe('apiKey');
    expect(warnings).toEqual([]);
  });

  it('is that of the cloud id, unless another is given', async () => {
    const cloud_id = `x:${Buffer.from('eu.example.co$es1$kb1').toString('base64')}`;
    const { url: _, ...key } = HOST;
    expect((await endpoint({ ...key, cloud_id })).connection.url).toBe('https://es1.eu.example.co');
    const given = await endpoint({ ...key, cloud_id, elasticsearch_url: 'http://other:9200' });
    expect(given.connection.url).toBe('http://other:9200');
    expect(given.warnings).toEqual(['http://other:9200 is not encrypted: anybody in between can read the key']);
  });

  it('is that of the variable for the environment of the variables, and for no other', async () => {
    const variables = {
      DAC_ELASTICSEARCH_URL: 'https://search',
      DAC_KIBANA_URL: 'https://host',
      DAC_KIBANA_API_KEY: 'a2V5OmtleQ==',
    };
    expect((await endpoint({}, variables)).connection.url).toBe('https://search');
    await expect(endpoint(HOST, { DAC_ELASTICSEARCH_URL: 'https://search' })).rejects.toMatchObject({
      message: 'the Elasticsearch of environment x is not known',
      help: 'write elasticsearch_url = "https://…:9200" into [environments.x]',
    });
  });

  it.each([
    ['nonsense', 'the elasticsearch_url of environment x is no URL'],
    ['https://a:b@search', 'the elasticsearch_url of environment x holds credentials'],
    ['ftp://search', 'the elasticsearch_url of environment x is neither http nor https'],
    ['https://search?a=b', 'the elasticsearch_url of environment x has a query or a fragment'],
  ])('refuses the address %s', async (elasticsearch_url, message) => {
    await expect(endpoint({ ...HOST, elasticsearch_url })).rejects.toThrow(message);
  });
});
