import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS, isFormat, type Format } from './formats.ts';
import { testRule } from '../engine/test-rule.ts';
import { runTestSuite } from '../testing/test-suite.ts';
import { busyReport, EVIL, hostileReport, longReport, quietReport, reportOf } from './test-report.ts';

const golden = (name: string): string => join(import.meta.dirname, 'golden', `${name}.txt`);
const names = Object.keys(FORMATS).filter(isFormat);

describe.each(names)('%s', (format) => {
  it('of nothing to report', async () => {
    await expect(FORMATS[format](quietReport())).toMatchFileSnapshot(golden(`quiet.${format}`));
  });

  it('of findings and failing cases', async () => {
    await expect(FORMATS[format](busyReport())).toMatchFileSnapshot(golden(`busy.${format}`));
  });

  it('of hostile names and values', async () => {
    await expect(FORMATS[format](hostileReport())).toMatchFileSnapshot(golden(`hostile.${format}`));
  });

  it('is the same each time', () => {
    expect(FORMATS[format](busyReport())).toBe(FORMATS[format](busyReport()));
  });

  it('lets nothing speak to the terminal', () => {
    expect(FORMATS[format](hostileReport())).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]|[\ud800-\udfff]/u);
  });
});

const of = (format: Format, ...[more]: Parameters<typeof busyReport>): string => FORMATS[format](busyReport(more));

describe('pretty', () => {
  it('has colour when asked for, and symbols in ASCII', () => {
    expect(of('pretty', { colour: true })).toContain('\u001b[31m');
    const ascii = of('pretty', { ascii: true });
    expect(ascii).not.toMatch(/[^\u0000-\u007f]/);
    expect(ascii).toContain('x process.name == "curl"');
  });

  it('keeps to the width', () => {
    const widest = (text: string): number =>
      Math.max(
        ...text
          .split('\n')
          .filter((line) => /= (why|help):|^ {6}shows/.test(line))
          .map((line) => line.length),
      );
    expect([widest(of('pretty', { width: 70 })) <= 70, widest(of('pretty', { width: 120 })) > 100]).toEqual([
      true,
      true,
    ]);
  });

  it('shows the gravest findings and says how many more there are', () => {
    const text = FORMATS.pretty(longReport(1234, { maxFindings: 3, seconds: 3725 }));
    expect(text.match(/finding number \d+/g)).toEqual(['finding number 9', 'finding number 19', 'finding number 29']);
    expect(text.split('\n').slice(-4)).toEqual([
      '… 1,231 more findings, use --max-findings 0',
      '',
      '1 rule, 123 errors, 1,111 warnings in 62 min 5 s',
      '',
    ]);
  });

  it('of one line is silent when quiet', () => {
    expect(FORMATS.pretty({ ...quietReport(), quiet: true })).toBe('');
  });
});

describe('github', () => {
  it('stops at ten of a level and counts the rest', () => {
    const lines = FORMATS.github(longReport(200)).trimEnd().split('\n');
    expect([
      lines.filter((one) => one.startsWith('::error ')).length,
      lines.filter((one) => one.startsWith('::warning ')).length,
    ]).toEqual([10, 10]);
    expect(lines.at(-1)).toBe('10 more errors, 170 more warnings, which GitHub would not show: see the job summary');
  });

  it('puts failing cases first', () => {
    expect(of('github').split('\n')[0]).toContain('title=test/failed');
  });

  it('and the other formats let no value be a workflow command', () => {
    for (const format of ['pretty', 'concise'] as const)
      expect(
        FORMATS[format](hostileReport())
          .split('\n')
          .filter((line) => /^\s*::|##\[/.test(line)),
      ).toEqual([]);
    const commands = FORMATS.github(hostileReport()).trimEnd().split('\n');
    expect(commands.every((line) => line.startsWith('::error file='))).toBe(true);
  });
});

it('a rule that cannot be run is one line, whatever the number of its cases', () => {
  const contents = { 'positive/a.json': '{}', 'positive/b.json': '{}', 'negative/c.json': '{}' };
  const suite = runTestSuite(contents, { file: testRule('type = "eql"\nlanguage = "eql"\nquery = "any where"') });
  const report = reportOf([], [], [suite]);
  const text = 'Test Rule: 3 cases: the rule cannot be run';
  expect(FORMATS.concise(report)).toBe(`rules/test.toml:1:1: error[test/failed] ${text}\n`);
  expect(FORMATS.github(report)).toBe(`::error file=rules/test.toml,line=1,col=1,title=test/failed::${text}\n`);
  expect(FORMATS.markdown(report).match(/3 cases&#58;/g)).toHaveLength(1);
  expect(FORMATS.sarif(report).match(/"ruleId"/g)).toHaveLength(1);
});

describe('markdown', () => {
  it('stays below what a comment holds, and says what it leaves out', () => {
    const long = FORMATS.markdown(longReport(5000));
    expect(long.length).toBeLessThan(60_000);
    expect(long).toMatch(/\n[\d,]+ more rows left out\.\n$/);
    const busy = busyReport();
    const [suite] = busy.suites ?? [];
    const many = { ...busy, suites: suite === undefined ? [] : Array.from({ length: 300 }, () => suite) };
    const text = FORMATS.markdown(many);
    expect([text.length < 60_000, /The details of [\d,]+ more failing cases are left out\./.test(text)]).toEqual([
      true,
      true,
    ]);
  });

  it('begins with the verdict, then the marker', () => {
    expect([of('markdown').split('\n').slice(0, 2), FORMATS.markdown(quietReport()).split('\n')[0]]).toEqual([
      ['**Needs work**: 1 rule, 2 errors, 1 warning, 7 cases, 6 failed', '<!-- dac-report -->'],
      '**All good**: 1 rule, 0 errors, 0 warnings, 2 cases, 0 failed',
    ]);
  });

  it('lets no value be HTML or end its cell', () => {
    const text = FORMATS.markdown(hostileReport());
    expect(text).not.toContain('<script');
    for (const line of text.split('\n').filter((one) => one.startsWith('| rules') || one.startsWith('| test-data')))
      expect(line.split('|')).toHaveLength(5);
  });
});

describe('junit', () => {
  it('is well-formed whatever the names hold', () => {
    const text = FORMATS.junit(hostileReport());
    expect(
      text
        .replace(/<\?xml[^>]*>/, '')
        .replace(
          /<\/?(?:testsuites|testsuite|testcase|failure|error)(?: [\w-]+="[^"<>&]*(?:&#\d+;[^"<>&]*)*")*\/?>/g,
          '',
        ),
    ).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/&(?!#\d+;)/);
  });
});

describe('json', () => {
  it('and ndjson hold the same results', () => {
    const document = JSON.parse(of('json')) as { results: unknown[] };
    expect(
      of('ndjson')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(document.results);
  });

  it('keeps what was written', () => {
    const { results } = JSON.parse(FORMATS.json(hostileReport())) as { results: { message?: string }[] };
    expect(results[0]?.message).toBe(EVIL);
  });
});
