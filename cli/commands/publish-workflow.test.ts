import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../text/package-root.ts';
import { Sandbox } from './transcript.ts';

const text = readFileSync(join(packageRoot(), '.github/workflows/publish.yml'), 'utf8');

describe('the workflow that publishes', () => {
  it('runs no code of strangers with secrets, and gives each job the least', () => {
    expect(text).not.toContain('pull_request_target');
    expect(text).toContain('\npermissions: {}\n');
    expect(text.match(/uses: .*/g)?.filter((one) => !/^uses: actions\/[a-z-]+@v\d+$/.test(one))).toEqual([]);
    const jobs = text
      .slice(text.indexOf('\njobs:\n'))
      .split(/\n {2}(?=[a-z]+:\n)/)
      .slice(1);
    expect(jobs.map((job) => job.slice(0, job.indexOf(':')))).toEqual(['plan', 'comment', 'apply', 'drift']);
    for (const job of jobs) {
      const writes = /^ +[a-z-]+: write$/m.test(job);
      // Who may write runs no code of the repository; who has the key may not write.
      expect([writes, job.includes('npm ci'), job.includes('secrets.')]).toEqual(writes ? [true, false, false] : [false, true, true]); // prettier-ignore
      expect(job).toContain('timeout-minutes:');
    }
    expect(jobs[0]).toContain('head.repo.full_name == github.repository');
  });

  it('calls commands and options that are there, and finds the comment that dac plan writes', async () => {
    const box = new Sandbox();
    const calls = [...text.matchAll(/dac\.mjs ([a-z]+)(.*)/g)].map(([, command = '', rest = '']) => [command, ...(rest.match(/--[a-z-]+/g) ?? [])]); // prettier-ignore
    expect(calls.map(([command]) => command)).toEqual(['plan', 'check', 'apply', 'drift']);
    for (const [command = '', ...options] of calls) {
      const { code, out } = await box.run([command, '--help']);
      expect([command, code, options.filter((one) => !out.includes(one))]).toEqual([command, 0, []]);
    }
    box.remove();
    const source = readFileSync(join(packageRoot(), 'cli/report/plan-markdown.ts'), 'utf8');
    expect(text).toContain('contains("<!-- dac-plan ")');
    expect(source).toContain('`<!-- dac-plan ${');
  });
});
