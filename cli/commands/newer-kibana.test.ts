import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPlan } from '../kibana/plan/saved.ts';
import { emptySpace, newWorld, startStandIn, steady, type Space, type StandIn } from '../kibana/standin/index.ts';
import type { StandInOptions } from '../kibana/standin/server.ts';
import { own, type JsonObject } from '../text/json.ts';
import { ruleText, Sandbox, type Transcript } from './transcript.ts';

const PATH = 'rules/linux/curl_started.toml';
const NOTE =
  'note: Kibana 9.3.1 has brand_new, gap_reasons in its rules, which this version of dac does not know; left in the space as it is, and in no file\n';

let server: StandIn;
let options: StandInOptions;
let space: Space;
let box: Sandbox;
beforeEach(async () => {
  const world = newWorld(steady());
  space = emptySpace('SOC');
  world.spaces.set('soc', space);
  options = { world };
  server = await startStandIn(options);
  box = new Sandbox({
    [PATH]: ruleText(),
    'dac.toml': `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "KEY"\n`,
  });
});
afterEach(async () => {
  await server.close();
  box.remove();
});

const dac = (...args: string[]): Promise<Transcript> =>
  box.run(args, { env: { KEY: 'c2VjcmV0LWlkOnNlY3JldC1rZXk=', DAC_KIBANA_URL: '' } });

/** What an upgrade of Kibana does: every rule has members that no schema of ours has. */
const upgrade = (): void => {
  for (const [id, rule] of space.rules) space.rules.set(id, { ...rule, brand_new: { level: 3 }, gap_reasons: ['x'] });
};

const lastLine = ({ out }: Transcript): string => out.trimEnd().split('\n').at(-1) ?? '';

describe('a Kibana that is newer than dac', () => {
  it('gives rules members that are no difference, and says which', async () => {
    expect(await dac('push', '--yes')).toMatchObject({ code: 0, err: '' });
    upgrade();
    const plan = await dac('plan', '--exit-code');
    expect([plan.code, plan.err, lastLine(plan)]).toEqual([
      0,
      NOTE,
      'Nothing to do. Plan: 0 to create, 0 to change, 0 to delete, 1 unchanged.',
    ]);
    const drift = await dac('drift', '--exit-code');
    expect([drift.code, drift.err, lastLine(drift)]).toEqual([0, NOTE, 'No drift.']);
    const before = readFileSync(join(box.root, PATH), 'utf8');
    expect(await dac('pull')).toEqual({ code: 0, out: 'Nothing to pull.\n', err: NOTE });
    expect(readFileSync(join(box.root, PATH), 'utf8')).toBe(before);
  });

  it('keeps them when a rule is replaced', async () => {
    await dac('push', '--yes');
    upgrade();
    box.write(PATH, ruleText({ risk_score: '55' }));
    const [entry] = readPlan((await dac('plan', '--format', 'json')).out, 'plan').entries;
    expect(entry).toMatchObject({
      action: 'change',
      fields: [{ field: 'risk_score' }],
      document: { risk_score: 55, brand_new: { level: 3 }, gap_reasons: ['x'] },
    });
    expect(await dac('push', '--yes')).toMatchObject({ code: 0, err: NOTE });
  });

  it('has rules that become files without those members, and types that become none', async () => {
    await dac('push', '--yes');
    const [first] = space.rules.values();
    const copy = (more: JsonObject): void => {
      const id = `00000000-0000-4000-8000-${String(space.rules.size).padStart(12, '9')}`;
      space.rules.set(id, { ...first, id, rule_id: id, tags: [], meta: {}, ...more });
    };
    copy({ name: 'Wget Started' });
    upgrade();
    // In place of the stand-in, which has no such type.
    const graph = { ...first, rule_id: 'graph', tags: [], name: 'Graph Walked', type: 'graph', graph: 'MATCH (a)' };
    options.fault = (request, response) => {
      if (request.url?.includes('_export') !== true) return false;
      request.resume();
      const rules = [...space.rules.values(), graph];
      const details = { exported_count: rules.length, exported_rules_count: rules.length, missing_rules: [] };
      response.writeHead(200, { 'content-type': 'application/ndjson' });
      response.end([...rules, details].map((line) => `${JSON.stringify(line)}\n`).join(''));
      return true;
    };
    const { code, out } = await dac('pull');
    expect([code, out.split('\n').filter((line) => line !== '')]).toEqual([
      0,
      [
        '+ rules/imported/wget_started.toml   new, "Wget Started"',
        'left "Graph Walked": its type, graph, is none that this version of dac knows',
        '    help: keep it in Kibana; a newer dac may know the type',
        'Pulled: 1 new, 0 changed, 0 conflicts, 1 left in the space.',
      ],
    ]);
    expect(readFileSync(join(box.root, 'rules/imported/wget_started.toml'), 'utf8')).not.toMatch(
      /brand_new|gap_reasons/,
    );
    expect(own(first ?? {}, 'type')).toBe('eql');
  });
});
