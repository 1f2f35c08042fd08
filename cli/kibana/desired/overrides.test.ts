import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { span } from '../../text/span.ts';
import { overrideFaults, overriddenMembers, unusedOverrides, withOverrides, type RuleOverride } from './overrides.ts';

const override = (members: JsonObject, fits: RuleOverride['fits'] = () => true): RuleOverride => ({
  fits,
  members,
  path: 'dac.toml',
  spanOf: (member) => span(member === undefined ? 0 : member.length, 99),
});
const rule = (type: string, more: JsonObject = {}) => ({ path: `rules/${type}.toml`, document: { type, ...more } });

describe('values of an environment', () => {
  it('are those of the last override that fits, member by member', () => {
    const overrides = [
      override({ enabled: true, interval: '1h' }),
      override({ interval: '2h' }),
      override({ enabled: false }, () => false),
    ];
    const eql = rule('eql', { interval: '5m', from: 'now-9m' });
    expect(withOverrides(eql, overrides)).toEqual({ type: 'eql', enabled: true, interval: '2h', from: 'now-9m' });
    expect([...overriddenMembers(eql, overrides)].sort()).toEqual(['enabled', 'interval']);
    expect(withOverrides(eql, [])).toEqual(eql.document);
  });

  it('for members that a type lacks are faults at their place, once for all rules', () => {
    const index = override({ index: ['logs-*'], interval: '5m' }, ({ path }) => path !== 'rules/other.toml');
    const lacking = [rule('esql'), { ...rule('machine_learning'), path: 'rules/other.toml' }, rule('machine_learning')];
    expect(overrideFaults([rule('eql'), ...lacking], [index])).toEqual([
      {
        id: 'publish/override',
        severity: 'error',
        path: 'dac.toml',
        span: span(5, 99),
        message: 'index is set for rules/esql.toml, but a rule of type esql has no index; 1 more like it',
        why: 'Kibana says nothing about it, and the rule runs as if it were not here',
        help: 'leave such rules out: add types = ["query","saved_query","eql","threshold","threat_match","new_terms"] to the override, or narrow its files or tags',
      },
    ]);
    expect(overrideFaults([rule('eql')], [index])).toEqual([]);
  });

  it('for the index of a rule that searches a data view are faults', () => {
    const faults = overrideFaults([rule('eql', { data_view_id: 'view' })], [override({ index: ['logs-*'] })]);
    expect(faults.map((one) => [one.message, one.help])).toEqual([
      [
        'index is set for rules/eql.toml, but it searches a data view, which wins over index',
        "narrow the override's files or tags",
      ],
    ]);
  });

  it('that fit no rule are told', () => {
    const never = override({ enabled: true }, ({ document }) => document['type'] === 'esql');
    expect(unusedOverrides([rule('eql')], [never, override({})])).toEqual([
      {
        id: 'publish/override-unused',
        severity: 'warning',
        path: 'dac.toml',
        span: span(0, 99),
        message: 'this override fits no rule',
        help: 'correct its files, tags or types, or take it out',
      },
    ]);
    expect(unusedOverrides([rule('eql'), rule('esql')], [never])).toEqual([]);
  });
});
