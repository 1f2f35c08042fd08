import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { elements, isJsonObject, jsonText, own, type Json, type JsonObject } from '../text/json.ts';
import { packageRoot } from '../text/package-root.ts';
import { readWorkflow, scriptsOf, workflowFaults } from './test-workflow.ts';
import { Sandbox } from './transcript.ts';

const text = readFileSync(join(packageRoot(), '.github/workflows/publish.yml'), 'utf8');
const workflow = readWorkflow(text);
const table = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const jobs = table(own(workflow, 'jobs'));
const job = (name: string): JsonObject => table(own(jobs, name));
const condition = (name: string): string => jsonText(own(job(name), 'if')).replace(/\s+/g, ' ');

describe('the workflow that publishes', () => {
  it('has nothing against it', () => {
    expect(workflowFaults(text)).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['an event that hands secrets to strangers', '  pull_request:\n', '  pull_request_target:\n', 'on.pull_request_target: not among the events that are safe here'],
    ['permissions for all', 'permissions: {}', 'permissions: write-all', 'permissions: the workflow gives some to every job'],
    ['a job with the permissions of the workflow', "    permissions:\n      pull-requests: write\n", '', 'comment: it has the permissions of the workflow, not its own'],
    ['an action by its tag', 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2', 'actions/upload-artifact@v4', 'plan.steps[4]: actions/upload-artifact@v4 is not pinned to a commit'],
    ['a pin that nobody can read', ' # v4.6.2', '', 'plan.steps[4]: say in a comment which version actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 is'],
    ['a token that is left behind', '          persist-credentials: false\n', '', 'plan.steps[0]: checkout leaves its token behind; persist-credentials: false'],
    ['a value put into a script', '"repos/$GH_REPO/issues/$NUMBER/comments" \\\n', '"repos/${{ github.repository }}/issues/$NUMBER/comments" \\\n', 'jobs.comment.steps[1].run: github.repository is put into the script as it is; hand it over by env'],
    ['a title that somebody writes', 'NUMBER: ${{ github.event.pull_request.number }}', 'NUMBER: ${{ github.event.pull_request.title }}', 'jobs.comment.steps[1].env.NUMBER: anybody can write github.event.pull_request.title'],
    ['a secret for all jobs', "  DAC_KIBANA_URL: ${{ vars.DAC_KIBANA_URL }}", "  DAC_KIBANA_URL: ${{ secrets.DAC_KIBANA_URL }}", 'env.DAC_KIBANA_URL: a secret belongs to the one step that needs it'],
    ['a secret in a condition', "if: vars.DAC_KIBANA_URL != ''", "if: secrets.DAC_KIBANA_URL != ''", 'jobs.drift.if: secrets cannot be read in a condition'],
    ['a context that is misspelt', '${{ github.token }}', '${{ gihub.token }}', 'jobs.comment.steps[1].env.GH_TOKEN: there is no context gihub'],
    ['an expression that is not closed', '${{ github.token }}', '${{ github.token }', 'jobs.comment.steps[1].env.GH_TOKEN: an expression is not closed'],
    ['secrets without an environment', '    environment: kibana\n', '', 'apply: it has secrets and no environment that guards them'],
    ['a job that is not there', 'needs: plan', 'needs: plna', 'comment: it needs plna, which is not there'],
    ['a job without a limit', '    timeout-minutes: 30\n', '', 'apply: it has no time limit'],
    ['two applies at once', "    concurrency:\n      group: publish-apply\n      cancel-in-progress: false\n", '', 'apply: two of it can run at once'],
    ['a key that is misspelt', '    timeout-minutes: 30\n', '    timeout-minutes: 30\n    enviroment: x\n', 'apply: there is no enviroment'],
    ['a step that does nothing', '        run: node dist/dac.mjs check\n', '', 'apply.steps[3]: a step has one of uses and run'],
    ['drift each minute', "'17 6 * * *'", "'* * * * *'", 'on.schedule: * * * * * is not once a day'],
  ])('would not pass with %s', (_, before, after, fault) => {
    expect(text).toContain(before);
    const faults = workflowFaults(text.replace(before, after));
    expect(faults).toContain(fault);
  }); // prettier-ignore

  it('has nothing against it with the secret of a connector, which the apply step alone would get', () => {
    const withSecret = text.replace('          # SLACK_WEBHOOK:', '          SLACK_WEBHOOK:');
    expect(workflowFaults(withSecret)).toEqual([]);
    const applying = elements(own(table(own(table(own(readWorkflow(withSecret), 'jobs')), 'apply')), 'steps')).map(table);
    expect(applying.filter((step) => Object.hasOwn(table(own(step, 'env')), 'SLACK_WEBHOOK'))).toMatchObject([{ name: 'dac apply' }]);
  }); // prettier-ignore

  it('would not pass with a job that may write and runs code of the repository, or has secrets', () => {
    const writing = text.replace('    permissions:\n      contents: read\n', '    permissions:\n      issues: write\n');
    expect(workflowFaults(writing)).toEqual([
      'plan: it may write issues and runs code of the repository',
      'plan: it may write and has secrets',
    ]);
  });

  it('is YAML in which no key stands twice', () => {
    expect(() => readWorkflow(`${text}\nname: again\n`)).toThrow('unique');
  });

  it('plans for branches of the repository alone, applies main alone, and looks for drift on the schedule alone', () => {
    expect(Object.keys(jobs)).toEqual(['plan', 'comment', 'apply', 'drift']);
    expect(condition('plan')).toBe(
      "vars.DAC_KIBANA_URL != '' && github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository && github.event.pull_request.user.login != 'dependabot[bot]'",
    );
    // Skipped with the plan; it has neither secrets nor code.
    expect([own(job('comment'), 'needs'), condition('comment')]).toEqual(['plan', '']);
    expect(condition('apply')).toBe(
      "vars.DAC_KIBANA_URL != '' && github.ref == 'refs/heads/main' && (github.event_name == 'push' || github.event_name == 'workflow_dispatch')",
    );
    expect(condition('drift')).toBe("vars.DAC_KIBANA_URL != '' && github.event_name == 'schedule'");
    // An apply that has begun is never cut off; a plan for an older push is of no use.
    expect(table(own(job('apply'), 'concurrency'))).toEqual({ group: 'publish-apply', 'cancel-in-progress': false });
    expect(own(table(own(job('plan'), 'concurrency')), 'cancel-in-progress')).toBe(true);
    // The key that can write is in the environment of apply; those of the others can read.
    expect(['plan', 'comment', 'apply', 'drift'].map((name) => own(job(name), 'environment'))).toEqual([
      'kibana-read',
      undefined,
      'kibana',
      'kibana-read',
    ]);
    expect(['plan', 'comment', 'apply', 'drift'].map((name) => own(job(name), 'permissions'))).toEqual([
      { contents: 'read' },
      { 'pull-requests': 'write' },
      { contents: 'read' },
      { contents: 'read' },
    ]);
  });

  it('has scripts that a shell can read', () => {
    for (const [, script] of scriptsOf(workflow)) execFileSync('bash', ['-n'], { input: script });
    expect(() => execFileSync('bash', ['-n'], { input: 'if [ x', stdio: 'pipe' })).toThrow();
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
