import { describe, expect, it } from 'vitest';
import { nearestNames } from './nearest-indices.ts';

const NAMES = [
  'logs-endpoint.events.file-default',
  'logs-endpoint.events.process-default',
  'logs-okta.system-default',
  'metrics-system.cpu-default',
  'winlogbeat-8.13.0',
];

describe('the names nearest to patterns that fit nothing', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['the same beginning', ['logs-endpoint.events.network-*'], ['logs-endpoint.events.file-default', 'logs-endpoint.events.process-default']],
    ['a word elsewhere', ['filebeat-okta*'], ['logs-okta.system-default']],
    ['the best of several patterns', ['nothing-*', 'winlogbeat-9.*'], ['winlogbeat-8.13.0']],
    ['none for what is left out', ['-logs-okta*', 'x-*'], []],
    ['none that has no word of it', ['auditbeat-*', '*'], []],
  ])('%s', (_, patterns, nearest) => {
    expect(nearestNames(patterns, NAMES)).toEqual(nearest);
  }); // prettier-ignore
});
