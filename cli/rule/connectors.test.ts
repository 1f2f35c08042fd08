import { describe, expect, it } from 'vitest';
import { loadConnectorFile } from './connectors.ts';

const SLACK = `name = "SOC Slack"
connector_type_id = ".slack"
[secrets]
webhookUrl = { env = "SLACK" }
`;

const told = (text: string): readonly string[] => {
  const file = loadConnectorFile('connectors/x.toml', text);
  return file.problems.map(({ id, message, span }) => `${id}: ${message} at ${JSON.stringify(file.source.text.slice(span.start, span.end))}`); // prettier-ignore
};

describe('a file of a connector', () => {
  it('says name, type, configuration and where secrets come from', () => {
    const file = loadConnectorFile('connectors/x.toml', `${SLACK}token = { command = ["pass", "slack"] }\nkey = { file = "key" }\n[config]\nurl = "https://a"\n`); // prettier-ignore
    expect(file.problems).toEqual([]);
    expect(file.in('prod')).toEqual({
      name: 'SOC Slack',
      type: '.slack',
      config: { url: 'https://a' },
      secrets: new Map<string, unknown>([
        ['webhookUrl', { env: 'SLACK' }],
        ['token', { command: ['pass', 'slack'] }],
        ['key', { file: 'key' }],
      ]),
    });
  });

  it('has other values for an environment, member by member', () => {
    const file = loadConnectorFile(
      'connectors/x.toml',
      `${SLACK}[config]\nurl = "https://a"\nmethod = "post"\n[environments.prod]\nconfig = { url = "https://b" }\nsecrets = { webhookUrl = { env = "SLACK_PROD" } }\n`,
    );
    expect([...file.environments.keys()]).toEqual(['prod']);
    expect([file.in('dev')?.config, file.in('prod')?.config]).toEqual([
      { url: 'https://a', method: 'post' },
      { url: 'https://b', method: 'post' },
    ]);
    expect(file.in('prod')?.secrets.get('webhookUrl')).toEqual({ env: 'SLACK_PROD' });
  });

  it.each([
    ['at the top', SLACK.replace('{ env = "SLACK" }', '"https://hooks.example.org/T0/B0/XYZ"')],
    ['of an environment', `${SLACK}[environments.prod.secrets]\nwebhookUrl = "https://hooks.example.org/T0/B0/XYZ"\n`],
    ['over several lines', SLACK.replace('{ env = "SLACK" }', '"""\nhttps://hooks.example.org/T0/B0/XYZ\n"""')],
    ['in a list', SLACK.replace('{ env = "SLACK" }', '["https://hooks.example.org/T0/B0/XYZ"]')],
  ])('refuses a secret that is written out %s, and never repeats it', (_, text) => {
    const file = loadConnectorFile('connectors/x.toml', text);
    expect(file.in('prod')).toBeUndefined();
    expect(file.problems.map(({ id, message }) => [id, message])).toEqual([
      ['publish/literal-secret', 'the secret webhookUrl is written out here'],
    ]);
    expect(JSON.stringify([file.problems, file.source.text])).not.toContain('XYZ');
    expect(file.source.text).toHaveLength(text.length);
  });

  it.each([
    ['schema/missing-key: connector_type_id is missing', 'name = "a"\n'],
    ['schema/bad-value: the secret a needs one source', `${SLACK}a = {}\n`],
    ['schema/bad-value: the secret a needs one source', `${SLACK}a = { env = "A", file = "b" }\n`],
    ['schema/unknown-key: unknown key secrets.a.variable', `${SLACK}a = { variable = "A" }\n`],
    ['schema/unknown-key: unknown key environments.prod.name', `${SLACK}[environments.prod]\nname = "x"\n`],
    ['schema/bad-value: config.a.b is an empty text', `${SLACK}[config]\na = { b = " " }\n`],
    ['schema/bad-value: environments.p.config.a.0 is an empty text', `${SLACK}[environments.p.config]\na = [""]\n`],
  ])('%s', (wanted, text) => {
    expect(told(text)).toEqual([expect.stringContaining(wanted)]);
  });

  it('that is no TOML or no text has a problem, and no connector', () => {
    for (const content of ['name = ', new Uint8Array([0xff, 0xfe]), 'x'.repeat(2 * 1024 * 1024)]) {
      const file = loadConnectorFile('connectors/x.toml', content);
      expect(file.problems).toHaveLength(1);
      expect(file.in('prod')).toBeUndefined();
    }
  });
});
