import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventText, repository, ruleText, Sandbox } from './transcript.ts';

let box: Sandbox;

beforeEach(() => {
  box = new Sandbox(repository());
  box.write(RULE, ruleText({ query: '\'process where host.os.type == "linux" and acme.risk > 3\'' }));
});
afterEach(() => {
  box.remove();
});

const RULE = 'rules/linux/curl_started.toml';
const SUITE = 'test-data/linux/curl_started/suite.toml';
const UNKNOWN = "acme.risk is in none of the rule's indices";

it('fields that a suite declares are known to lint, run and mapping', async () => {
  expect((await box.run(['lint', RULE])).out).toContain(UNKNOWN);
  box.write(SUITE, '[mapping.fields]\n"acme.risk" = "long"\n');
  expect((await box.run(['lint', RULE])).out).toBe('');

  box.write('e.ndjson', eventText({ _id: 'a', 'host.os.type': 'linux', 'acme.risk': 4 }));
  expect(await box.run(['run', RULE, '--any-index', '--events', 'e.ndjson'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 rule, 1 event, 1 alert\n') as string,
  });
  expect((await box.run(['mapping', RULE, '--field', 'acme.risk'])).out).toMatch(/^acme\.risk\tlong\tsuite$/m);
});

it('a suite with a fault declares nothing', async () => {
  box.write(SUITE, '[mapping.fields]\n"acme.risk" = "lnog"\n');
  const { out } = await box.run(['check', RULE]);
  expect(out).toContain(UNKNOWN);
  expect(out).toContain('acme.risk cannot be of type lnog');
});
