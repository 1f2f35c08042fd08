import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { normalise } from './normalise.ts';

const BASE = { type: 'query', name: 'A', rule_id: 'r', description: 'x', risk_score: 21, severity: 'low' };
const same = (a: JsonObject, b: JsonObject): void => expect(normalise(a)).toEqual(normalise(b));
const differ = (a: JsonObject, b: JsonObject): void => expect(normalise(a)).not.toEqual(normalise(b));

describe('a rule that was sent and the same rule read back', () => {
  it('are equal when the server has filled in its defaults and computed members', () => {
    same(BASE, {
      ...BASE,
      id: '6f4b', revision: 3, created_at: 'x', created_by: 'u', updated_at: 'x', updated_by: 'u', immutable: false,
      rule_source: { type: 'internal' }, output_index: '', execution_summary: { last_execution: {} },
      actions: [], author: [], enabled: false, exceptions_list: [], false_positives: [], from: 'now-6m', interval: '5m',
      max_signals: 100, references: [], related_integrations: [], required_fields: [], risk_score_mapping: [], setup: '',
      severity_mapping: [], tags: [], threat: [], to: 'now', version: 1, language: 'kuery', query: '',
    }); // prettier-ignore
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['tags in another order', { tags: ['b', 'a'] }, { tags: ['a', 'b'] }],
    [
      'ids of actions',
      { actions: [{ id: 'c', params: {} }] },
      {
        actions: [
          {
            id: 'c',
            params: {},
            group: 'default',
            uuid: 'u',
            frequency: { summary: true, notifyWhen: 'onActiveAlert', throttle: null },
          },
        ],
      },
    ],
    [
      'a throttle of the rule',
      { throttle: '5m', actions: [{ id: 'c' }] },
      { actions: [{ id: 'c', frequency: { summary: true, notifyWhen: 'onThrottleInterval', throttle: '5m' } }] },
    ],
    [
      'ids of exception lists',
      { exceptions_list: [{ id: '1', list_id: 'l', type: 'detection', namespace_type: 'single' }] },
      { exceptions_list: [{ id: '2', list_id: 'l', type: 'detection', namespace_type: 'single' }] },
    ],
    [
      'whether a field is in ECS',
      { required_fields: [{ name: 'a', type: 'keyword' }] },
      { required_fields: [{ name: 'a', type: 'keyword', ecs: true }] },
    ],
    [
      'one threshold field',
      { type: 'threshold', threshold: { field: 'host.id', value: 2 } },
      { type: 'threshold', threshold: { field: ['host.id'], value: 2 } },
    ],
    [
      'no threshold field',
      { type: 'threshold', threshold: { field: '', value: 2 } },
      { type: 'threshold', threshold: { field: [], value: 2, cardinality: [] } },
    ],
    [
      'one job',
      { type: 'machine_learning', machine_learning_job_id: 'j' },
      { type: 'machine_learning', machine_learning_job_id: ['j'] },
    ],
    [
      'the strategy that is meant when none is named',
      { alert_suppression: { group_by: ['a'] } },
      { alert_suppression: { group_by: ['a'], missing_fields_strategy: 'suppress' } },
    ],
    [
      'what a threshold rule does not keep of a suppression',
      {
        type: 'threshold',
        threshold: { field: [], value: 1 },
        alert_suppression: { group_by: ['a'], duration: { unit: 'm', value: 5 } },
      },
      {
        type: 'threshold',
        threshold: { field: [], value: 1 },
        alert_suppression: { duration: { unit: 'm', value: 5 } },
      },
    ],
    [
      'an index that a type does not have',
      { type: 'esql', language: 'esql', query: 'FROM a', index: ['x'] },
      { type: 'esql', language: 'esql', query: 'FROM a' },
    ],
    [
      'an empty list of techniques',
      { threat: [{ framework: 'f', tactic: {} }] },
      { threat: [{ framework: 'f', tactic: {}, technique: [] }] },
    ],
    ['where prose is wrapped', { description: 'a\n  b\n' }, { description: 'a b' }],
    [
      'the slash behind an address of ATT&CK',
      { threat: [{ tactic: { reference: 'x/' } }] },
      { threat: [{ tactic: { reference: 'x' } }] },
    ],
    ['null, which files do not have', { filters: [{ meta: {} }] }, { filters: [{ meta: { alias: null } }] }],
    [
      'a throttle that is null',
      { actions: [{ id: 'c', frequency: { summary: false, notifyWhen: 'onActiveAlert' } }] },
      { actions: [{ id: 'c', frequency: { summary: false, notifyWhen: 'onActiveAlert', throttle: null } }] },
    ],
    ['an empty guide', { note: '' }, {}],
    ['meta, which the UI writes', { meta: { from: '1m' } }, {}],
  ])('are equal but for %s', (_, sent, read) => {
    same({ ...BASE, ...sent }, { ...BASE, ...read });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['query', { query: 'a: b' }, { query: 'a: c' }],
    ['enabled', { enabled: true }, {}],
    ['order of references', { references: ['a', 'b'] }, { references: ['b', 'a'] }],
    [
      'a strategy that is not the default',
      { alert_suppression: { group_by: ['a'], missing_fields_strategy: 'doNotSuppress' } },
      { alert_suppression: { group_by: ['a'] } },
    ],
    [
      'when an action runs',
      { actions: [{ id: 'c', frequency: { summary: false, notifyWhen: 'onActiveAlert', throttle: null } }] },
      { actions: [{ id: 'c' }] },
    ],
    ['version', { version: 2 }, {}],
  ])('differ in %s', (_, a, b) => {
    differ({ ...BASE, ...a }, { ...BASE, ...b });
  });

  it('count meta only when asked to', () => {
    expect(normalise({ ...BASE, meta: { team: 'x' } }, { meta: true })['meta']).toEqual({ team: 'x' });
  });
});

it('normalising twice changes nothing, and keys are sorted', () => {
  const value: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json>(null, '', [], 'x', 5, true, ['b', 'a'], { field: 'x' }, [{ id: '1' }], {
      duration: { unit: 's', value: 1 },
    }),
  );
  const keys = [
    'actions',
    'tags',
    'threshold',
    'alert_suppression',
    'threat',
    'note',
    'exceptions_list',
    'investigation_fields',
    'index',
    'machine_learning_job_id',
    'x',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom('query', 'threshold', 'machine_learning', 'esql', 'unknown', 'constructor'),
      fc.dictionary(fc.constantFrom(...keys), value, { noNullPrototype: true }),
      (type, more) => {
        const once = normalise({ ...more, type });
        expect(normalise(once)).toEqual(once);
        expect(Object.keys(once)).toEqual(Object.keys(once).toSorted());
      },
    ),
  );
});
