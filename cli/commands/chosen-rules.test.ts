import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptySpace, newWorld, startStandIn, steady, type Space, type StandIn } from '../kibana/standin/index.ts';
import { jsonText, own, type JsonObject } from '../text/json.ts';
import { ruleText, Sandbox, type Transcript } from './transcript.ts';

/** A list with one item that takes a value list, and one that names a host. */
const exceptions = (id: string, host = 'a'): string => `[[exceptions]]
[exceptions.container]
list_id = "list-${id}"
name = "List ${id}"
description = "x"
type = "detection"
[[exceptions.items]]
item_id = "item-${id}"
name = "Hosts of ${id}"
description = "x"
entries = [{ field = "host.name", type = "list", operator = "included", list = { id = "values-${id}", type = "keyword" } }]
[[exceptions.items]]
item_id = "other-${id}"
name = "Another of ${id}"
description = "x"
entries = [{ field = "host.name", type = "match", operator = "included", value = "${host}" }]
`;
const connector = (id: string): string => `name = "Log ${id}"\nconnector_type_id = ".server-log"\n`;
const rule = (id: string): string =>
  ruleText({
    rule_id: `"rule-${id}"`,
    name: `"Rule ${id}"`,
    enabled: 'true',
    exceptions_list: `[{ list_id = "list-${id}", type = "detection", namespace_type = "single" }]`,
    actions: `[{ connector = "Log ${id}", group = "default", params = { message = "x" } }]`,
  });

const filesOf = (id: string): Record<string, string> => ({
  [`rules/linux/rule_${id}.toml`]: rule(id),
  [`exceptions/list-${id}.toml`]: exceptions(id),
  [`value-lists/values-${id}.keyword.txt`]: `${id}\n`,
  [`connectors/log-${id}.toml`]: connector(id),
});

let server: StandIn;
let space: Space;
let box: Sandbox;
beforeEach(async () => {
  const world = newWorld(steady());
  space = emptySpace('SOC');
  world.spaces.set('soc', space);
  server = await startStandIn({ world });
  box = new Sandbox({ ...filesOf('a'), ...filesOf('b'), 'connectors/unused.toml': connector('unused') });
  box.write('dac.toml', `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "KEY"\n`);
});
afterEach(async () => {
  await server.close();
  box.remove();
});

const dac = (...args: string[]): Promise<Transcript> => box.run(args, { env: { KEY: 'a2V5', DAC_KIBANA_URL: '' } });

const ids = (documents: ReadonlyMap<string, JsonObject>, key: string): readonly unknown[] =>
  [...documents.values()].map((one) => own(one, key)).filter((id) => id !== 'dac-state').sort(); // prettier-ignore

const content = (): Readonly<Record<string, readonly unknown[]>> => ({
  rules: ids(space.rules, 'rule_id'),
  lists: ids(space.lists, 'list_id').filter((id) => id !== 'endpoint_list'),
  items: ids(space.items, 'item_id').filter((id) => /^(item|other)-/.test(String(id))),
  valueLists: ids(space.valueLists, 'id'),
  values: ids(space.valueItems, 'value'),
  connectors: ids(space.connectors, 'name'),
});

describe('a rule that is chosen', () => {
  it('brings its exception lists with items, their value lists and its connectors, and nothing else', async () => {
    const planned = await dac('plan', '--rule', 'Rule a');
    expect(planned.err).toBe('');
    expect(planned.out).toContain('Plan: 6 to create, 0 to change, 0 to delete, 0 unchanged.');
    expect(await dac('push', '--yes', '--rule', 'Rule a')).toMatchObject({ code: 0, err: '' });
    expect(content()).toEqual({
      rules: ['rule-a'],
      lists: ['list-a'],
      items: ['item-a', 'other-a'],
      valueLists: ['values-a'],
      values: ['a'],
      connectors: ['Log a'],
    });
    expect([...space.rules.values()]).toMatchObject([{ enabled: true, exceptions_list: [{ list_id: 'list-a' }] }]);
    expect(await dac('plan', '--rule', 'Rule a', '--exit-code')).toMatchObject({ code: 0 });
  });

  it('brings what it needs also when it is itself as it should be', async () => {
    await dac('push', '--yes');
    for (const id of ['a', 'b']) box.write(`exceptions/list-${id}.toml`, exceptions(id, 'changed'));
    box.write('value-lists/values-a.keyword.txt', 'a\nmore\n');
    box.write('value-lists/values-b.keyword.txt', 'b\nmore of b\n');
    const { out } = await dac('push', '--yes', '--rule', 'Rule a');
    expect(out).toContain('Applied: 0 created, 2 changed, 0 deleted');
    expect(ids(space.valueItems, 'value')).toEqual(['a', 'b', 'more']);
    const hosts = [...space.items.values()].filter((one) => /^other-/.test(jsonText(own(one, 'item_id'))));
    expect(hosts).toMatchObject([{ item_id: 'other-a', entries: [{ value: 'changed' }] }, { item_id: 'other-b', entries: [{ value: 'a' }] }]); // prettier-ignore
  });

  it('of a saved plan does the same', async () => {
    await dac('plan', '--out', 'plan.json');
    await dac('apply', 'plan.json', '--yes', '--tag', 'OS: Linux', '--rule', 'rule-b');
    expect(content()).toMatchObject({ rules: ['rule-b'], lists: ['list-b'], connectors: ['Log b'], values: ['b'] });
  });

  it('deletes nothing of what it needs, and can be one that left the repository', async () => {
    await dac('push', '--yes');
    box.write('exceptions/list-a.toml', exceptions('a').split('[[exceptions.items]]').slice(0, 2).join('[[exceptions.items]]')); // prettier-ignore
    box.write('rules/linux/rule_b.toml', rule('c').replace('list-c', 'list-b').replace('Log c', 'Log b'));
    const before = content();
    expect((await dac('push', '--yes', '--prune', '--rule', 'Rule a')).out).toContain('Nothing to do');
    expect(content()).toEqual(before);
    expect((await dac('push', '--yes', '--prune', '--rule', 'rule-b')).out).toContain('1 deleted');
    expect(content()).toEqual({ ...before, rules: ['rule-a'] });
  });
});
