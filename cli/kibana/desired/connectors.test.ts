import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { namesConnectors, withConnectors } from './connectors.ts';

const SLACK = { id: 's1', name: 'SOC Slack', connector_type_id: '.slack' };
const MAIL = { id: 'm1', name: 'Mail', connector_type_id: '.email' };
const rule = (...actions: JsonObject[]): JsonObject => ({ name: 'A', actions });

describe('connectors by name', () => {
  it('are looked for only where an action names one', () => {
    expect([rule({ id: 'x' }), { name: 'A' }, { actions: 'x' }].map(namesConnectors)).toEqual([false, false, false]);
    expect(namesConnectors(rule({ id: 'x' }, { connector: 'Mail' }))).toBe(true);
  });

  it('get the id and the type that they have in the space; other actions stay as they are', () => {
    const byId = { id: 'x', action_type_id: '.index', params: {} };
    expect(withConnectors(rule(byId, { connector: 'SOC Slack', params: { message: 'm' }, group: 'g' }), { there: [MAIL, SLACK] })).toEqual({
      document: rule(byId, { id: 's1', action_type_id: '.slack', params: { message: 'm' }, group: 'g' }),
      faults: [],
    }); // prettier-ignore
    const untouched = rule(byId);
    expect(withConnectors(untouched, { there: [] }).document).toBe(untouched);
  });

  it('that the space has not, or has twice, are faults', () => {
    const faults = (connector: string, ...connectors: JsonObject[]) =>
      withConnectors(rule({ connector }), { there: connectors }).faults;
    expect(faults('SOC Slak', MAIL, SLACK)).toEqual([
      {
        message: 'the space has no connector "SOC Slak", did you mean "SOC Slack"?',
        help: 'describe it in a file of connectors/, or make it in Kibana, Stack Management, Connectors, or correct its name',
      },
    ]);
    expect(faults('Mail', MAIL, { ...MAIL, id: 'm2' }, SLACK)).toEqual([
      {
        message: 'the space has 2 connectors "Mail"',
        help: 'give one of them another name, or name it by id and action_type_id',
      },
    ]);
  });
});
