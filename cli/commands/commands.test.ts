import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot, packageVersion } from '../text/package-root.ts';
import { eventText, repository, ruleText, Sandbox } from './transcript.ts';

let box: Sandbox;

beforeEach(() => {
  box = new Sandbox(repository());
});
afterEach(() => {
  box.remove();
});

const ID = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01';
const RULE = 'rules/linux/curl_started.toml';
const event = (id: string, name: string, more: object = {}): string =>
  eventText({ _id: id, 'process.name': name, ...more });

describe('dac run', () => {
  it('prints which rule alerts on which event, over JSON, NDJSON, archives and folders', async () => {
    box.write('events/a.json', `[${event('1', 'curl')}, ${event('2', 'wget')}]`);
    box.write(
      'events/b.ndjson.gz',
      gzipSync(`${event('3', 'curl')}\n${event('4', 'curl', { _index: 'logs-other-x' })}\n`),
    );
    box.write('events/ignored.txt', 'x');
    expect(await box.run(['run', 'rules', '--events', 'events'])).toEqual({
      code: 0,
      out:
        `${RULE}: alert on logs-endpoint.events.process-default/1\n` +
        `${RULE}: alert on logs-endpoint.events.process-default/3\n` +
        '1 rule, 4 events, 2 alerts\n',
      err: '',
    });
    const alert = (index: string, id: string): unknown => ({ events: [{ _index: index, _id: id }] });
    const json = await box.run(['run', RULE, '--events', 'events', '--format', 'json', '--any-index']);
    expect({ ...json, out: JSON.parse(json.out) as unknown }).toEqual({
      code: 0,
      out: {
        runs: [
          {
            rule_id: ID,
            path: RULE,
            alerts: [
              alert('logs-endpoint.events.process-default', '1'),
              alert('logs-endpoint.events.process-default', '3'),
              alert('logs-other-x', '4'),
            ],
          },
        ],
      },
      err: '',
    });
  });

  it('a long file in pieces gives the same as a short one, in the order of time', async () => {
    const padding = 'x'.repeat(4000);
    const lines = Array.from({ length: 5000 }, (_, at) =>
      event(String(at), at % 1000 === 0 ? 'curl' : 'wget', {
        '@timestamp': `2026-01-01T00:00:${59 - Math.floor(at / 1000)}.000Z`,
        padding,
      }),
    );
    lines[4321] = '{"broken"';
    box.write('events.ndjson', lines.join('\n'));
    const { code, out, err } = await box.run(['run', 'rules', '--events', 'events.ndjson', '--format', 'json']);
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^events\.ndjson:4322:\d+: error\[events\/json-syntax\]/) as unknown,
    });
    const { runs } = JSON.parse(out) as { runs: { alerts: { events: { _id: string }[] }[] }[] };
    expect(runs[0]?.alerts.map((one) => one.events[0]?._id)).toEqual(['4000', '3000', '2000', '1000', '0']);
  });

  it('names rules that cannot be run, and runs the others', async () => {
    box.write(
      'rules/ml.toml',
      ruleText({ type: '"machine_learning"', language: '', query: '' }).replace(
        /^(?:language|query|index) = .*\n/gm,
        '',
      ) + 'anomaly_threshold = 50\nmachine_learning_job_id = "x"\n',
    );
    box.write('rules/none.toml', 'x');
    box.write('e.json', event('1', 'curl'));
    const { code, out } = await box.run(['run', 'rules', '--events', 'e.json', '--format', 'json']);
    expect(code).toBe(1);
    const { runs } = JSON.parse(out) as { runs: { path: string; alerts: unknown[]; error?: string }[] };
    expect(runs.map((one) => [one.path, one.alerts.length, one.error !== undefined])).toEqual([
      [RULE, 1, false],
      ['rules/ml.toml', 0, true],
      ['rules/none.toml', 0, true],
    ]);
  });

  it('says when there is nothing to run over', async () => {
    expect(await box.run(['run', 'rules', '--events', 'nothing'])).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no file or folder nothing\n  help: check --events\n',
    });
    expect(await box.run(['run', 'rules', '--events', 'rules'])).toEqual({
      code: 2,
      out: '',
      err: 'error: no event was found\n  help: events are .json, .ndjson or .jsonl files, plain or .gz\n',
    });
    expect(await box.run(['run', 'rules'])).toEqual({
      code: 2,
      out: '',
      err: "error: required option '--events <path...>' not specified\n",
    });
  });
});

describe('dac mapping', () => {
  it('prints a field and the table that it comes from', async () => {
    const { code, out, err } = await box.run(['mapping', RULE, '--field', 'process.name']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^# logs-endpoint\.events\.process\* \(endpoint\.process [^)]+\)\n(?:# .*\n)*process\.name\tkeyword\tecs \d+\.\d+\.\d+\n$/,
    );
    const json = JSON.parse(
      (await box.run(['mapping', RULE, '--field', 'process.name', '--format', 'json'])).out,
    ) as unknown;
    expect(json).toMatchObject({
      rule_id: ID,
      path: RULE,
      fields: [{ name: 'process.name', type: 'keyword', source: 'ecs' }],
    });
  });
  it('suggests the field that was meant', async () => {
    const { code, out, err } = await box.run(['mapping', RULE, '--field', 'process.nme']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`error: process.nme is in none of the rule's indices, did you mean "process.name"?\n`);
  });
  it('wants one whole rule', async () => {
    box.write('rules/broken.toml', ruleText({ severity: '"hihg"' }));
    expect(await box.run(['mapping', 'rules/broken.toml'])).toEqual({
      code: 2,
      out: '',
      err: 'error: rules/broken.toml:17:12: rule.severity cannot be "hihg"\n  help: dac lint says all that is wrong with it\n',
    });
    expect(await box.run(['mapping', 'rules'])).toEqual({
      code: 2,
      out: '',
      err: 'error: rules holds 2 rules\n  help: name the file of one of them\n',
    });
  });
});

describe('dac view', () => {
  it('prints pages, and what the API gets, to stdout or to a file', async () => {
    expect((await box.run(['view', RULE])).out).toMatch(/^# Curl Started\n/);
    expect((await box.run(['view', RULE, '--format', 'html'])).out).toMatch(/^<!doctype html>/i);
    expect((await box.run(['view', RULE, '--format', 'text'])).out).toContain('Curl Started');
    expect(JSON.parse((await box.run(['view', RULE, '--format', 'api'])).out)).toMatchObject({
      rule_id: ID,
      version: 1,
    });
    expect(await box.run(['view', RULE, '--format', 'html=rule.html'])).toEqual({ code: 0, out: '', err: '' });
    expect(box.files()).toContain('rule.html');
    expect(await box.run(['view', RULE, '--format', 'htm'])).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no format htm, did you mean "html"?\n  help: the formats are markdown, text, html, api\n',
    });
  });
});

describe('dac explain', () => {
  it('prints the page of a check, lists them all, and knows no paths', async () => {
    const { code, out } = await box.run(['explain', 'rule/severity-risk-score']);
    expect(code).toBe(0);
    expect(out).toMatch(/^# `?rule\/severity-risk-score`?\n/);
    expect((await box.run(['explain'])).out).toMatch(/^rule\/severity-risk-score +error +\S/m);
    expect(await box.run(['explain', 'rule/severity-risk-scor'])).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no check rule/severity-risk-scor, did you mean "rule/severity-risk-score"?\n  help: dac explain lists them all\n',
    });
    expect((await box.run(['explain', '../../README'])).code).toBe(2);
  });
});

describe('dac completion', () => {
  it.each(['bash', 'zsh', 'fish', 'powershell'])('%s knows commands, flags and values', async (shell) => {
    const { code, out, err } = await box.run(['completion', shell]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const word of ['check', 'config', 'schema', 'format', 'fail-on', 'sarif', 'timing/lookback-short'])
      expect(out).toContain(word);
  });
  it('in bash completes what stands before the cursor', async () => {
    box.write('dac.bash', (await box.run(['completion', 'bash'])).out);
    const complete = (...words: string[]): string[] => {
      const list = words.map((one) => `'${one}'`).join(' ');
      const script = `. ./dac.bash; COMP_WORDS=(dac ${list}); COMP_CWORD=${words.length}; _dac; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', script], { cwd: box.root, encoding: 'utf8' }).trim().split('\n');
    };
    expect(complete('li')).toEqual(['lint']);
    expect(complete('config', 's')).toEqual(['show', 'schema']);
    expect(complete('lint', '--fail')).toEqual(['--fail-on']);
    expect(complete('lint', '--fail-on', 'w')).toEqual(['warning']);
    expect(complete('lint', '-f', 'j')).toEqual(['json', 'junit']);
    expect(complete('explain', 'timing/lookback-s')).toEqual(['timing/lookback-short']);
  });
  it('does not know every shell', async () => {
    expect(await box.run(['completion', 'fihs'])).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no completion for fihs, did you mean "fish"?\n  help: the shells are bash, zsh, fish, powershell\n',
    });
  });
});

describe('help and versions', () => {
  it('dac alone prints three examples', async () => {
    const { code, out, err } = await box.run([]);
    expect({ code, err, examples: out.match(/^ {2}\$ /gm)?.length }).toEqual({ code: 0, err: '', examples: 3 });
  });
  it.each([
    [],
    ['check'],
    ['lint'],
    ['test'],
    ['run'],
    ['view'],
    ['mapping'],
    ['query'],
    ['explain'],
    ['config'],
    ['config', 'show'],
    ['config', 'schema'],
    ['completion'],
    ['version'],
  ])('%s %s --help has examples, exit codes and where to read on', async (...path: string[]) => {
    const { code, out, err } = await box.run([...path.filter((one) => one !== undefined), '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Usage: dac/);
    for (const part of ['\nExamples:\n  $ ', '\nExit codes:\n  0 ', '\nDocs: docs/cli.md']) expect(out).toContain(part);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
  it('-h is --help', async () => {
    expect(await box.run(['lint', '-h'])).toEqual(await box.run(['lint', '--help']));
  });
  it('unknown commands and flags are named, with what was meant', async () => {
    expect(await box.run(['chek'])).toEqual({
      code: 2,
      out: '',
      err: "error: unknown command 'chek'\n(Did you mean check?)\n",
    });
    expect(await box.run(['lint', '--fomat', 'json'])).toEqual({
      code: 2,
      out: '',
      err: "error: unknown option '--fomat'\n(Did you mean --format?)\n",
    });
    expect((await box.run(['lint', '--fail-on', 'fatal'])).err).toContain('Allowed choices are info, warning, error.');
    expect((await box.run(['lint', '--max-findings', 'x'])).err).toContain('it has to be a whole number');
  });
  it('the version, in one line or as JSON', async () => {
    const version = packageVersion();
    expect(await box.run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
    expect(await box.run(['version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
    expect(JSON.parse((await box.run(['version', '--json'])).out)).toMatchObject({
      name: 'kibana-dac',
      version,
      node: process.versions.node,
    });
  });
});

it('what --format json prints fits the published schema', async () => {
  box.write(RULE, ruleText({ severity: '"high"' }));
  box.write('test-data/linux/curl_started/positive/curl.json', event('1', 'wget'));
  const schema: unknown = JSON.parse(readFileSync(join(packageRoot(), 'schemas/output.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: false }).compile(schema as object);
  const document: unknown = JSON.parse((await box.run(['check', '--format', 'json'])).out);
  expect({ valid: validate(document), errors: validate.errors }).toEqual({ valid: true, errors: null });
  expect(document).toMatchObject({ summary: { rules: 1, errors: 1, failed: 1 } });
});

describe('the built program', () => {
  const dac = join(packageRoot(), 'dist/dac.mjs');
  it.runIf(existsSync(dac))('ends without a word when nobody reads on', () => {
    const script = `"${process.execPath}" "${dac}" explain 2>err | head -1; wc -c < err`;
    const out = execFileSync('bash', ['-c', script], { cwd: box.root, encoding: 'utf8' });
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(out.trim().split('\n')[1]?.trim()).toBe('0');
  });
  it.runIf(existsSync(dac))('writes all of a large document to a pipe before it ends', () => {
    const out = execFileSync(
      'bash',
      ['-c', `"${process.execPath}" "${dac}" mapping ${RULE} --format json | (sleep 0.3; cat)`],
      {
        cwd: box.root,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      },
    );
    expect(out.length).toBeGreaterThan(65_536);
    expect(JSON.parse(out)).toMatchObject({ path: RULE });
  });
});
