import type { Json, JsonObject } from '../../text/json.ts';
import { installPrebuilt, spaceOf, type World } from '../../kibana/standin/index.ts';

/** Sends a request that has to be answered with 200; gives the body. */
export type Prepare = (method: string, path: string, body?: Json) => Promise<JsonObject>;

interface Condition {
  readonly when: RegExp;
  /** After the requests of `state_before`, which it would hinder or whose result it changes. */
  readonly late?: true;
  set(world: World, prepare: Prepare, found: readonly string[]): Promise<void> | void;
}

const RULES = '/api/detection_engine/rules';
const rule = (more: JsonObject): JsonObject => ({
  type: 'query',
  name: 'Detect Root/Admin Users',
  description: 'x',
  risk_score: 50,
  severity: 'high',
  ...more,
});
const email = { name: 'email', connector_type_id: '.email', is_preconfigured: true, is_deprecated: false };

/** An expired exception item. */
const item = (listId: unknown): JsonObject => ({
  list_id: String(listId),
  name: 'x',
  description: 'x',
  type: 'simple',
  entries: [{ field: 'host.name', operator: 'included', type: 'match', value: 'x' }],
  expire_time: '2020-01-01T00:00:00.000Z',
});

/** States that no request can make, by the words in which a vector asks for them. */
const CONDITIONS: readonly Condition[] = [
  { when: /^(no (rule|connector|such)|POST \/api\/lists\/index was not called$)/, set: () => undefined },
  { when: /^platinum or trial licence with ML$/, set: () => undefined },
  {
    when: /^(basic licence|licence below platinum)$/,
    late: true,
    set: ({ circumstances }) => {
      circumstances.platinum = false;
    },
  },
  {
    when: /^caller may read rules and read exceptions only$/,
    late: true,
    set: ({ circumstances }) => {
      circumstances.missing.add('rules-all').add('exceptions-all').add('lists-all').add('connectors-all');
    },
  },
  {
    when: /^caller lacks the enable\/disable sub-feature privilege/,
    late: true,
    set: ({ circumstances }) => {
      circumstances.missing.add('rules-enable');
    },
  },
  {
    when: /^ML authorization refuses the rule type with "(.+)"$/,
    set: async ({ circumstances }, prepare, [, message]) => {
      const body = { type: 'machine_learning', rule_id: 'rule-1', anomaly_threshold: 1, machine_learning_job_id: 'j' };
      await prepare('POST', RULES, rule(body));
      circumstances.machineLearningRefusal = message;
    },
  },
  {
    when: /^POST \/api\/lists\/index was called$/,
    set: async (_, prepare) => void (await prepare('POST', '/api/lists/index')),
  },
  {
    when: /^rule-1 exists$/,
    set: async (_, prepare) => void (await prepare('POST', RULES, rule({ rule_id: 'rule-1' }))),
  },
  {
    when: /^rule (\S+) has two rule_default lists$/,
    set: (world, _, [, id = '']) => {
      const list = (n: string) => ({ id: n, list_id: n, type: 'rule_default', namespace_type: 'single' });
      spaceOf(world, 'default').rules.set(id, rule({ id, rule_id: 'r', exceptions_list: [list('1'), list('2')] }));
    },
  },
  {
    when: /^rule (\S+) references the shared list \(created first\) and the default list of the rule, with one expired item each$/,
    set: async (_, prepare, [, ruleId = '']) => {
      const references: JsonObject[] = [];
      for (const type of ['detection', 'rule_default']) {
        const list = await prepare('POST', '/api/exception_lists', { name: type, description: 'x', type });
        await prepare('POST', '/api/exception_lists/items', item(list['list_id']));
        references.push({ id: list['id'] ?? '', list_id: list['list_id'] ?? '', type, namespace_type: 'single' });
      }
      const body = rule({ rule_id: ruleId, name: 'Simple Rule Query', exceptions_list: references });
      await prepare('POST', RULES, body);
    },
  },
  {
    when: /^more than (\d+) rules match$/,
    set: (world, _, [, count]) => {
      for (let i = 0; i <= Number(count); i++)
        spaceOf(world, 'default').rules.set(`r${i}`, rule({ id: `r${i}`, rule_id: `r${i}` }));
    },
  },
  {
    when: /^5 rules match; two are unchanged, one fails with "(.+)"$/,
    set: async (world, prepare, [, message = '']) => {
      const { rules } = spaceOf(world, 'default');
      for (const n of [1, 2, 3, 4, 5])
        await prepare('POST', RULES, rule({ rule_id: `r${n}`, tags: n > 3 ? ['tag1'] : [] }));
      const [id, third] = [...rules][2] ?? [];
      if (id === undefined || third === undefined) return;
      rules.delete(id);
      rules.set('failed-rule-id-3', { ...third, id: 'failed-rule-id-3' });
      world.circumstances.failing.set('failed-rule-id-3', message);
    },
  },
  {
    when: /^the rule has run once$/,
    late: true,
    set: (world) => {
      const { rules } = spaceOf(world, 'default');
      const summary = {
        last_execution: { date: world.now(), status: 'succeeded', status_order: 0, message: '', metrics: {} },
      };
      for (const [id, one] of rules) rules.set(id, { ...one, execution_summary: summary });
    },
  },
  {
    when: /^(?:a preconfigured \.email connector|preconfigured connector (\S+) of type \.email)$/,
    set: (world, _, [, id = 'preconfigured']) => {
      world.preconfigured.set(id, { ...email, id });
    },
  },
  {
    when: /^prebuilt rule (\S+) (?:\(immutable, rule_source external\)|installed from an asset with license "(.+)")$/,
    set: (world, _, [, ruleId = '', license = 'Elastic License v2']) => {
      installPrebuilt(rule({ rule_id: ruleId, version: 1, license, author: [] }), 'default', world);
    },
  },
];

/** Sets a condition if it belongs to this phase; throws for one that is not known. */
export async function setCondition(text: string, late: boolean, world: World, prepare: Prepare): Promise<void> {
  for (const condition of CONDITIONS) {
    const found = condition.when.exec(text);
    if (found === null) continue;
    if ((condition.late === true) === late) await condition.set(world, prepare, [...found]);
    return;
  }
  throw new Error(`no such condition: ${text}`);
}
