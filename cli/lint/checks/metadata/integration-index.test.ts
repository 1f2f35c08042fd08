import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './integration-index.ts';

describe(check.id, () => {
  it('reports an integration that is not searched', () => {
    expect(findingsOf(check.id, ruleText({}, { integration: ['endpoint', 'okta'] }))).toEqual([
      {
        id: 'metadata/integration-index',
        severity: 'warning',
        message: 'no index of the rule holds data of okta',
        why: 'Kibana tells people to install this integration for the rule, which then does not read its data',
        help: 'add "logs-okta.*" to index, or take okta out',
        at: '"okta"',
      },
    ]);
  });

  it.each([
    [
      'a beat of old',
      ruleText({ index: ['winlogbeat-*', 'logs-endpoint.events.*'] }, { integration: ['endpoint', 'windows'] }),
    ],
    ['a pattern that reaches everything', ruleText({ index: ['logs-*'] }, { integration: 'okta' })],
    ['scores of a model', ruleText({}, { integration: ['endpoint', 'dga'] })],
    ['a remote cluster', ruleText({ index: ['eu:logs-okta.system-*'] }, { integration: 'okta' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
