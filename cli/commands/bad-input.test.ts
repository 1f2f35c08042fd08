import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventText, repository, ruleText, Sandbox } from './transcript.ts';

/** One bad file beside a good rule: one message with its place, the good rule still checked, nothing written. */
let box: Sandbox;

// Loaded beforehand: the test without rights could not read the modules.
beforeAll(async () => {
  const first = new Sandbox(repository());
  await first.run(['check']);
  first.remove();
});
beforeEach(() => {
  box = new Sandbox(repository());
});
afterEach(() => {
  box.remove();
});

const GOOD = '2 rules, 1 error, 0 warnings in 0.00 s\n';

async function lint(): Promise<unknown> {
  const before = box.files();
  const result = await box.run(['lint', '--skip', 'rule/file-name']);
  expect(box.files()).toEqual(before);
  return result;
}

describe('a rule file', () => {
  it('that may not be read', async () => {
    box.write('rules/other.toml', ruleText());
    chmodSync(join(box.root, 'rules/other.toml'), 0);
    chmodSync(box.root, 0o755);
    // Root may read everything, so the run is somebody else's.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(await box.run(['lint', '--skip', 'rule/file-name'])).toEqual({
        code: 2,
        out: 'rules/other.toml:1:1: error[file/not-readable] the file cannot be read: permission denied\n',
        err: GOOD,
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('that is binary', async () => {
    box.write('rules/other.toml', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]));
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/other.toml:1:1: error[file/not-text] this is a binary file, not TOML\n',
      err: GOOD,
    });
  });

  it('of 50 MB', async () => {
    box.write('rules/other.toml', '');
    truncateSync(join(box.root, 'rules/other.toml'), 50 * 1024 * 1024);
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/other.toml:1:1: error[file/too-large] the file has 50 MiB, 10 are the limit\n',
      err: GOOD,
    });
  });

  it('with a string that has no end', async () => {
    box.write('rules/other.toml', ruleText({ name: '"Curl Started' }));
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/other.toml:14:21: error[toml/syntax] the string is not closed on its line\n',
      err: GOOD,
    });
  });

  it('with a key that stands twice', async () => {
    box.write('rules/other.toml', `${ruleText()}severity = "high"\n`);
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/other.toml:25:1: error[toml/duplicate-key] the key severity is defined twice\n',
      err: GOOD,
    });
  });

  it('with a value of a wrong type', async () => {
    box.write('rules/other.toml', ruleText({ risk_score: '"21"' }));
    expect(await lint()).toEqual({
      code: 1,
      out: 'rules/other.toml:15:14: error[schema/wrong-type] rule.risk_score has to be a whole number, this is text\n',
      err: GOOD,
    });
  });

  it('with a number that is none', async () => {
    box.write('rules/other.toml', ruleText({ risk_score: 'nan' }));
    expect(await lint()).toEqual({
      code: 1,
      out: 'rules/other.toml:15:14: error[schema/wrong-type] rule.risk_score has to be a whole number, this is nan\n',
      err: GOOD,
    });
  });

  it('of an unknown type', async () => {
    box.write('rules/other.toml', ruleText({ type: '"eqql"' }));
    expect(await lint()).toEqual({
      code: 1,
      out: 'rules/other.toml:20:8: error[schema/bad-value] rule.type cannot be "eqql"\n',
      err: GOOD,
    });
  });

  it('whose query has a string without an end', async () => {
    box.write(
      'rules/other.toml',
      ruleText({
        name: '"Other"',
        rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02"',
        query: `'''\nprocess where process.name == "curl\n'''`,
      }),
    );
    expect(await lint()).toEqual({
      code: 1,
      out: 'rules/other.toml:23:31: error[query/syntax] the string has no end\n',
      err: GOOD,
    });
  });

  it('with the keys __proto__ and constructor', async () => {
    box.write('rules/other.toml', `${ruleText({ ['__proto__']: '"x"', constructor: '1' })}[__proto__]\nx = 1\n`);
    expect(await lint()).toEqual({
      code: 1,
      out:
        'rules/other.toml:25:1: error[schema/unknown-key] unknown key rule.__proto__\n' +
        'rules/other.toml:26:1: error[schema/unknown-key] unknown key rule.constructor\n' +
        'rules/other.toml:27:2: error[schema/unknown-key] unknown key __proto__\n',
      err: '2 rules, 3 errors, 0 warnings in 0.00 s\n',
    });
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('that is a named pipe', async () => {
    execFileSync('mkfifo', [join(box.root, 'rules/other.toml')]);
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/other.toml:1:1: error[file/not-readable] this is a named pipe, not a file\n',
      err: GOOD,
    });
  });

  it('with CRLF and a byte order mark, and with spaces in its path, is read like any other', async () => {
    box.write('more rules/a b.toml', `\ufeff${ruleText().replaceAll('\n', '\r\n')}`);
    expect(await box.run(['lint', 'more rules', '--skip', 'rule/file-name'])).toEqual({
      code: 0,
      out: '',
      err: '1 rule, 0 errors, 0 warnings in 0.00 s\n',
    });
  });
});

describe('a link', () => {
  it('to itself', async () => {
    symlinkSync('other.toml', join(box.root, 'rules/other.toml'));
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/other.toml:1:1: error[file/not-followed] this link leads in a circle\n',
      err: GOOD,
    });
  });

  it('to a folder that it lies in', async () => {
    symlinkSync('..', join(box.root, 'rules/linux/again'));
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/linux/again:1:1: error[file/not-followed] this link leads back to a folder that it lies in\n',
      err: GOOD,
    });
  });

  it('out of the repository', async () => {
    const other = new Sandbox({ 'x.toml': ruleText() });
    symlinkSync(other.root, join(box.root, 'rules/out'));
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/out:1:1: error[file/not-followed] this link leads out of the repository\n',
      err: GOOD,
    });
    other.remove();
  });

  it('to nothing', async () => {
    symlinkSync('nothing', join(box.root, 'rules/other.toml'));
    expect(await lint()).toEqual({
      code: 2,
      out: 'rules/other.toml:1:1: error[file/not-followed] this link leads nowhere\n',
      err: GOOD,
    });
  });
});

describe('an argument', () => {
  it('that names no file does not keep the others from being done', async () => {
    expect(await box.run(['lint', 'rules/linux/curl_startd.toml', 'rules/linux'])).toEqual({
      code: 2,
      out: '',
      err:
        'error: there is no file or folder rules/linux/curl_startd.toml, did you mean "curl_started.toml"?\n' +
        '  help: give the path of a rule, a suite, or a folder of them\n' +
        '1 rule, 0 errors, 0 warnings in 0.00 s\n',
    });
  });

  it('that is a path outside of the repository and no rule', async () => {
    expect(await box.run(['lint', '/etc/hostname'])).toEqual({
      code: 2,
      out: '',
      err: 'error: /etc/hostname is no rule\n  help: rules are TOML files, fixtures lie in the folder of the suites\n',
    });
  });

  it('that is an empty folder', async () => {
    mkdirSync(join(box.root, 'rules/empty'));
    expect(await box.run(['lint', 'rules/empty'])).toEqual({
      code: 2,
      out: '',
      err: 'error: no rule was found\n  help: looked in rules/empty; --allow-empty accepts an empty run\n',
    });
  });

  it('that is a folder called x.toml is walked like any other', async () => {
    box.write('rules/x.toml/curl_started.toml', ruleText());
    expect(await box.run(['lint', 'rules/x.toml'])).toEqual({
      code: 0,
      out: '',
      err: '1 rule, 0 errors, 0 warnings in 0.00 s\n',
    });
  });

  it('with terminal escapes is printed so that it cannot act', async () => {
    expect(await box.run(['lint', '\u001b[31mred\u0007'])).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no file or folder \\x1b[31mred\\x07\n  help: give the path of a rule, a suite, or a folder of them\n',
    });
    expect(await box.run(['lint', '--\u001b[31m'])).toEqual({
      code: 2,
      out: '',
      err: "error: unknown option '--\\x1b[31m'\n",
    });
  });
});

describe('the name of a rule', () => {
  it('cannot give commands to the workflow that shows it', async () => {
    box.write('rules/linux/curl_started.toml', ruleText({ name: '"x\\n::error file=a::b%0A::stop-commands::t"' }));
    box.write('test-data/linux/curl_started/positive/curl.json', eventText({ 'process.name': 'wget' }));
    const { code, out } = await box.run(['test', '--format', 'github']);
    expect(code).toBe(1);
    expect(out.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
    expect(out).not.toMatch(/^::(?:stop-commands|error file=a)/m);
    expect(out).not.toContain('%0A::stop');
  });
});

describe('a file of events', () => {
  const lines = (count: number, line: number, text: string): string =>
    Array.from({ length: count }, (_, at) =>
      at === line - 1 ? text : eventText({ 'process.name': 'curl', _id: String(at + 1) }),
    ).join('\n');

  it('with broken JSON on line 7,000 has its place, and the other events still count', async () => {
    box.write('events.ndjson', lines(7001, 7000, '{"process": {"name": "curl"'));
    const { code, out, err } = await box.run(['run', 'rules', '--events', 'events.ndjson', '--format', 'json']);
    expect(code).toBe(2);
    expect(err).toBe(
      'events.ndjson:7000:27: error[events/json-syntax] the JSON ends too early; a comma or } is missing here\n',
    );
    const document = JSON.parse(out) as { runs: { alerts: unknown[] }[] };
    expect(document.runs.map((one) => one.alerts.length)).toEqual([7000]);
  });

  it('with NaN as a number', async () => {
    box.write('test-data/linux/curl_started/positive/curl.json', '{"process.pid": NaN}');
    const { code, out } = await box.run(['test']);
    expect({ code, out }).toEqual({
      code: 1,
      out:
        'test-data/linux/curl_started/positive/curl.json:1:17: error[events/json-syntax] NaN is not JSON\n' +
        'test-data/linux/curl_started/positive/curl.json:1:1: error[test/failed] Curl Started: positive/curl: expected at least 1 alert, but the fixture cannot be read\n',
    });
  });

  it('with the keys __proto__ and constructor changes nothing but its own event', async () => {
    box.write(
      'events.json',
      `{"_index": "logs-endpoint.events.process-x", "_id": "1", "__proto__": {"process.name": "curl", "event.category": "process"}, "constructor": {"prototype": {"polluted": true}}}`,
    );
    expect(await box.run(['run', 'rules', '--events', 'events.json', '--format', 'json'])).toEqual({
      code: 0,
      out: `${JSON.stringify({ runs: [{ rule_id: '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01', path: 'rules/linux/curl_started.toml', alerts: [] }] }, null, 1)}\n`,
      err: '',
    });
    expect('polluted' in {}).toBe(false);
  });

  it('that is a named pipe does not hang', async () => {
    execFileSync('mkfifo', [
      join(box.root, 'events.ndjson'),
      join(box.root, 'test-data/linux/curl_started/positive/pipe.json'),
    ]);
    expect(await box.run(['run', 'rules', '--events', 'events.ndjson'])).toEqual({
      code: 2,
      out: '1 rule, 0 events, 0 alerts\n',
      err: 'events.ndjson:1:1: error[events/not-readable] this is a pipe, a socket or a device, not a file; write the events to a file first\n',
    });
    expect(await box.run(['test'])).toEqual({
      code: 1,
      out:
        'test-data/linux/curl_started/positive/pipe.json:1:1: error[events/not-readable] this is a named pipe, not a file\n' +
        'test-data/linux/curl_started/positive/pipe.json:1:1: error[test/failed] Curl Started: positive/pipe: expected at least 1 alert, but the fixture cannot be read\n',
      err: '1 rule, 1 error, 0 warnings, 3 cases, 1 failed in 0.00 s\n',
    });
  });

  it('that is binary, or half an archive', async () => {
    box.write('a.json', new Uint8Array([0, 1, 2, 3]));
    box.write('b.ndjson.gz', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]));
    expect(await box.run(['run', 'rules', '--events', 'a.json', 'b.ndjson.gz'])).toEqual({
      code: 2,
      out: '1 rule, 0 events, 0 alerts\n',
      err:
        'a.json:1:1: error[events/not-text] this is a binary file, not JSON; events are JSON, NDJSON, or either of them packed with gzip\n' +
        'b.ndjson.gz:1:1: error[events/not-readable] this is not a whole gzip file; pack it again, or give the plain JSON\n',
    });
  });
});
