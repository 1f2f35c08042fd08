/** Two states of a repository, between which every kind of step lies. Paths → texts. */
export type Repository = Readonly<Record<string, string>>;

interface RuleParts {
  readonly id: string;
  readonly type?: 'eql' | 'query';
  readonly enabled: boolean;
  readonly severity?: 'low' | 'high';
  readonly lists?: readonly string[];
  readonly connector?: string;
}

function rule({ id, type = 'eql', enabled, severity = 'low', lists = [], connector }: RuleParts): Repository {
  const query = type === 'eql' ? `process where process.name == "${id}"` : `process.name: "${id}"`;
  const links = lists.map((list) => `{ list_id = "${list}", type = "detection", namespace_type = "single" }`);
  const action = `{ connector = "${connector ?? ''}", group = "default", params = { message = "x" } }`;
  const text = `[metadata]
creation_date = "2026/01/02"
integration = ["endpoint"]
maturity = "production"
updated_date = "2026/01/02"

[rule]
author = ["dac"]
description = "A program was started."
enabled = ${enabled}
exceptions_list = [${links.join(', ')}]
from = "now-9m"
index = ["logs-endpoint.events.process*"]
language = "${type === 'eql' ? 'eql' : 'kuery'}"
license = "Apache-2.0"
name = "Rule ${id}"
risk_score = 21
rule_id = "${id}"
severity = "${severity}"
tags = ["Domain: Endpoint", "OS: Linux", "Use Case: Threat Detection"]
type = "${type}"
version = 1
actions = [${connector === undefined ? '' : action}]
query = '''
${query}
'''
`;
  return { [`rules/linux/${id.replaceAll('-', '_')}.toml`]: text };
}

/** Items by id: a host name, or `@` and a value list. */
function exceptions(id: string, items: Readonly<Record<string, string>>, description = 'x'): Repository {
  const condition = (value: string): string =>
    value.startsWith('@')
      ? `type = "list", list = { id = "${value.slice(1)}", type = "keyword" }`
      : `type = "match", value = "${value}"`;
  const written = Object.entries(items).map(
    ([item, value]) => `[[exceptions.items]]
item_id = "${item}"
name = "Item ${item}"
description = "x"
entries = [{ field = "host.name", operator = "included", ${condition(value)} }]
`,
  );
  const text = `[[exceptions]]
[exceptions.container]
list_id = "${id}"
name = "List ${id}"
description = "${description}"
type = "detection"
${written.join('')}`;
  return { [`exceptions/${id}.toml`]: text };
}

const values = (id: string, ...all: readonly string[]): Repository => ({
  [`value-lists/${id}.keyword.txt`]: all.map((one) => `${one}\n`).join(''),
});

const connector = (name: string, rest: string): Repository => ({
  [`connectors/${name.toLowerCase()}.toml`]: `name = "${name}"\n${rest}`,
});
const LOG = 'connector_type_id = ".server-log"\n';
const webhook = (host: string): string =>
  `connector_type_id = ".webhook"\n[config]\nurl = "https://${host}.example.org"\nhasAuth = false\n[secrets]\nkey = { env = "HOOK" }\n`;

/** What is there at first, or is pushed to an empty space. */
export const FIRST: Repository = {
  ...rule({ id: 'stays', enabled: true, lists: ['shared'], connector: 'Log' }),
  ...rule({ id: 'changes', enabled: true, lists: ['shared'], connector: 'Ticket' }),
  ...rule({ id: 'goes-on', enabled: false }),
  ...rule({ id: 'goes-off', enabled: true, lists: ['shared'] }),
  ...rule({ id: 'retyped', enabled: true, lists: ['shared'] }),
  ...rule({ id: 'leaves', enabled: true, lists: ['leaving'], connector: 'Leaving' }),
  ...exceptions('shared', { kept: 'a', changed: 'b', removed: 'c', takes: '@hosts' }),
  ...exceptions('leaving', { last: 'd' }),
  ...values('hosts', 'one', 'two'),
  ...values('leaving', 'three'),
  ...connector('Log', LOG),
  ...connector('Ticket', webhook('a')),
  ...connector('Leaving', LOG),
};

/** What it becomes. */
export const THEN: Repository = {
  ...rule({ id: 'stays', enabled: true, lists: ['shared'], connector: 'Log' }),
  ...rule({ id: 'changes', enabled: true, severity: 'high', lists: ['shared', 'fresh'], connector: 'Ticket' }),
  ...rule({ id: 'goes-on', enabled: true, lists: ['fresh'] }),
  ...rule({ id: 'goes-off', enabled: false, lists: ['shared'] }),
  ...rule({ id: 'retyped', type: 'query', enabled: true, lists: ['shared'] }),
  ...rule({ id: 'comes', enabled: true, lists: ['fresh', 'shared'], connector: 'Pager' }),
  ...exceptions('shared', { kept: 'a', changed: 'e', takes: '@hosts' }, 'y'),
  ...exceptions('fresh', { new: 'f', takes_new: '@fresh' }),
  ...values('hosts', 'one', 'four'),
  ...values('fresh', 'five'),
  ...connector('Log', LOG),
  ...connector('Ticket', webhook('b')),
  ...connector('Pager', webhook('c')),
};
