import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  emptySpace,
  newWorld,
  startStandIn,
  steady,
  type Fault,
  type Space,
  type StandIn,
} from '../kibana/standin/index.ts';
import { isJsonObject, own, type JsonObject } from '../text/json.ts';
import { packageRoot } from '../text/package-root.ts';
import { ruleText, Sandbox, type Transcript } from './transcript.ts';

const KEY = 'c2VjcmV0LWlkOnNlY3JldC1rZXk=';
const RULES = '/api/detection_engine/rules';

let server: StandIn;
let space: Space;
let box: Sandbox;
let fault: Fault | undefined;
beforeEach(async () => {
  const world = newWorld(steady());
  space = emptySpace('SOC');
  world.spaces.set('soc', space);
  fault = undefined;
  server = await startStandIn({ world, fault: (request, response) => fault?.(request, response) ?? false });
  box = new Sandbox({
    'rules/linux/curl_started.toml': ruleText({ enabled: 'true' }),
    'rules/linux/wget_started.toml': ruleText({
      rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02"',
      name: '"Wget Started"',
    }),
  });
  configure();
});
afterEach(async () => {
  await server.close();
  box.remove();
});

const configure = (more = ''): void =>
  box.write('dac.toml', `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "KEY"\n${more}`);

const env = { KEY, DAC_KIBANA_URL: '' };
const plain = (text: string): string => text.replaceAll(new URL(server.url).host, 'HOST');
async function dac(...args: string[]): Promise<Transcript> {
  const { code, out, err } = await box.run(args, { env });
  return { code, out: plain(out), err: plain(err) };
}

const stored = (): readonly JsonObject[] => [...space.rules.values()];
const enabled = (): readonly unknown[] => stored().map((one) => [own(one, 'name'), own(one, 'enabled')]);
const edit = (name: string, more: JsonObject): void => {
  for (const [id, one] of space.rules)
    if (own(one, 'name') === name)
      space.rules.set(id, { ...one, ...more, updated_by: 'eve', updated_at: '2026-01-01T12:00:00.000Z' });
};

describe('dac push', () => {
  it('shows the plan, does it, and says of each rule what became of it', async () => {
    expect(await dac('push', '--yes')).toEqual({
      code: 0,
      err: '',
      out: [
        'environment dev, space "soc" at HOST (9.3.1), 0 rules managed, 0 not ours',
        '',
        '+ rules/linux/curl_started.toml  create, enabled',
        '+ rules/linux/wget_started.toml  create, disabled',
        '',
        'Plan: 2 to create, 0 to change, 0 to delete, 0 unchanged.',
        '+ rules/linux/curl_started.toml  created, enabled',
        '+ rules/linux/wget_started.toml  created',
        '',
        'Applied: 2 created, 0 changed, 0 deleted in 0.00 s.',
        '',
      ].join('\n'),
    });
    expect(enabled()).toEqual([
      ['Curl Started', true],
      ['Wget Started', false],
    ]);
  });

  it('has nothing to do the second time, and asks nobody', async () => {
    await dac('push', '--yes');
    const { code, out } = await dac('push');
    expect([code, out]).toEqual([
      0,
      [
        'environment dev, space "soc" at HOST (9.3.1), 2 rules managed, 0 not ours',
        '',
        'Nothing to do. Plan: 0 to create, 0 to change, 0 to delete, 2 unchanged.',
        '',
      ].join('\n'),
    ]);
  });

  it('refuses where nobody can be asked, without --yes', async () => {
    const { code, err } = await dac('push');
    expect([code, err]).toEqual([
      2,
      'error: nobody can be asked here\n  help: look at what stands above, then give --yes\n',
    ]);
    expect(stored()).toEqual([]);
  });

  it('writes only the rules that were asked for', async () => {
    await dac('push', '--yes', '--rule', 'wget*');
    expect(enabled()).toEqual([['Wget Started', false]]);
    expect(await dac('push', '--yes', '--rule', 'nothing*')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no rule fits') as string,
    });
  });

  it('leaves a rule that left the repository, and deletes it with --prune, within the limit', async () => {
    await dac('push', '--yes');
    box.write(
      'rules/linux/wget_started.toml',
      ruleText({ rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a03"', name: '"Ftp Started"' }),
    );
    const left = await dac('push', '--yes');
    expect([left.code, left.out.split('\n').slice(-5)]).toEqual([
      0,
      [
        '- "Wget Started" (rule_id 9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02)  left',
        '    it left the repository',
        '    help: --prune deletes it',
        '',
        'Applied: 1 created, 0 changed, 0 deleted, 1 left alone in 0.00 s.',
        '',
      ].slice(-5),
    ]);
    const refused = await dac('push', '--yes', '--prune', '--prune-limit', '0');
    expect([refused.code, refused.err]).toEqual([
      2,
      'error: the plan deletes 1, and no more than 0 may be deleted at once\n  why: a wrong folder or branch looks like a repository that lost its rules; nothing was changed\n  help: look at dac plan; if that is what you want, --prune-limit 1\n',
    ]);
    expect((await dac('push', '--yes', '--prune')).code).toBe(0);
    expect(enabled()).toEqual([
      ['Curl Started', true],
      ['Ftp Started', false],
    ]);
  });

  it('leaves what was changed in Kibana, with exit code 1, unless told otherwise', async () => {
    await dac('push', '--yes');
    edit('Wget Started', { severity: 'critical' });
    const left = await dac('push', '--yes');
    expect([left.code, left.out.split('\n').slice(-6)]).toEqual([
      1,
      [
        '! rules/linux/wget_started.toml  conflict, not touched',
        '    it was changed in Kibana since the last apply',
        '    help: dac pull takes the change into the repository, --overwrite-conflicts drops it',
        '',
        'Applied: 0 created, 0 changed, 0 deleted, 1 in conflict in 0.00 s.',
        '',
      ],
    ]);
    expect((await dac('push', '--yes', '--overwrite-conflicts')).code).toBe(0);
    expect(stored().map((one) => own(one, 'severity'))).toEqual(['low', 'low']);
  });

  it('ends with 3 when a rule is refused, and says what to do; the others are written', async () => {
    fault = (request, response) => {
      if (request.url?.endsWith(RULES) !== true || request.method !== 'POST' || stored().length > 0) return false;
      fault = undefined;
      request.resume();
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: ['max_signals \u001b[31mis wrong'], status_code: 400 }));
      return true;
    };
    const { code, out } = await dac('push', '--yes');
    const end = out
      .slice(out.indexOf('unchanged.'))
      .replace(/(curl|wget)_started/g, 'x')
      .split('\n')
      .slice(1);
    expect([code, end.sort()]).toEqual([
      3,
      [
        '',
        '',
        '    POST /api/detection_engine/rules on space "soc" at HOST answered 400: max_signals \\x1b[31mis wrong',
        '    help: correct what the message names',
        expect.stringMatching(/^\+ rules\/linux\/x.toml {2}FAILED$/),
        expect.stringMatching(/^\+ rules\/linux\/x.toml {2}created/),
        'Applied: 1 created, 0 changed, 0 deleted, 1 failed in 0.00 s.',
      ],
    ]);
    expect(out).not.toContain('\u001b');
    expect((await dac('push', '--yes')).code).toBe(0);
  });

  it('tells a program the same', async () => {
    const { code, out } = await dac('push', '--yes', '--format', 'json');
    const document: unknown = JSON.parse(out);
    expect([
      code,
      isJsonObject(document) && own(document, 'summary'),
      isJsonObject(document) && own(document, 'command'),
    ]).toEqual([0, { done: 2 }, 'apply']);
  });

  it('writes nothing with --dry-run, and asks nobody', async () => {
    const { code, out } = await dac('push', '--dry-run');
    expect([code, out.split('\n').slice(-7)]).toEqual([
      0,
      [
        '+ rules/linux/curl_started.toml  would be created',
        '+ rules/linux/wget_started.toml  would be created',
        '',
        'Not tried, as Kibana has no dry run for it: writing 2 things. Whether it takes the content, apply will tell.',
        '',
        'Would apply: 2 created, 0 changed, 0 deleted in 0.00 s. Nothing was changed.',
        '',
      ],
    ]);
    expect(stored()).toEqual([]);
    await dac('push', '--yes');
    box.write('rules/linux/curl_started.toml', ruleText({ enabled: 'false' }));
    expect((await dac('push', '--dry-run')).out).toContain(
      "\nTried by Kibana's own dry run: to disable 1 rule.\nNot tried, as Kibana has no dry run for it: writing 1 thing.",
    );
  });
});

describe('dac apply', () => {
  it('does what a saved plan says, without a question', async () => {
    await dac('plan', '--out', 'plan.json');
    box.write('rules/linux/curl_started.toml', ruleText({ enabled: 'true', severity: '"high"', risk_score: '73' }));
    expect((await dac('apply', 'plan.json')).code).toBe(0);
    expect(stored().map((one) => own(one, 'severity'))).toEqual(['low', 'low']);
    // The same plan again: everything is as it says.
    expect((await dac('apply', 'plan.json')).out).toContain('2 so already');
  });

  it('refuses a plan of another time', async () => {
    await dac('push', '--yes');
    box.write('rules/linux/curl_started.toml', ruleText({ enabled: 'true', severity: '"high"', risk_score: '73' }));
    await dac('plan', '--out', 'plan.json');
    edit('Curl Started', { severity: 'critical' });
    const { code, err } = await dac('apply', 'plan.json');
    expect([code, err]).toEqual([
      3,
      'error: space "soc" at HOST has changed since the plan was made\n  why: "Curl Started" is not as the plan saw it; nothing was changed\n  help: plan again, and look at what is new\n',
    ]);
  });

  it('refuses a plan for another space, and a file that is no plan', async () => {
    await dac('plan', '--out', 'plan.json');
    configure('\n[environments.other]\nurl = "http://127.0.0.1:1"\napi_key_env = "KEY"\n');
    const other = await dac('apply', 'plan.json', '--env', 'other');
    expect([other.code, other.err]).toEqual([
      2,
      'error: the plan is for space "soc" at http://HOST, and this is space "default" at 127.0.0.1:1\n  help: apply it with --env dev, or make a plan for this space\n',
    ]);
    expect((await dac('apply', 'dac.toml')).code).toBe(2);
    expect((await dac('apply', 'nothing.json')).code).toBe(2);
  });

  it('asks before it changes a protected environment', async () => {
    configure('protected = true\n');
    await dac('plan', '--out', 'plan.json');
    expect(await dac('apply', 'plan.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('nobody can be asked here') as string,
    });
    expect(stored()).toEqual([]);
    for (const command of [['apply', 'plan.json'], ['push']]) {
      const { code, err } = await dac(...command, '--yes');
      expect([code, err]).toEqual([2, 'error: environment dev is protected: --yes is not enough\n  help: look at the plan, then give --confirm dev\n']); // prettier-ignore
      expect((await dac(...command, '--confirm', 'prod')).code).toBe(2);
    }
    expect(stored()).toEqual([]);
    expect((await dac('apply', 'plan.json', '--confirm', 'dev')).code).toBe(0);
  });

  it('is kept out by the lock of another machine, and breaks it when told', async () => {
    await dac('push', '--yes');
    for (const [id, one] of space.lists)
      space.lists.set(id, {
        ...one,
        description: 'State. Locked by bob@elsewhere 7 until 2999-01-01T00:00:00.000Z, run x.',
      });
    box.write('rules/linux/curl_started.toml', ruleText({ enabled: 'true', severity: '"high"', risk_score: '73' }));
    const { code, err } = await dac('push', '--yes');
    expect([code, err.split('\n')[0]]).toEqual([3, 'error: bob@elsewhere 7 is changing space "soc" at HOST']);
    expect((await dac('push', '--yes', '--break-lock')).code).toBe(0);
  });
});

describe('a process', () => {
  /** The program itself, as a child. */
  function start(): { readonly child: ChildProcess; readonly ended: Promise<Transcript> } {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        join(packageRoot(), 'cli/commands/dac.ts'),
        'push',
        '--yes',
        '--config',
        join(box.root, 'dac.toml'),
      ],
      { cwd: packageRoot(), env: { PATH: process.env['PATH'], ...env } },
    );
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    child.stderr.on('data', (part: Buffer) => (err += part.toString()));
    const ended = new Promise<Transcript>((resolve) =>
      child.on('close', (code) => resolve({ code: code ?? -1, out: plain(out), err: plain(err) })),
    );
    return { child, ended };
  }

  it('that is interrupted finishes what is under way, says what is not done, and exits with 130', async () => {
    const { child, ended } = start();
    fault = (request) => {
      if (request.url?.endsWith(RULES) !== true || request.method !== 'POST') return false;
      child.kill('SIGINT');
      fault = undefined;
      return false;
    };
    const { code, out, err } = await ended;
    fault = undefined;
    expect([code, err]).toEqual([130, 'interrupted: what is under way is finished; press again to end at once\n']);
    expect(out).toContain('The run was interrupted: what was under way is finished, the rest was not begun.');
    expect(await dac('push', '--yes')).toMatchObject({ code: 0 });
    expect(enabled()).toEqual([
      ['Curl Started', true],
      ['Wget Started', false],
    ]);
  }, 30_000);

  it('that is killed leaves a lock that the next one on this machine knows to be dead', async () => {
    const { child, ended } = start();
    fault = (request) => {
      if (request.url?.endsWith(RULES) === true && request.method === 'POST') child.kill('SIGKILL');
      return false;
    };
    expect((await ended).code).toBe(-1);
    fault = undefined;
    expect([...space.lists.values()].map((one) => own(one, 'description'))).toEqual([
      expect.stringMatching(/ Locked by \S+ \d+ until \S+, run \S+\.$/),
    ]);
    expect(await dac('push', '--yes')).toMatchObject({ code: 0 });
    expect(enabled()).toEqual([
      ['Curl Started', true],
      ['Wget Started', false],
    ]);
  }, 30_000);
});
