import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repository, ruleText, Sandbox } from './transcript.ts';

const PATH = 'rules/linux/curl_started.toml';
const BAD = ruleText({ max_signals: '5000', risk_score: '73' });
const read = (box: Sandbox): string => readFileSync(join(box.root, PATH), 'utf8');

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox(repository());
  box.write(PATH, BAD);
});
afterEach(() => {
  box.remove();
});

describe('dac lint --fix', () => {
  it('writes the safe fixes and reports what is left', async () => {
    const result = await box.run(['lint', '--fix']);
    expect(read(box)).toBe(BAD.replace('5000', '1000'));
    expect(result.code).toBe(1);
    expect(result.out).toMatch(
      /^rules\/linux\/curl_started\.toml:\d+:\d+: error\[rule\/severity-risk-score\] [^\n]*\n$/,
    );
    expect(result.err).toContain('fixed 1 in 1 file, 1 left\n');
  });

  it('takes away what a run that was killed has left beside the file', async () => {
    const part = 'rules/linux/.curl_started.toml.dac-part';
    box.write(part, 'half of it');
    expect(box.files()).toContain(part);
    await box.run(['lint', '--fix']);
    expect(read(box)).toBe(BAD.replace('5000', '1000'));
    expect(box.files()).not.toContain(part);
  });

  it('makes the others with --unsafe-fixes, and nothing more the second time', async () => {
    expect((await box.run(['lint', '--fix', '--unsafe-fixes'])).code).toBe(0);
    const fixed = read(box);
    expect(fixed).toBe(BAD.replace('5000', '1000').replace('severity = "low"', 'severity = "high"'));
    expect((await box.run(['lint', '--fix', '--unsafe-fixes'])).err).toContain('fixed 0 in 0 files, 0 left\n');
    expect(read(box)).toBe(fixed);
  });

  it('keeps CRLF, a byte order mark and the rights of the file', async () => {
    const text = `\ufeff${BAD.replaceAll('\n', '\r\n')}`;
    box.write(PATH, text);
    chmodSync(join(box.root, PATH), 0o640);
    await box.run(['lint', '--fix']);
    expect(read(box)).toBe(text.replace('5000', '1000'));
    expect(statSync(join(box.root, PATH)).mode & 0o777).toBe(0o640);
  });

  it('leaves alone what the configuration switches off', async () => {
    box.write('dac.toml', '[lint]\ndisable = ["rule/max-signals"]\n');
    await box.run(['lint', '--fix']);
    expect(read(box)).toBe(BAD);
  });

  it('refuses a rule from stdin, and --unsafe-fixes alone', async () => {
    expect(await box.run(['lint', '-', '--fix'], { stdin: BAD })).toMatchObject({
      code: 2,
      err: expect.stringContaining('a rule from stdin cannot be fixed') as string,
    });
    expect(await box.run(['lint', '--unsafe-fixes'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--unsafe-fixes goes with --fix or --diff') as string,
    });
  });
});

describe('dac lint --diff', () => {
  it('prints a diff and writes nothing', async () => {
    const before = box.files();
    const result = await box.run(['lint', '--diff']);
    expect(box.files()).toEqual(before);
    expect(result).toMatchObject({ code: 1, err: '' });
    expect(result.out.split('\n').filter((line) => /^[-+]/.test(line))).toEqual([
      `--- a/${PATH}`,
      `+++ b/${PATH}`,
      '-max_signals = 5000',
      '+max_signals = 1000',
    ]);
  });

  it('prints nothing when there is nothing to fix', async () => {
    box.write(PATH, ruleText());
    expect(await box.run(['lint', '--diff'])).toEqual({ code: 0, out: '', err: '' });
  });
});
