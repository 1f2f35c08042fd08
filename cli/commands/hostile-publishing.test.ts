import { createServer } from 'node:http';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { file, rule, RULES, standIn } from '../kibana/standin/test-support.ts';
import type { JsonObject } from '../text/json.ts';
import { ruleText, Sandbox, type Transcript } from './transcript.ts';

/** Speaks to a terminal, to a workflow of GitHub, to a browser, to Markdown and to whoever is mentioned, in one text. */
const NASTY =
  'x\u001b[31m\u202e\u0007\n::error::y\n\n  ::add-mask::z\r##[error]w <img src=x onerror=1></pre></summary> | @team #1 [a](http://b) `c`\n\n# head';
/** As an id, without what Kibana's own searches trip over. */
const NASTY_ID = 'x\u001b[31m\u202e##[error]y';
const ID = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox({ 'dac.toml': '' });
});
afterEach(() => {
  box.remove();
});

async function kibana(more: Readonly<Record<string, string>> = {}) {
  const { send, server, world } = await standIn();
  const env = { DAC_KIBANA_URL: server.url, DAC_KIBANA_API_KEY: 'any', ...more };
  const dac = (...args: string[]): Promise<Transcript> => box.run(args, { env });
  return { send, dac, server, world };
}

/** What of a text would act where it is read: control characters, direction overrides, workflow commands. */
const acting = ({ out, err }: Transcript): readonly string[] =>
  [out, err].flatMap((text) => text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]|^[ \t]*::.*|##\[/gm) ?? []); // prettier-ignore

/** What of a Markdown text is no longer text. Code blocks of HTML may hold @ and #, in which GitHub looks for nothing. */
const rendered = ({ out }: Transcript): readonly string[] =>
  out.replace(/<pre>[^<]*<\/pre>/g, '<pre>').match(/<img|<\/pre>|<\/summary>(?!\n\n<pre>)|@team|(?<!&)#1|\]\(|`c`|^#.*/gm) ?? []; // prettier-ignore

const hostileFiles = (): void => {
  const quoted = JSON.stringify(NASTY);
  box.write('rules/\u001b[31mx.toml', ruleText({ name: quoted, description: quoted, note: quoted, tags: `["OS: Linux", ${quoted}]`, query: `'''any where "::error::" == "##[error]"\n::error::'''`, references: `[${quoted}]` })
    .replace("any where", 'process where host.os.type == "linux" and').replace('\n::error::', '')); // prettier-ignore
  box.write('exceptions/x.toml', `[[exceptions]]\n[exceptions.container]\nlist_id = ${JSON.stringify(NASTY_ID)}\nname = ${quoted}\ndescription = "d"\ntype = "detection"\n[[exceptions.items]]\nitem_id = ${JSON.stringify(NASTY_ID)}\nname = ${quoted}\ndescription = "d"\n[[exceptions.items.entries]]\nfield = "a"\ntype = "match"\noperator = "included"\nvalue = ${quoted}\n`); // prettier-ignore
};

describe('a repository with hostile texts', () => {
  it('cannot speak through plan, push, drift, pull and adopt', async () => {
    hostileFiles();
    const { dac, send } = await kibana();
    const said = async (...args: string[]): Promise<Transcript> => {
      const transcript = await dac(...args);
      expect({ args, acting: acting(transcript) }).toEqual({ args, acting: [] });
      return transcript;
    };
    const markdown = await said('plan', '--format', 'markdown');
    expect([markdown.code, rendered(markdown)]).toEqual([0, []]);
    expect((await said('plan')).code).toBe(0);
    expect(await said('push', '--yes')).toMatchObject({ code: 0, err: '' });
    expect((await said('plan', '--exit-code')).code).toBe(0);
    expect((await said('pull')).out).toBe('Nothing to pull.\n');
    // Everything differs now, and nobody knows since when.
    await send('PUT', RULES, rule(ID, { type: 'eql', language: 'eql', query: 'any where true', name: `${NASTY}!`, tags: ['Managed by: dac', `${NASTY}!`], note: `${NASTY}!` })); // prettier-ignore
    for (const args of [['plan'], ['drift'], ['pull', '--dry-run'], ['pull', '--rule', NASTY], ['adopt', NASTY]]) await said(...args); // prettier-ignore
    for (const command of ['plan', 'drift']) {
      const transcript = await said(command, '--format', 'markdown');
      expect([command, transcript.code, rendered(transcript)]).toEqual([command, 0, []]);
    }
    expect((await said('adopt', '*', '--yes')).code).toBe(0);
    expect((await said('push', '--yes')).code).toBe(0);
  });

  it('cannot speak through what is said of ids that Kibana would not find again', async () => {
    hostileFiles();
    box.write('rules/b.toml', ruleText({ rule_id: JSON.stringify(NASTY) }));
    box.write('exceptions/y.toml', readFileSync(join(box.root, 'exceptions/x.toml'), 'utf8').replaceAll(JSON.stringify(NASTY_ID), JSON.stringify(NASTY))); // prettier-ignore
    const { dac } = await kibana();
    for (const args of [['plan'], ['push', '--yes'], ['pull'], ['drift'], ['adopt', '*']]) {
      const transcript = await dac(...args);
      expect([args, transcript.code, transcript.out, acting(transcript)]).toEqual([args, 2, '', []]);
    }
  });

  it('cannot speak through a patch that a person or a workflow reads; a file gets it as it is', async () => {
    const note = `'''\nGuide\n\u202e::error::x\n##[error]y\n'''`;
    box.write('rules/a.toml', ruleText({ note, severity: '"low"' }));
    const { dac, send, server } = await kibana({ GITHUB_ACTIONS: 'true' });
    expect((await dac('push', '--yes')).code).toBe(0);
    await send('PATCH', RULES, { rule_id: ID, note: 'Guide\n\u202e::error::x\n##[error]z\n' });
    const shown = await dac('pull', '--diff');
    expect([shown.code, acting(shown)]).toEqual([0, []]);
    expect(shown.out).toContain('+#\\x23[error]z\n');
    const env = { DAC_KIBANA_URL: server.url, DAC_KIBANA_API_KEY: 'any' };
    expect((await box.run(['pull', '--diff'], { env })).out).toContain('+##[error]z\n');
    expect(acting(await box.run(['pull', '--diff'], { env, terminal: true }))).toEqual([]);
  });
});

describe('a space with hostile texts', () => {
  it('cannot speak through any command, and its files are named harmlessly and read back', async () => {
    const { dac, send, world } = await kibana();
    const list = { id: 'x', list_id: NASTY_ID, type: 'detection', namespace_type: 'single' };
    await send('POST', '/api/exception_lists', { list_id: NASTY_ID, name: NASTY, description: NASTY, type: 'detection' });
    for (const [id, more] of [
      [NASTY_ID, { exceptions_list: [list] }],
      ['../../../etc/passwd', { name: '../../../etc/passwd' }],
      ['..', { name: '..' }],
      ['con', { name: 'CON' }],
      ['/etc/x', { name: '/etc/x\\..\\..\\y' }],
    ] as readonly (readonly [string, JsonObject])[])
      await send('POST', RULES, rule(id, { name: NASTY, note: NASTY, tags: [NASTY], author: [NASTY], references: [NASTY], ...more })); // prettier-ignore
    const space = world.spaces.get('default');
    for (const [id, one] of space?.rules ?? []) space?.rules.set(id, { ...one, updated_by: NASTY, created_by: NASTY });
    mkdirSync(join(box.root, 'rules'));
    for (const args of [['plan', '--allow-empty'], ['drift'], ['pull', '--dry-run'], ['pull']])
      expect([args, acting(await dac(...args))]).toEqual([args, []]);
    for (const path of box.files()) expect(path).toMatch(/^(?:dac\.toml|(?:rules\/imported|exceptions)\/[a-z0-9_]+\.toml)$/);
    expect(box.files()).toHaveLength(6);
    const again = await dac('pull');
    expect([again.code, again.out.split('\n').at(-2)]).toEqual([0, 'Nothing to pull, 1 left in the space.']);
    for (const args of [['plan'], ['plan', '--format', 'markdown'], ['adopt', '*', '--yes'], ['drift'], ['plan', '--exit-code']])
      expect([args, acting(await dac(...args))]).toEqual([args, []]);
  }); // prettier-ignore

  it('cannot lead a pull through a link of a folder or a file', async () => {
    box.write('rules/linux/curl.toml', ruleText());
    const { dac, send } = await kibana();
    await dac('push', '--yes');
    await send('PATCH', RULES, { rule_id: ID, severity: 'high' });
    box.write('real.toml', readFileSync(join(box.root, 'rules/linux/curl.toml')));
    const before = readFileSync(join(box.root, 'real.toml'), 'utf8');
    box.remove();
    box = new Sandbox({ 'dac.toml': '', 'rules/real/curl.toml': before });
    symlinkSync(join(box.root, 'rules/real'), join(box.root, 'rules/linux'));
    const behindFolder = await dac('pull');
    expect([behindFolder.code, behindFolder.err.split('\n')[0]]).toEqual([
      2,
      'error: rules/linux/curl.toml: linux is a link, and nothing is written through it',
    ]);
    expect(readFileSync(join(box.root, 'rules/real/curl.toml'), 'utf8')).toBe(before);
    box.remove();
    box = new Sandbox({ 'dac.toml': '', 'rules/real/curl.toml': before });
    symlinkSync(join(box.root, 'rules/real/curl.toml'), join(box.root, 'rules/a.toml'));
    const link = await dac('pull');
    expect([
      link.code,
      link.err.includes('rules/a.toml has the same rule_id'),
      readFileSync(join(box.root, 'rules/real/curl.toml'), 'utf8'),
    ]).toEqual([2, true, before]);
  });
});

it('a file with CRLF and a byte order mark is published, and pulled into with both kept', async () => {
  const crlf = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`;
  const multiline = {
    severity: '"low" # by desk',
    note: `'''\nOne\nTwo\n'''`,
    tags: '[\n    "A", # first\n    "B",\n]',
  };
  box.write('rules/a.toml', crlf(ruleText(multiline)));
  const { dac, send } = await kibana();
  expect(await dac('push', '--yes')).toMatchObject({ code: 0, err: '' });
  expect((await dac('pull')).out).toBe('Nothing to pull.\n');
  await send('PATCH', RULES, { rule_id: ID, severity: 'high', tags: ['Managed by: dac', 'A', 'B', 'C'] });
  expect((await dac('pull')).code).toBe(0);
  const wanted = crlf(ruleText({ ...multiline, severity: '"high" # by desk', tags: '[\n    "A", # first\n    "B",\n    "C",\n]' })); // prettier-ignore
  const undated = (text: string): string => text.replace(/updated_date = ".*"/, '');
  expect(undated(readFileSync(join(box.root, 'rules/a.toml'), 'utf8'))).toBe(undated(wanted));
  expect((await dac('plan', '--exit-code')).code).toBe(0);
});

describe('a note of 5 MB', () => {
  const note = `# Guide\n${'All work and no play makes a dull guide. '.repeat(128_000)}`;
  const big = rule(ID, { name: 'Big One', note, tags: ['OS: Linux'] });

  it('that Kibana refuses is told with the setting that does', async () => {
    box.write('rules/a.toml', ruleText({ note: `'''\n${note}'''` }));
    const { dac } = await kibana();
    const { code, out } = await dac('push', '--yes');
    expect([code, out.length < 2000]).toEqual([3, true]);
    expect(out).toContain('answered 413: Payload content length greater than maximum allowed: 1048576');
    expect(out).toContain('server.maxPayload in kibana.yml');
  });

  it('of the space becomes a file and is compared, and its difference is told in a line', async () => {
    const { dac, send, world } = await kibana();
    // An import takes larger rules than a single write does.
    expect((await send('POST', `${RULES}/_import`, file([big]))).json['success_count']).toBe(1);
    expect((await dac('pull')).out).toContain('Pulled: 1 new');
    expect((await dac('adopt', '*', '--yes')).code).toBe(0);
    expect((await dac('plan')).out).toContain('Nothing to do');
    const rules = world.spaces.get('default')?.rules;
    for (const [id, one] of rules ?? [])
      rules?.set(id, { ...one, note: note.replace('dull guide', 'dull page').slice(1) });
    for (const args of [['plan'], ['plan', '--format', 'markdown'], ['drift']]) {
      const { code, out } = await dac(...args);
      expect([args, code, out.length < 5000, out.includes('note')]).toEqual([args, 0, true, true]);
    }
    expect((await dac('pull')).code).toBe(0);
    expect((await dac('plan', '--exit-code')).code).toBe(0);
  });
});

describe('a proxy', () => {
  const page = '<!doctype html><title>\u001b[31mBlocked</title><p>::error::Your access is blocked.';
  const proxying = async (status: number): Promise<string> => {
    const server = createServer((_, response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(page)); // prettier-ignore
    server.on('connect', (_, socket) => {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it.each([403, 407])('that answers %d with a web page is named, and the page is not repeated', async (status) => {
    box.write('rules/a.toml', ruleText());
    const proxy = await proxying(status);
    const { dac } = await kibana({ DAC_KIBANA_PROXY: proxy });
    const transcript = await dac('plan');
    expect([transcript.code, transcript.out, acting(transcript)]).toEqual([3, '', []]);
    expect(transcript.err).not.toContain('Blocked');
    expect(transcript.err).toContain(`the proxy answered ${status} and let nothing through`);
  });
});
