import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './exception-list-id.ts';

const list = { list_id: 'ci-hosts', namespace_type: 'single', type: 'detection' };
const endpoint = { id: 'endpoint_list', list_id: 'endpoint_list', namespace_type: 'agnostic', type: 'endpoint' };

describe(check.id, () => {
  it('reports each id that a space has made', () => {
    const finding = {
      id: 'rule/exception-list-id',
      severity: 'warning',
      message: 'this id of an exception list is that of one space',
      why: 'Kibana makes the id, another one in each space; publishing finds the list by list_id and does not use it',
      help: 'take id out',
      at: 'id',
    };
    const lists = [{ ...list, id: '0f2c' }, list, { ...endpoint, id: 'x' }];
    expect(findingsOf(check.id, ruleText({ exceptions_list: lists }))).toEqual([finding, finding]);
  });

  it.each([
    ['a rule without lists', ruleText()],
    ['a list by its list_id', ruleText({ exceptions_list: [list] })],
    ['the list of the endpoint, whose id is the same everywhere', ruleText({ exceptions_list: [endpoint] })],
  ])('says nothing about %s', (_, text) => {
    expect(findingsOf(check.id, text)).toEqual([]);
  });
});
